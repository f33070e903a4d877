"""Everything a developer does here, with nothing but Python 3.11 or newer.

    python3 dev.py demo            the site with demonstration data
    python3 dev.py test [ARGS]     lint, types, import contracts and every test; ARGS go to pytest
    python3 dev.py lint            lint, types and import contracts alone
    python3 dev.py format          format the code
    python3 dev.py axe             every page in all eight combinations of theme, language, width
    python3 dev.py screenshots     draw the pictures of the README anew
    python3 dev.py bench NAME …    one of the measurements in benchmarks/, e.g. `bench pages`
    python3 dev.py words           bring the interface's Polish catalogue up to the code
    python3 dev.py run COMMAND …   any command of smm-academy, in its own environment
    python3 dev.py pins            work the pinned requirements out anew

The first call makes a virtual environment in .venv and installs what requirements/ pins, each
package checked by its hash; later calls find it there.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
SYSTEM_PACKAGES = {
    "chromium": ("chromium",),
    "postgresql": ("/usr/lib/postgresql/*/bin/initdb",),
    "redis-server": ("redis-server",),
}


class Stopped(Exception):
    """Something outside is missing; the sentence says what, and how to mend it."""


def main() -> int:
    """Do what the command line says; return the exit status."""
    if sys.version_info < OLDEST:
        say(f"This is Python {platform.python_version()}. Install Python 3.11 or newer.")
        return 2
    command, *rest = sys.argv[1:] or ["help"]
    known = {
        "demo": demo,
        "test": test,
        "lint": lint,
        "format": tidy,
        "axe": axe,
        "screenshots": screenshots,
        "bench": bench,
        "words": words,
        "run": run,
        "pins": pins,
    }
    if command not in known:
        print(__doc__)
        return 0 if command in {"help", "-h", "--help"} else 2
    try:
        return known[command](rest)
    except Stopped as reason:
        say(str(reason))
        return 2
    except KeyboardInterrupt:
        return 130


def demo(arguments: Sequence[str]) -> int:
    """Serve the site with demonstration data."""
    prepare("run")
    return become(PYTHON, "-m", "smm_academy", "demo", *arguments)


def run(arguments: Sequence[str]) -> int:
    """Run any command of the console script."""
    prepare("run")
    return become(PYTHON, "-m", "smm_academy", *arguments)


def test(arguments: Sequence[str]) -> int:
    """Check everything; the last lines are pytest's own summary."""
    prepare("test")
    install_system_packages()
    checked = lint(())
    workers = str(min(4, os.cpu_count() or 1))
    tested = call(PYTHON, "-m", "pytest", "-n", workers, "--dist", "loadgroup", *arguments)
    if checked:
        say("The tests are run, but lint, types or contracts failed above.")
    return tested or checked


def lint(_arguments: Sequence[str]) -> int:
    """Lint, types and import contracts; return the first failing status."""
    prepare("test")
    code = ["smm_academy", "simulator", "tests", "benchmarks", "migrations", "dev.py"]
    failed = 0
    for title, command in (
        ("Lint", (SCRIPTS / "ruff", "check", *code)),
        ("Format", (SCRIPTS / "ruff", "format", "--check", "-q", *code)),
        ("Types", (SCRIPTS / "mypy",)),
        ("Import contracts", (SCRIPTS / "lint-imports", "--no-cache")),
        ("Templates", (SCRIPTS / "djlint", "smm_academy", "--lint", "--quiet")),
    ):
        say(title)
        failed = call(*command) or failed
    return failed


def tidy(_arguments: Sequence[str]) -> int:
    """Format the code."""
    prepare("test")
    return call(SCRIPTS / "ruff", "format", ".")


def axe(arguments: Sequence[str]) -> int:
    """Run the accessibility checks in all combinations, not in the two of the test run."""
    prepare("test")
    install_system_packages()
    os.environ["ACADEMY_AXE"] = "all"
    return call(PYTHON, "-m", "pytest", "tests/browser", "-k", "axe", *arguments)


