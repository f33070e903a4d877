"""A demonstration on one machine: filled database, sign-ins, site and worker."""

import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

from sqlalchemy.orm import Session

from smm_academy.accounts.identifiers import email_key
from smm_academy.accounts.models import HOUSE, Organisation, Person, PersonKind, Role
from smm_academy.accounts.operations import grant
from smm_academy.accounts.passwords import hasher
from smm_academy.accounts.queries import find_account
from smm_academy.authoring.folders import content_folders
from smm_academy.authoring.operations import Side, sync
from smm_academy.authoring.reading import read_library
from smm_academy.clock import now
from smm_academy.config import PREFIX, Settings, demo_settings
from smm_academy.database.migrating import upgrade
from smm_academy.database.session import Database
from smm_academy.errors import Conflict
from smm_academy.sample_campaign import sample_campaign
from smm_academy.sample_class import sample_class
from smm_academy.serving import PARENT, free_port, serve

HOST = "127.0.0.1"
WORDS = 3
PEOPLE = "people.json"
WORKER = (sys.executable, "-m", "smm_academy", "worker")
WORKER_SECONDS = 10
ROLES = {
    "learner": ("Maja", ()),
    "employer": ("Robert", (Role.OWNER, Role.RECRUITER)),
    "instructor": ("Ewa", (Role.INSTRUCTOR,)),
    "admin": ("Adam", ()),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """How to sign in as one of the demonstration's people."""

    role: str
    email: str
    password: str


def run_demo(environ: Mapping[str, str], port: int, *, as_json: bool) -> None:
    """Fill the database, print the sign-ins, serve until told to stop.

    The worker runs beside the site and ends with it, by SIGTERM too.
    """
    found = free_port(HOST, port)
    address = f"http://{HOST}:{found}"
    os.environ.update(
        {f"{PREFIX}DEMO": "1", f"{PREFIX}BASE_URL": address, PARENT: str(os.getpid())}
    )
    people = fill(demo_settings({**environ, f"{PREFIX}BASE_URL": address}))
    if found != port:
        _note(f"Port {port} is taken, so this is on the next free one, {found}.")
    _say(address, people, as_json=as_json)
    # Until the server sets a handler of its own, this lets the block below end the worker.
    signal.signal(signal.SIGTERM, _leave)
    worker = subprocess.Popen(WORKER)  # noqa: S603 - ourselves
    try:
        serve(HOST, found, 1)
    finally:
        worker.terminate()
        try:
            worker.wait(WORKER_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def fill(settings: Settings) -> list[Sign]:
    """Bring the demonstration's database up to date; return its people."""
    database = Database(settings.database_url)
    upgrade(database.engine)
    take_content(database, content_folders(settings))
    with database.unit() as session:
        people = _people(session, settings.instance)
    database.run(lambda session: sample_class(session, settings.secret_key, now()))
    database.run(lambda session: sample_campaign(session, settings.base_url, now()))
    database.close()
    return people


def take_content(database: Database, folders: Sequence[Path]) -> None:
    """Bring the content up to date; what is wrong with a file is said and stops nothing.

    A broken file's last good revision stays in service, and so does what was edited here.
    """
    library = read_library(*folders)
    for problem in library.errors:
        _note(str(problem))
    try:
        database.run(lambda session: sync(session, HOUSE, library, now()))
    except Conflict as conflict:
        _note(f"{conflict} Until then the database's text serves.")
        database.run(lambda session: sync(session, HOUSE, library, now(), Side.OURS))


def _people(session: Session, instance: Path) -> list[Sign]:
    kept = instance / PEOPLE
    if kept.exists() and find_account(session, email_key("learner@demo.example")):
        return [Sign(**row) for row in json.loads(kept.read_text(encoding="utf-8"))]
    at = now()
    employer = Organisation(name="Norte Agency", slug="norte", created_at=at)
    session.add(employer)
    session.flush()
    people = [Sign(role, f"{role}@demo.example", _password()) for role in ROLES]
    for sign in people:
        name, roles = ROLES[sign.role]
        person = Person(
            kind=PersonKind.ACCOUNT,
            name=name,
            email=sign.email,
            email_key=email_key(sign.email),
            email_confirmed_at=at,
            password_hash=hasher(cheap=True).hash(sign.password),
            is_admin=sign.role == "admin",
            created_at=at,
            last_seen_at=at,
        )
        session.add(person)
        session.flush()
        for role in roles:
            place = HOUSE if role is Role.INSTRUCTOR else employer.id
            grant(session, person.id, place, role)
    kept.touch(mode=0o600)
    kept.write_text(json.dumps([asdict(sign) for sign in people]), encoding="utf-8")
    return people


def _password() -> str:
    return "-".join(secrets.token_hex(2) for _ in range(WORDS))


def _say(address: str, people: list[Sign], *, as_json: bool) -> None:
    if as_json:
        line = json.dumps({"url": address, "people": [asdict(sign) for sign in people]})
    else:
        rows = [f"  {sign.role:<11} {sign.email:<26} {sign.password}" for sign in people]
        line = "\n".join(
            [f"SMM Academy is at {address}", "Sign in as:", *rows, "Stop with Ctrl+C."]
        )
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _note(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _leave(_signal: int, _frame: object) -> NoReturn:
    sys.exit(0)
