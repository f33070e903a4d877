"""Which files the content that serves amounts to."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from sqlalchemy.orm import Session

from smm_academy.authoring.folders import SHIPPED, usual_path
from smm_academy.revisions.models import Chain, ChainKind, Revision
from smm_academy.revisions.queries import chains_of, medium

_IN_FILES = frozenset(ChainKind) - {ChainKind.ITEM}


def served_files(
    session: Session, organisation_id: int, *, private: bool = False
) -> Mapping[str, bytes]:
    """Return the files of everything that serves an organisation, as it was written.

    Paths are relative to the content folder. With ``private`` they are those of the operator's
    own folders, each path beginning with the folder's name; without, none of these.
    """
    files: dict[str, bytes] = {}
    for chain in chains_of(session, organisation_id).values():
        serving = chain.published
        if serving is None or chain.kind not in _IN_FILES:
            continue
        path = serving.origin or f"{SHIPPED}/{_usual_path(chain, serving)}"
        if _is_private(path) != private:
            continue
        files[_shown(path)] = serving.source.encode()
        for picture, sha256 in serving.parsed.get("pictures", {}).items():
            files[_shown(picture)] = medium(session, sha256).content
    return files


def _is_private(path: str) -> bool:
    return PurePosixPath(path).parts[0] != SHIPPED


def _shown(path: str) -> str:
    return path.removeprefix(f"{SHIPPED}/")


def _usual_path(chain: Chain, serving: Revision) -> str:
    """Return where a file would lie for what was written in the browser."""
    folder = serving.parsed.get("module") or serving.parsed.get("settings", {}).get("skill", "")
    return usual_path(ChainKind(chain.kind), chain.key, chain.locale, folder)