def screenshots(arguments: Sequence[str]) -> int:
    """Draw the pictures of the README anew."""
    prepare("test")
    install_system_packages()
    return call(PYTHON, HERE / "docs" / "screenshots.py", *arguments)


def bench(arguments: Sequence[str]) -> int:
    """Run one of the measurements."""
    known = sorted(path.stem for path in (HERE / "benchmarks").glob("*.py"))
    if not arguments or arguments[0] not in known:
        raise Stopped(f"Name a measurement: {', '.join(known)}.")
    prepare("test")
    return call(PYTHON, "-m", f"benchmarks.{arguments[0]}", *arguments[1:])


def words(_arguments: Sequence[str]) -> int:
    """Extract the interface's words and merge them into the Polish catalogue."""
    prepare("test")
    pot = VENV / "messages.pot"
    marked = ("_", "lazy_gettext", "NotFound:1", "NotAllowed:1", "Closed:1", "Conflict:1")
    marks = [part for mark in (*marked, "TooMany:1", "Invalid:2") for part in ("-k", mark)]
    catalogue = HERE / "smm_academy" / "web" / "catalogues" / "pl.po"
    shared = ("--no-fuzzy-matching", "--no-wrap", "--ignore-obsolete")
    return call(
        *(SCRIPTS / "pybabel", "-q", "extract", "-F", "pyproject.toml", "--no-location"),
        *("--no-wrap", "--sort-output", *marks, "-o", pot, "."),
    ) or call(
        *(SCRIPTS / "pybabel", "-q", "update", "-l", "pl", "-i", pot, "-o", catalogue, *shared),
        "--ignore-pot-creation-date",
    )


def pins(_arguments: Sequence[str]) -> int:
    """Work the pinned requirements out anew from pyproject.toml."""
    prepare("test")
    uv = find_uv() or install_uv()
    shared = (
        *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate"),
        *("--no-header", "--no-emit-index-url", "--no-emit-find-links", "--upgrade"),
    )
    groups = {
        "run": ("--group", "build"),
        "test": ("--group", "build", "--group", "test", "--extra", "postgres", "--extra", "redis"),
    }
    for name, extra in groups.items():
        target = HERE / "requirements" / f"{name}.txt"
        status = call(uv, "pip", "compile", *shared, *extra, "pyproject.toml", "-o", target, "-q")
        if status:
            return status
    return 0


def prepare(group: str) -> None:
    """Make the virtual environment hold what a group pins; nothing to do when it does."""
    stamp = VENV / "stamp.json"
    wanted = {"run": fingerprint("run"), "test": fingerprint("test")}
    held = json.loads(stamp.read_text()) if stamp.exists() else {}
    if PYTHON.exists() and group in held and held[group] == wanted[group]:
        return
    began = time.monotonic()
    if not PYTHON.exists():
        say("Making a virtual environment in .venv")
        make_environment()
    requirements = HERE / "requirements" / f"{group}.txt"
    say(f"Installing what {requirements.relative_to(HERE)} pins (needs the network, once)")
    install(requirements)
    # The test group holds the run group.
    held = {"run": wanted["run"]} | ({"test": wanted["test"]} if group == "test" else {})
    stamp.write_text(json.dumps(held))
    say(f"Ready after {time.monotonic() - began:.0f} s")


def fingerprint(group: str) -> str:
    """Return a hash of everything that decides what the environment must hold."""
    found = hashlib.sha256(platform.python_version().encode())
    for path in (HERE / "requirements" / f"{group}.txt", HERE / "pyproject.toml"):
        found.update(path.read_bytes())
    return found.hexdigest()


