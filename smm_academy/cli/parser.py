"""Every command with its options, and the function of this package that does it."""

import argparse
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from smm_academy.cli.arguments import port, seed, whole

FAILED = 2

MODELS = ("1pl", "2pl", "3pl", "grm")
POLICIES = ("expert", "novice", "canned", "nothing", "industry")
LOCALES = ("en", "pl")
FEWEST_MEMBERS, MOST_MEMBERS = 100, 1_000_000
LONGEST_HOURS = 366 * 24
MOST_MESSAGES = 10_000_000
MOST_PROCESSES = 256
MOST_RUNS = 1000

Commands: TypeAlias = "argparse._SubParsersAction[CommandParser]"  # noqa: SLF001 - argparse names its type privately


class CommandParser(argparse.ArgumentParser):
    """A parser that refuses in one line, and takes no shortened options."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Leave with one line that says what is wrong and where help is."""
        self.exit(FAILED, f"{self.prog}: {message}. See {self.prog} --help\n")


def build_parser() -> CommandParser:
    """Return the parser of all commands."""
    parser = CommandParser(
        prog="smm-academy", description="Learn and prove the craft of social media marketing."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_site(commands)
    _add_database(commands)
    _add_admin(commands)
    _add_content(commands)
    _add_community(commands)
    _add_score(commands)
    _add_shift(commands)
    _add_calibration(commands)
    return parser


def _add(commands: Commands, name: str, command: str, title: str) -> CommandParser:
    parser = commands.add_parser(name, help=title, description=f"{title[0].upper()}{title[1:]}.")
    parser.set_defaults(command=command)
    return parser


def _add_group(commands: Commands, name: str, title: str) -> Commands:
    group = commands.add_parser(name, help=title, description=f"{title[0].upper()}{title[1:]}.")
    return group.add_subparsers(required=True, metavar="ACTION")


def _add_site(commands: Commands) -> None:
    demo = _add(commands, "demo", "site.demo", "serve the site with demonstration data")
    demo.add_argument(
        "--port",
        type=port,
        default=8000,
        help="port here (default 8000, else the next free)",
    )
    demo.add_argument("--json", action="store_true", help="print address and sign-ins as JSON")
    serve = _add(commands, "serve", "site.serve", "serve the site, settings from the environment")
    serve.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)"
    )
    serve.add_argument("--port", type=port, default=8000, help="port (default 8000)")
    serve.add_argument(
        "--processes", type=whole(1, MOST_PROCESSES), default=2, help="processes (default 2)"
    )
    _add(commands, "worker", "site.worker", "run background jobs, settings from the environment")


def _add_database(commands: Commands) -> None:
    actions = _add_group(commands, "db", "migrate, back up and restore the database")
    _add(actions, "upgrade", "database.upgrade", "apply every migration that is missing")
    backup = _add(actions, "backup", "database.backup", "copy the database, also while it is used")
    backup.add_argument("file", type=Path, metavar="FILE", help="file to write")
    backup.add_argument("--force", action="store_true", help="replace FILE if it exists")
    restore = _add(actions, "restore", "database.restore", "put a backup in the database's place")
    restore.add_argument("file", type=Path, metavar="FILE", help="backup to read")
    restore.add_argument(
        "--force", action="store_true", help="give up what the database holds now"
    )


def _add_admin(commands: Commands) -> None:
    actions = _add_group(commands, "admin", "say who runs the site")
    invite = _add(
        actions,
        "invite",
        "admin.invite",
        "let somebody run the site; they set their own password by a link",
    )
    invite.add_argument("email", metavar="EMAIL", help="their address, with or without an account")
    invite.add_argument(
        "--name", default="", help="what to call them (default: what stands before the @)"
    )
    _add(actions, "list", "admin.list_admins", "list who runs the site")
    remove = _add(
        actions, "remove", "admin.remove", "let somebody no longer run the site; the account stays"
    )
    remove.add_argument("email", metavar="EMAIL", help="address of the account")


def _add_content(commands: Commands) -> None:
    actions = _add_group(commands, "content", "check, sync and export lessons, quizzes and packs")
    check = _add(actions, "check", "content.check", "name every error of content files")
    check.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files or folders (default: all)"
    )
    check.add_argument("--json", action="store_true", help="print the problems as a JSON list")
    sync = _add(actions, "sync", "content.sync", "take changed content files into the database")
    side = sync.add_mutually_exclusive_group()
    side.add_argument(
        "--ours",
        dest="side",
        action="store_const",
        const="ours",
        help="where both changed, keep the database's text",
    )
    side.add_argument(
        "--theirs",
        dest="side",
        action="store_const",
        const="theirs",
        help="where both changed, take the file's text",
    )
    export = _add(actions, "export", "content.export", "write the content that serves to files")
    export.add_argument("folder", type=Path, metavar="DIR", help="folder to write to")
    export.add_argument("--force", action="store_true", help="write also where DIR is not empty")
    export.add_argument(
        "--private", action="store_true", help="the operator's own content, not the shipped one"
    )


