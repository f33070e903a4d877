"""The wheel carries everything: installed by itself, far from the checkout, it works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.cli.commands import ROOT

CARRIED = (
    "smm_academy/_content/skills.yaml",
    "smm_academy/_content/brands/lumo.yaml",
    "smm_academy/_migrations/env.py",
    "smm_academy/web/templates/web/base.html",
    "smm_academy/shifts/conversions.json",
    "simulator/packs/brands/lumo.json",
)
FOLDERS = (
    "smm_academy/_content/lessons", "smm_academy/_content/quizzes",
    "smm_academy/_migrations/versions", "smm_academy/web/static/css",
    "smm_academy/web/static/js", "smm_academy/web/catalogues", "simulator/packs/scenarios",
    "simulator/lexicon", "simulator/voices/words",
)  # fmt: skip
WHERE = "import simulator, smm_academy; print(simulator.__file__, smm_academy.__file__)"
PAIR = {
    "id": 1,
    "locale": "pl",
    "customer_text": "Paczka nie dotarła.",
    "reply_text": "Przepraszamy, już sprawdzamy.",
}


def installer(packages: Path) -> list[object]:
    """The command that installs a wheel in a folder: uv's where it is, else pip's."""
    places = (str(Path(sys.executable).parent), os.environ["PATH"])
    uv = shutil.which("uv", path=os.pathsep.join(places))
    tool = [uv, "pip"] if uv else [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    return [*tool, "install", "--quiet", "--no-deps", "--no-index", "--target", packages]


class Installed:
    """The command of a wheel, installed in an environment of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        built = folder / "wheel"
        self._run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", built, cwd=ROOT)
        self.wheel = next(built.glob("*.whl"))
        venv.create(folder / "venv", symlinks=True, with_pip=False)
        packages = next((folder / "venv").glob("lib/python*/site-packages"))
        # What the wheel depends on is taken from the environment that runs the tests; only what
        # lies there installed, not the checkout that it points to.
        packages.joinpath("depended-on.pth").write_text(sysconfig.get_path("purelib"))
        self._run(*installer(packages), self.wheel)
        self.python = folder / "venv" / "bin" / "python"

    def _run(self, *command: object, cwd: Path | None = None) -> None:
        subprocess.run([str(part) for part in command], cwd=cwd, check=True, capture_output=True)

    def __call__(self, *arguments: str, given: str = "") -> str:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        done = subprocess.run(
            [self.python, "-P", "-m", "smm_academy", *arguments],
            input=given.encode(),
            capture_output=True,
            cwd=self.folder,
            env={
                **kept,
                "SMM_ACADEMY_DEMO": "1",
                "SMM_ACADEMY_INSTANCE": str(self.folder / "instance"),
            },
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("installed"))


@pytest.mark.xdist_group("wheel")
def test_the_wheel_carries_every_kind_of_file(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = wheel.namelist()

    assert set(CARRIED) <= set(names)
    for folder in FOLDERS:
        assert any(name.startswith(f"{folder}/") for name in names), folder
    assert not any(name.startswith(("tests/", "benchmarks/")) for name in names)
    assert installed.wheel.stat().st_size < 15_000_000


@pytest.mark.xdist_group("wheel")
def test_an_installed_wheel_works_far_from_the_checkout(installed: Installed) -> None:
    where = subprocess.run(
        [installed.python, "-P", "-c", WHERE],
        capture_output=True,
        cwd=installed.folder,
        check=True,
    )
    assert str(ROOT) not in where.stdout.decode()

    assert json.loads(installed("scenarios", "--json"))
    assert len(installed("generate", "--count", "2", "--locale", "pl").splitlines()) == 2
    assert json.loads(installed("score", given=json.dumps(PAIR)))["id"] == 1
    installed("db", "upgrade")
    assert isinstance(json.loads(installed("content", "check", "--json")), list)
    assert "taken" in installed("content", "sync")
    installed("content", "export", "out")
    assert (installed.folder / "out" / "lessons").is_dir()
