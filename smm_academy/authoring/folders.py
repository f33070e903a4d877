"""Where content files lie: the shipped folder, and the operator's own beside it."""

from collections import Counter
from pathlib import Path

from smm_academy.config import Settings
from smm_academy.errors import Misconfigured
from smm_academy.revisions.models import ChainKind

SHIPPED = "content"
"""What origins of shipped files begin with, in a checkout and in a wheel alike."""

MARKS = ("lessons", "quizzes", "brands", "scenarios")
SKILLS_FILE = "skills.yaml"
GLOSSARY_FILE = "glossary.yaml"

NEW_FOLDER = "new"
"""Of what was written here and belongs to no module or skill."""

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped_folder() -> Path:
    """Return the shipped content: beside the package in a checkout, inside it in a wheel."""
    inside = _PACKAGE / "_content"
    return inside if inside.is_dir() else _PACKAGE.parent / SHIPPED


def content_folders(settings: Settings) -> tuple[Path, ...]:
    """Return every folder that this installation serves, the shipped one first.

    Raises `Misconfigured` when one is missing or two would go by one name.
    """
    return (shipped_folder(), *own_folders(settings.content_paths))


def own_folders(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the operator's own folders. Raises `Misconfigured` as `content_folders` does."""
    names = Counter([SHIPPED, *(folder_name(path) for path in paths)])
    for path in paths:
        if not path.is_dir():
            raise Misconfigured(
                "SMM_ACADEMY_CONTENT_PATHS names %(path)s, which is no folder.", path=path
            )
        if names[folder_name(path)] > 1:
            raise Misconfigured(
                "Two content folders are called %(name)s. Give each of "
                "SMM_ACADEMY_CONTENT_PATHS a name of its own.",
                name=folder_name(path),
            )
    return paths


def folder_name(folder: Path) -> str:
    """Return what the origins of a folder's files begin with."""
    resolved = folder.resolve()
    return SHIPPED if resolved == shipped_folder().resolve() else resolved.name


def usual_path(kind: ChainKind, key: str, locale: str, folder: str = "") -> str:
    """Return where the file of a thing would lie: its path in the content folder.

    `folder` is a lesson's module or a quiz's skill.
    """
    match kind:
        case ChainKind.SKILLS:
            return SKILLS_FILE
        case ChainKind.GLOSSARY:
            return GLOSSARY_FILE
        case ChainKind.LESSON:
            return f"lessons/{folder or NEW_FOLDER}/{key}.{locale}.md"
        case ChainKind.QUIZ:
            return f"quizzes/{folder or NEW_FOLDER}/{key}.{locale}.md"
        case _:
            return f"{kind}s/{key}.yaml"


def root_of(path: Path) -> Path | None:
    """Return the content folder that a file or folder is or lies in, if it looks like one."""
    resolved = path.resolve()
    for folder in (resolved, *resolved.parents):
        if (folder / SKILLS_FILE).is_file() or any((folder / mark).is_dir() for mark in MARKS):
            return folder
        if folder.name in MARKS:
            return folder.parent
    return None
