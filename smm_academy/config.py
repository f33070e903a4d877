"""Settings from the environment, checked once; nothing insecure has a default."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from smm_academy.errors import Misconfigured

PREFIX = "SMM_ACADEMY_"
SECRET_CHARACTERS = 32
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
DATABASES = frozenset({"sqlite", "postgresql", "postgresql+psycopg", "postgres"})
MAILS = frozenset({"smtp", "smtps"})
REDIS = frozenset({"redis", "rediss", "unix"})
MOST_DAILY = 100_000
MAILBOX = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True, slots=True)
class OpinionSettings:
    """Where a second opinion on a reply is asked for: an OpenAI-compatible endpoint.

    ``url`` is its base address (``…/v1``), ``daily`` how many opinions are asked for a day.
    """

    url: str
    model: str
    key: str
    daily: int = 200

    @property
    def host(self) -> str:
        """The host that texts are sent to, as people are told."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation runs.

    ``base_url`` is the address that mails link to, never the Host header. ``smtp_url`` is empty
    where mail goes to files in the instance folder (the demonstration). ``redis_url`` is empty
    where limits are kept in memory and jobs travel through a SQLite file. ``opinion`` is none
    where no second opinion is offered, which is the rule.
    """

    secret_key: str
    base_url: str
    database_url: str
    instance: Path
    mail_from: str
    smtp_url: str = ""
    redis_url: str = ""
    content_paths: tuple[Path, ...] = ()
    opinion: OpinionSettings | None = None
    demo: bool = False
    limits: bool = True

    @property
    def secure(self) -> bool:
        """Whether cookies may travel over https only."""
        return urlsplit(self.base_url).scheme == "https"

    @property
    def local(self) -> bool:
        """Whether the site is only reachable from this machine."""
        return urlsplit(self.base_url).hostname in LOOPBACK


def instance_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder for what this installation keeps on disk."""
    return Path(environ.get(f"{PREFIX}INSTANCE", "instance")).absolute()


def sqlite_url(instance: Path) -> str:
    """Return the address of the SQLite database in an instance folder."""
    return f"sqlite:///{instance / 'academy.sqlite'}"


def settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings of a production installation.

    Raises `Misconfigured` for the first that is missing or insecure.
    """
    instance = instance_folder(environ)
    found = Settings(
        secret_key=_required(environ, "SECRET_KEY", "a random text of 32 characters or more"),
        base_url=_required(
            environ, "BASE_URL", "the site's address, e.g. https://academy.example"
        ),
        database_url=environ.get(f"{PREFIX}DATABASE_URL") or sqlite_url(instance),
        instance=instance,
        mail_from=_required(environ, "MAIL_FROM", "the sender of mails, e.g. academy@example.org"),
        smtp_url=_required(environ, "SMTP_URL", "smtp://user:password@host:587"),
        redis_url=environ.get(f"{PREFIX}REDIS_URL", ""),
        content_paths=content_paths(environ),
        opinion=opinion_settings(environ),
    )
    return _secure(found)


def opinion_settings(environ: Mapping[str, str]) -> OpinionSettings | None:
    """Return where second opinions come from; none where no address is set.

    Raises `Misconfigured` for an address that is none or would send texts unprotected, a model
    that is not named, a number that is none.
    """
    url = environ.get(f"{PREFIX}OPINION_URL", "").strip().rstrip("/")
    if not url:
        return None
    address = _address("OPINION_URL", url, frozenset({"http", "https"}))
    if not address.hostname:
        raise _unfit("OPINION_URL", "names no host", "https://your.host/v1")
    if address.scheme == "http" and address.hostname not in LOOPBACK:
        raise _unfit("OPINION_URL", "would send texts unprotected", "an https:// address")
    model = _required(environ, "OPINION_MODEL", "the name of the model at that address")
    daily = environ.get(f"{PREFIX}OPINION_DAILY", "200").strip()
    if not daily.isdecimal() or not 0 < int(daily) <= MOST_DAILY:
        raise _unfit("OPINION_DAILY", "is no number from 1 to 100000", "200")
    return OpinionSettings(url, model, environ.get(f"{PREFIX}OPINION_KEY", ""), int(daily))


def content_paths(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the operator's own content folders, beside the one that is shipped."""
    separator = ";" if ";" in environ.get(f"{PREFIX}CONTENT_PATHS", "") else ":"
    listed = environ.get(f"{PREFIX}CONTENT_PATHS", "").split(separator)
    return tuple(Path(path).absolute() for path in listed if path)