def make_environment() -> None:
    """Make .venv, with whatever this machine offers for it."""
    uv = find_uv()
    if uv and not call(uv, "venv", "-q", "--seed", "--python", sys.executable, VENV):
        return
    if not call(sys.executable, "-m", "venv", VENV, quiet=True):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if is_debian() and as_root() is not None:
        say("This Python cannot make environments yet; installing the system's python3-venv")
        apt_install(["python3-venv"])
        if not call(sys.executable, "-m", "venv", VENV):
            return
    raise Stopped(
        "This Python cannot make virtual environments. On Debian or Ubuntu run "
        "`sudo apt install python3-venv`, then try again."
    )


def install(requirements: Path) -> None:
    """Install pinned packages and the project itself, by uv where it can be had, else by pip."""
    own = ("--no-deps", "--no-build-isolation", "-e", HERE)
    pinned = ("--require-hashes", "-r", requirements)
    uv = find_uv() or install_uv()
    if uv and not call(uv, "pip", "install", "-q", *pinned):
        installed = call(uv, "pip", "install", "-q", *own)
    else:
        say("Trying again with pip")
        pip = (PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check")
        installed = call(*pip, *pinned) or call(*pip, *own)
    if installed:
        raise Stopped(
            "The packages could not be installed; the lines above say why. Without a network "
            "nothing can be fetched: connect, then run the same command again."
        )


def find_uv() -> Path | None:
    """Return uv, from the path or from .venv."""
    own = SCRIPTS / ("uv.exe" if os.name == "nt" else "uv")
    if own.exists():
        return own
    found = shutil.which("uv")
    return Path(found) if found else None


def install_uv() -> Path | None:
    """Install uv into .venv, since it installs the rest many times faster than pip."""
    pip = (PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check")
    call(*pip, "--require-hashes", "-r", HERE / "requirements" / "uv.txt", quiet=True)
    return find_uv()


def install_system_packages() -> None:
    """See that the browser, PostgreSQL and Redis of the tests are there."""
    missing = [name for name, traces in SYSTEM_PACKAGES.items() if not any(map(exists, traces))]
    if not missing:
        return
    if is_debian() and as_root() is not None:
        say(f"Installing the system packages that tests need: {', '.join(missing)}")
        apt_install(missing)
        return
    raise Stopped(
        f"The tests need {', '.join(missing)} on this machine. "
        "Install them with your system's package manager, then try again."
    )


def exists(trace: str) -> bool:
    """Tell whether a program is on the path, or a file fits a pattern."""
    if trace.startswith("/"):
        return any(Path("/").glob(trace.removeprefix("/")))
    return shutil.which(trace) is not None


def is_debian() -> bool:
    """Tell whether this system installs packages with apt-get."""
    return shutil.which("apt-get") is not None


def as_root() -> list[str] | None:
    """Return what to put before a command to run it as root; ``None`` when that cannot be."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    usable = sudo and not call(sudo, "-n", "true", quiet=True)
    return [str(sudo), "-n"] if usable else None


def apt_install(packages: Sequence[str]) -> None:
    """Install packages of the system."""
    root = as_root() or []
    quiet = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y")
    call(*root, *quiet, "update", quiet=True)
    if call(*root, *quiet, "install", "--no-install-recommends", *packages, quiet=True):
        raise Stopped(f"apt-get could not install {', '.join(packages)}. Install them by hand.")


def become(*command: str | Path) -> int:
    """Turn into a command, so that whatever stops this process stops the command too."""
    if os.name != "nt":
        os.chdir(HERE)
        os.environ["VIRTUAL_ENV"] = str(VENV)
        os.execv(command[0], list(map(str, command)))  # noqa: S606 - no shell is wanted
    return call(*command)


def call(*command: str | Path, quiet: bool = False) -> int:
    """Run a command in this folder; return its status."""
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    sink = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(
            list(map(str, command)),
            cwd=HERE,
            env=environment,
            stdout=sink,
            stderr=sink,
            check=False,
        ).returncode
    except FileNotFoundError:
        return 127


def say(text: str) -> None:
    """Print one line about what is going on, apart from what commands print."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
