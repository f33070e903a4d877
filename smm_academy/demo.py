"""A demonstration on one machine: filled database, sign-ins, site and worker."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from smm_academy.accounts.identifiers import email_key
from smm_academy.accounts.models import HOUSE, Organisation, Person, PersonKind, Role
from smm_academy.accounts.operations import grant
from smm_academy.accounts.passwords import hasher
from smm_academy.accounts.queries import find_account
from smm_academy.clock import now
from smm_academy.config import PREFIX, Settings, demo_settings
from smm_academy.database.migrating import upgrade
from smm_academy.database.session import Database
from smm_academy.serving import free_port, serve

HOST = "127.0.0.1"
WORDS = 3
PEOPLE = "people.json"
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
    """Fill the database, print the sign-ins, serve until told to stop."""
    found = free_port(HOST, port)
    address = f"http://{HOST}:{found}"
    os.environ.update({f"{PREFIX}DEMO": "1", f"{PREFIX}BASE_URL": address})
    settings = demo_settings({**environ, f"{PREFIX}BASE_URL": address})
    people = fill(settings)
    _say(address, people, as_json=as_json, moved=found != port)
    worker = subprocess.Popen([sys.executable, "-m", "smm_academy", "worker"])  # noqa: S603 - ourselves
    try:
        serve(HOST, found, 1)
    finally:
        worker.terminate()
        worker.wait()


def fill(settings: Settings) -> list[Sign]:
    """Bring the demonstration's database up to date; return its people."""
    database = Database(settings.database_url)
    upgrade(database.engine)
    with database.unit() as session:
        people = _people(session, settings.instance)
    database.close()
    return people


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


def _say(address: str, people: list[Sign], *, as_json: bool, moved: bool) -> None:
    if as_json:
        line = json.dumps({"url": address, "people": [asdict(sign) for sign in people]})
    else:
        rows = [f"  {sign.role:<11} {sign.email:<26} {sign.password}" for sign in people]
        note = ["The port asked for is taken, so this is the next free one."] if moved else []
        line = "\n".join(
            [*note, f"SMM Academy is at {address}", "Sign in as:", *rows, "Stop with Ctrl+C."]
        )
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