def _required(environ: Mapping[str, str], name: str, meaning: str) -> str:
    value = environ.get(PREFIX + name, "").strip()
    if not value:
        raise Misconfigured(
            "%(name)s is not set. Set it to %(meaning)s.", name=PREFIX + name, meaning=meaning
        )
    return value


def _secure(found: Settings) -> Settings:
    if (
        len(found.secret_key) < SECRET_CHARACTERS
        or len(set(found.secret_key)) < SECRET_CHARACTERS // 4
    ):
        raise Misconfigured(
            "%(name)s is too short or too regular. "
            "Set it to the output of: python3 -c 'import secrets; print(secrets.token_hex(32))'",
            name=f"{PREFIX}SECRET_KEY",
        )
    address = _address("BASE_URL", found.base_url, frozenset({"http", "https"}))
    if not address.hostname:
        raise _unfit("BASE_URL", "names no host", "https://your.host")
    if address.scheme == "http" and not found.local:
        raise Misconfigured(
            "%(name)s is %(value)s: sign-ins would travel unprotected. Use https.",
            name=f"{PREFIX}BASE_URL",
            value=found.base_url,
        )
    if not MAILBOX.fullmatch(found.mail_from):
        raise _unfit("MAIL_FROM", "is no e-mail address", "academy@example.org")
    if not _address("SMTP_URL", found.smtp_url, MAILS).hostname:
        raise _unfit("SMTP_URL", "names no host", "smtp://user:password@host:587")
    database = _address("DATABASE_URL", found.database_url, DATABASES)
    if database.scheme == "sqlite" and not database.path.strip("/"):
        raise _unfit("DATABASE_URL", "names no file", "sqlite:////path/to/academy.sqlite")
    if found.redis_url:
        _address("REDIS_URL", found.redis_url, REDIS)
    return found


def _address(name: str, value: str, schemes: frozenset[str]) -> SplitResult:
    """Return the parts of an address. The value is not shown: it can hold a password."""
    try:
        address = urlsplit(value)
        # Reading the port is what finds a wrong one.
        sound = address.scheme in schemes and address.port != 0
    except ValueError:
        address, sound = SplitResult("", "", "", "", ""), False
    if not sound:
        begins = ", ".join(f"{scheme}://" for scheme in sorted(schemes))
        raise _unfit(name, "is no address that can be used", f"one that begins with {begins}")
    return address


def _unfit(name: str, reason: str, example: str) -> Misconfigured:
    return Misconfigured(
        "%(name)s %(reason)s. Set it to %(example)s.",
        name=PREFIX + name,
        reason=reason,
        example=example,
    )


def demo_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings of a demonstration: SQLite, letters in files, this machine only.

    The secret is made once and kept in the instance folder, readable by its owner alone.
    """
    instance = instance_folder(environ)
    instance.mkdir(parents=True, exist_ok=True)
    kept = instance / "secret"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(SECRET_CHARACTERS), encoding="ascii")
    return Settings(
        secret_key=kept.read_text(encoding="ascii").strip(),
        base_url=environ.get(f"{PREFIX}BASE_URL", "http://127.0.0.1:8000"),
        database_url=sqlite_url(instance),
        instance=instance,
        mail_from="academy@smm-academy.example",
        content_paths=content_paths(environ),
        opinion=opinion_settings(environ),
        demo=True,
    )


def present_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings of whatever runs here: a demonstration or the real thing."""
    return demo_settings(environ) if environ.get(f"{PREFIX}DEMO") else settings(environ)
