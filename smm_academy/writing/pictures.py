"""Pictures that authors upload: re-encoded, so that nothing but the picture is kept of a file."""

import hashlib
import io
import warnings
from pathlib import PurePosixPath

from PIL import Image, ImageOps

from smm_academy.authoring.reading import Picture
from smm_academy.errors import Invalid
from smm_academy.revisions.sources import slug

LARGEST_PICTURE = 5_000_000
WIDEST = 1600
"""Pixels; a lesson's column is half as wide, on screens of twice the density."""

MOST_PIXELS = 50_000_000
QUALITY = 85
FORMATS = {
    "PNG": ("image/png", "png"),
    "JPEG": ("image/jpeg", "jpg"),
    "WEBP": ("image/webp", "webp"),
}


def reencode(raw: bytes) -> Picture:
    """Return an uploaded picture, upright, at most `WIDEST` wide, without what cameras note.

    Raises `Invalid` for what is too large or no picture of a known format.
    """
    if len(raw) > LARGEST_PICTURE:
        raise Invalid("picture", "The picture is larger than 5 MB. Save it smaller.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(raw), formats=tuple(FORMATS)) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise Invalid("picture", "The picture has too many pixels. Save it smaller.")
                return _written(opened)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise Invalid(
            "picture", "This is no picture that we can read. Send a PNG, JPEG or WebP file."
        ) from error


def place_of(name: str, picture: Picture) -> str:
    """Return the path of a picture from its lesson's folder; another picture has another."""
    stem = slug(PurePosixPath(name.replace("\\", "/")).stem)[:40].strip("-") or "picture"
    suffix = next(end for kind, end in FORMATS.values() if kind == picture.media_type)
    return f"figures/{stem}-{picture.sha256[:8]}.{suffix}"


def _written(opened: Image.Image) -> Picture:
    kind = opened.format or ""
    upright = ImageOps.exif_transpose(opened)
    if upright.width > WIDEST:
        height = max(1, round(upright.height * WIDEST / upright.width))
        upright = upright.resize((WIDEST, height), Image.Resampling.LANCZOS)
    if kind == "JPEG":
        upright = upright.convert("RGB")
    elif upright.mode not in {"1", "L", "LA", "P", "RGB", "RGBA"}:
        upright = upright.convert("RGBA")
    bare = Image.new(upright.mode, upright.size)
    if upright.mode == "P" and upright.palette is not None:
        upright = upright.convert("RGBA")
        bare = Image.new("RGBA", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, kind, quality=QUALITY, optimize=True)
    content = out.getvalue()
    return Picture(hashlib.sha256(content).hexdigest(), FORMATS[kind][0], content)
