"""Runs the site and the worker as processes."""

import importlib.util
import logging
import os
import signal
import socket
import threading
import time
from datetime import datetime

from smm_academy.app import RECURRING, create_app, handlers
from smm_academy.clock import now
from smm_academy.config import PREFIX, Settings, present_settings
from smm_academy.database.migrating import is_current
from smm_academy.errors import Misconfigured
from smm_academy.jobs.queue import JobQueue
from smm_academy.jobs.worker import plan_recurring, run_due, run_job
from smm_academy.web.application import Academy
from smm_academy.web.logs import set_up_logs

PORTS_TRIED = 50
HIGHEST_PORT = 65_535
PARENT = f"{PREFIX}PARENT"
"""The setting that tells the processes of a demonstration whom to end with."""

PARENT_SECONDS = 1.0


def application() -> Academy:
    """Return the site as the environment describes it; the server's processes call this."""
    set_up_logs()
    end_with(os.environ.get(PARENT))
    return create_app(present_settings(os.environ))


def serve(host: str, port: int, processes: int) -> None:
    """Serve until told to stop: Granian, one blocking thread a process; else waitress."""
    if importlib.util.find_spec("granian") is None:
        _serve_by_waitress(host, port)
        return
    from granian.constants import Interfaces  # noqa: PLC0415 - no wheel on every system
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    server = Server(
        "smm_academy.serving:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=1,
        factory=True,
        log_level=LogLevels.warning,
        workers_kill_timeout=10,
    )
    # Ctrl-C reaches the processes too; when they end before they are told to, that is no error.
    logging.getLogger("_granian").addFilter(lambda _record: not server.interrupt_signal)
    try:
        server.serve()
    except SystemExit:
        if not server.interrupt_signal:
            raise


def work(settings: Settings) -> None:
    """Run jobs until told to stop."""
    set_up_logs()
    end_with(os.environ.get(PARENT))
    app = create_app(settings)
    table = handlers(app, settings)

    def run(job_id: int) -> None:
        with app.app_context():
            run_job(app.database, table, job_id, now())

    def sweep() -> None:
        moment: datetime = now()
        app.database.run(lambda session: plan_recurring(session, RECURRING, moment))
        with app.app_context():
            run_due(app.database, table, moment)

    JobQueue(settings, run).serve(sweep)


def check_database(settings: Settings) -> None:
    """Refuse to start on a database that lacks migrations. Raises `Misconfigured`."""
    app = create_app(settings)
    current = is_current(app.database.engine)
    app.database.close()
    if not current:
        raise Misconfigured("The database lacks migrations. Run: smm-academy db upgrade")


def end_with(parent: str | None) -> None:
    """Stop this process soon after the one with this id that started it, however that one ended.

    Nothing happens without an id, nor on Windows, which does not tell that a parent is gone.
    """
    if not parent or os.name == "nt":
        return

    def watch() -> None:
        while str(os.getppid()) == parent:
            time.sleep(PARENT_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def check_address(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on. Raises `Misconfigured`."""
    try:
        _try_listening(host, port)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Misconfigured(
            "Cannot listen on %(host)s, port %(port)s: %(reason)s. Choose with --host and --port.",
            host=host,
            port=port,
            reason=reason,
        ) from error


def free_port(host: str, wanted: int) -> int:
    """Return the wanted port, or the next that nobody listens on.

    Raises `Misconfigured` when there is none near.
    """
    for port in range(wanted, min(wanted + PORTS_TRIED, HIGHEST_PORT + 1)):
        try:
            _try_listening(host, port)
        except OSError:
            continue
        return port
    raise Misconfigured(
        "No free port from %(first)s to %(last)s. Name another with --port.",
        first=wanted,
        last=min(wanted + PORTS_TRIED - 1, HIGHEST_PORT),
    )


def _try_listening(host: str, port: int) -> None:
    """Take an address and give it back at once. Raises ``OSError`` or ``UnicodeError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, protocol, _name, address = found[0]
    with socket.socket(family, kind, protocol) as probe:
        if os.name != "nt":
            # There the same option would let two listen on one port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)


def _serve_by_waitress(host: str, port: int) -> None:
    import waitress  # noqa: PLC0415 - only where Granian cannot be had

    waitress.serve(application(), host=host, port=port, threads=8, ident=None)
