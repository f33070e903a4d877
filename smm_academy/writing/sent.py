"""What an author sends: something to begin, a text, a picture, the terms of publishing."""

from dataclasses import dataclass, replace

from smm_academy.authoring.reading import Picture
from smm_academy.revisions.models import ChainKind
from smm_academy.writing.proof import Proof


@dataclass(frozen=True, slots=True)
class Beginning:
    """What somebody begins to write, for which organisation."""

    organisation_id: int
    kind: ChainKind
    locale: str
    title: str
    module: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What an editor sent: the text, and the version of the draft that it was written on."""

    source: str
    version: int

    def on(self, version: int) -> "Typed":
        """Return the same text, written on another version."""
        return replace(self, version=version)


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture with the name of the file that it came as."""

    name: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class Publication:
    """A text to be published as it was proved; whether keys stay, whether it follows its original.

    ``caught_up`` says that a translation now follows the original as it serves.
    """

    typed: Typed
    proof: Proof
    wording_only: bool = False
    caught_up: bool = False
