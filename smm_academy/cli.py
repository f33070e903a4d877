"""The command line: what each command is called, takes and does.

A command's module is loaded only when it is called, so that `score`, `simulate` and `generate`
start at once and need no web, database or settings.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from smm_academy.errors import AcademyError

FAILED = 2


def run(arguments: Sequence[str]) -> int:
    """Run one command; return the process's exit status."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    command: Callable[[argparse.Namespace], int | None] = options.command
    try:
        return command(options) or 0
    except AcademyError as error:
        sys.stderr.write(f"smm-academy: {error}\n")
        return FAILED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="smm-academy", description="Learn and prove the craft of social media marketing."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_running(commands)
    _add_database(commands)
    return parser


def _add_running(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = commands.add_parser("demo", help="serve the site with demonstration data")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--json", action="store_true", help="print address and sign-ins as JSON")
    demo.set_defaults(command=_demo)
    serve = commands.add_parser("serve", help="serve the site, settings from the environment")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--processes", type=int, default=2)
    serve.set_defaults(command=_serve)
    worker = commands.add_parser("worker", help="run background jobs")
    worker.set_defaults(command=_worker)


def _add_database(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    database = commands.add_parser("db", help="migrate, back up and restore the database")
    actions = database.add_subparsers(required=True, metavar="ACTION")
    upgrade = actions.add_parser("upgrade", help="apply all migrations")
    upgrade.set_defaults(command=_upgrade)


def _demo(options: argparse.Namespace) -> None:
    from smm_academy.demo import run_demo

    run_demo(os.environ, options.port, as_json=options.json)


def _serve(options: argparse.Namespace) -> None:
    from smm_academy.config import present_settings
    from smm_academy.serving import check_database, serve

    check_database(present_settings(os.environ))
    serve(options.host, options.port, options.processes)


def _worker(_options: argparse.Namespace) -> None:
    from smm_academy.config import present_settings
    from smm_academy.serving import work

    work(present_settings(os.environ))


def _upgrade(_options: argparse.Namespace) -> None:
    from smm_academy.config import present_settings
    from smm_academy.database.migrating import upgrade
    from smm_academy.database.session import Database

    database = Database(present_settings(os.environ).database_url)
    upgrade(database.engine)
    database.close()
