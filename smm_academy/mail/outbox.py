"""The letters of a demonstration, which are kept in files instead of being sent."""

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept letter."""

    to: str
    subject: str
    text: str


def kept_letters(instance: Path, most: int = 50) -> list[Kept]:
    """Return the newest letters of an instance folder, newest first."""
    files = sorted((instance / "mail").glob("*.eml"), reverse=True)[:most]
    return [_read(path) for path in files]


def _read(path: Path) -> Kept:
    message = message_from_bytes(path.read_bytes(), policy=SMTP)
    return Kept(message["To"], message["Subject"], message.get_content())
