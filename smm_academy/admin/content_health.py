"""What is wrong with the content that serves: the checks of `content check`, on what is served."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from smm_academy.authoring.checking import check_folder
from smm_academy.authoring.folders import SHIPPED
from smm_academy.revisions.sources import Problem


def problems_of(shipped: Mapping[str, bytes], own: Mapping[str, bytes]) -> list[Problem]:
    """Return the problems of files by their paths, as an export would write them.

    ``shipped`` are relative to the content folder; those of the operator's ``own`` begin with
    their folder's name.
    """
    with TemporaryDirectory(prefix="academy-content-") as place:
        root = Path(place) / SHIPPED
        _write(root, shipped)
        _write(Path(place), own)
        folders = sorted({path.partition("/")[0] for path in own})
        found = check_folder(root) if shipped else []
        for name in folders:
            found += check_folder(Path(place) / name)
    return found


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