def _add_community(commands: Commands) -> None:
    simulate = _add(commands, "simulate", "community.simulate", "let a synthetic community live")
    simulate.add_argument(
        "--members",
        type=whole(FEWEST_MEMBERS, MOST_MEMBERS),
        metavar="N",
        help="how many members, 100 to 1,000,000 (default 10,000)",
    )
    simulate.add_argument(
        "--hours",
        type=whole(1, LONGEST_HOURS),
        metavar="H",
        help="how many hours, 1 to 8,784 (default 24)",
    )
    simulate.add_argument("--seed", type=seed, metavar="S", help="seed of the world (default 1)")
    simulate.add_argument(
        "--facts", action="store_true", help="all facts over 20 seeds; exit 1 where one fails"
    )
    simulate.add_argument("--json", action="store_true", help="print the report as JSON")
    generate = _add(commands, "generate", "community.generate", "write messages as JSON lines")
    generate.add_argument(
        "--count", type=whole(0, MOST_MESSAGES), required=True, metavar="N", help="how many"
    )
    generate.add_argument("--locale", choices=LOCALES, required=True, help="language: en or pl")
    generate.add_argument(
        "--seed", type=seed, default=1, metavar="S", help="seed of the messages (default 1)"
    )
    generate.add_argument("--sector", metavar="X", help="one sector only (default: all in turn)")


def _add_score(commands: Commands) -> None:
    score = _add(commands, "score", "scoring.score", "score replies, JSON lines in and out")
    score.add_argument(
        "--in",
        dest="source",
        type=Path,
        metavar="F",
        help="file of pairs of texts (default: standard input)",
    )
    score.add_argument(
        "--out",
        dest="target",
        type=Path,
        metavar="F",
        help="file to write (default: standard output)",
    )
    score.add_argument(
        "--evaluate",
        type=Path,
        metavar="F",
        help="instead report how far the scores agree with the ratings in F",
    )


def _add_shift(commands: Commands) -> None:
    scenarios = _add(commands, "scenarios", "shift.scenarios", "list the shipped scenarios")
    scenarios.add_argument(
        "--locale", choices=LOCALES, default="en", help="language of the titles (default en)"
    )
    scenarios.add_argument("--json", action="store_true", help="print them as a JSON list")
    play = _add(commands, "play", "shift.play", "let a policy work a shift; print its scorecard")
    play.add_argument("--scenario", required=True, metavar="S", help="id of a shipped scenario")
    play.add_argument("--seed", type=seed, required=True, metavar="N", help="seed of the day")
    play.add_argument(
        "--locale", choices=LOCALES, default="en", help="language of the shift (default en)"
    )
    play.add_argument(
        "--policy", choices=POLICIES, required=True, help=f"who plays: {', '.join(POLICIES)}"
    )
    play.add_argument("--json", action="store_true", help="print the scorecard as JSON")


def _add_calibration(commands: Commands) -> None:
    actions = _add_group(commands, "calibrate", "fit models to data")
    items = _add(actions, "items", "calibration.items", "estimate item parameters from answers")
    items.add_argument(
        "--responses",
        type=Path,
        required=True,
        metavar="FILE.csv",
        help="wide CSV: a row a person, a column an item, empty where missing",
    )
    items.add_argument(
        "--model", choices=MODELS, required=True, help=f"model: {', '.join(MODELS)}"
    )
    items.add_argument(
        "--priors", action="store_true", help="hold the estimates by weakly informative priors"
    )
    items.add_argument(
        "--parameters", type=Path, metavar="FILE", help="given parameters; nothing is fitted"
    )
    items.add_argument("--scores", action="store_true", help="add each person's estimate")
    items.add_argument("--json", action="store_true", help="print the result as JSON")
    _add_fitting(actions)


def _add_fitting(actions: Commands) -> None:
    for command in (_add_fit_of_community(actions), _add_fit_of_shifts(actions)):
        command.add_argument(
            "--scheduler",
            default="",
            metavar="ADDRESS",
            help="a Dask scheduler, such as tcp://10.0.0.1:8786 (default: this machine's cores)",
        )
        command.add_argument("--out", type=Path, metavar="FILE", help="also write the result")
        command.add_argument("--json", action="store_true", help="print the result as JSON")


def _add_fit_of_community(actions: Commands) -> CommandParser:
    community = _add(
        actions,
        "community",
        "fitting.community",
        "fit the community's constants to the facts",
    )
    community.add_argument(
        "--constant",
        dest="constants",
        action="append",
        default=[],
        metavar="NAME",
        help="a constant to fit, again for more (default: all that are free)",
    )
    for name, most, default, title in (
        ("generations", MOST_RUNS, 8, "rounds of the search"),
        ("candidates", MOST_RUNS, 16, "sets of constants in a round"),
        ("seeds", MOST_RUNS, 2, "worlds that each set is tried in"),
        ("days", LONGEST_HOURS // 24, 30, "days that each world lives"),
    ):
        community.add_argument(
            f"--{name}",
            type=whole(1, most),
            default=default,
            metavar="N",
            help=f"{title} (default {default})",
        )
    community.add_argument(
        "--members",
        type=whole(FEWEST_MEMBERS, MOST_MEMBERS),
        default=5000,
        metavar="N",
        help="members of each world (default 5,000)",
    )
    return community


def _add_fit_of_shifts(actions: Commands) -> CommandParser:
    shifts = _add(
        actions, "shifts", "fitting.shifts", "equate the forms of the shipped shifts by candidates"
    )
    shifts.add_argument(
        "--scenario",
        dest="scenarios",
        action="append",
        default=[],
        metavar="S",
        help="a scenario beside the reference, again for more (default: all)",
    )
    shifts.add_argument(
        "--seeds",
        type=whole(2, MOST_RUNS),
        default=6,
        metavar="N",
        help="days of each form, each with its own seed (default 6)",
    )
    shifts.add_argument(
        "--persons",
        type=whole(6, MOST_RUNS),
        default=20,
        metavar="N",
        help="simulated candidates who play every day (default 20)",
    )
    return shifts
