"""Where evaluations run: in processes of this machine, or on the workers of a Dask cluster.

Both keep the order of the tasks, and a task is a pure function of its arguments, so that both
give the same numbers.
"""

import os
import signal
import socket
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from multiprocessing import active_children
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import simulator
from smm_academy.errors import Misconfigured

Task = TypeVar("Task")
Found = TypeVar("Found")

ANSWERS_WITHIN = 10.0
"""Seconds that a scheduler may take to answer, and to have a worker."""
TRIES_AGAIN = 2
"""How often a task goes to another worker when one is lost."""


class Mapper(Protocol):
    """Maps a function over tasks, in order: like the built-in `map`, only elsewhere."""

    def __call__(
        self, function: Callable[[Task], Found], tasks: Iterable[Task], /
    ) -> Iterable[Found]: ...


@contextmanager
def spread(scheduler: str = "") -> Iterator[Mapper]:
    """Give a mapper: over this machine's cores, or over a cluster by its scheduler's address.

    Raises `Misconfigured` where Dask is not installed, the scheduler does not answer or has no
    workers, or its workers hold another simulator than this one.
    """
    with _cluster(scheduler) if scheduler else _processes() as mapper:
        yield mapper


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def leave_interrupts() -> None:
    """Let Ctrl-C be heard by the parent alone, which ends its children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def held_here() -> tuple[str, str, str]:
    """Return the versions that decide the numbers: the package, the engine, the rubric."""
    return version("smm-academy"), simulator.ENGINE_VERSION, simulator.RUBRIC_VERSION


@contextmanager
def _processes() -> Iterator[Mapper]:
    if cores() == 1:
        yield map
        return
    with ProcessPoolExecutor(cores(), initializer=leave_interrupts) as pool:
        try:
            yield pool.map
        except BaseException:
            # Leaving the block would wait for tasks that nobody wants any more.
            for process in active_children():
                process.terminate()
            raise


@contextmanager
def _cluster(address: str) -> Iterator[Mapper]:
    client = _connect(address)
    try:
        _require_same(client, address)

        def mapper(function: Callable[[Task], Found], tasks: Iterable[Task], /) -> Iterator[Found]:
            futures = client.map(function, list(tasks), pure=False, retries=TRIES_AGAIN)
            try:
                for future in futures:
                    yield future.result()
            finally:
                client.cancel(futures)

        yield mapper
    finally:
        client.close()


def _connect(address: str) -> Any:  # noqa: ANN401 - Dask is an extra
    connect: Callable[..., Any]
    try:
        from distributed import Client as connect  # noqa: N813, PLC0415 - only a cluster needs it
    except ModuleNotFoundError as error:
        raise Misconfigured(
            "Spreading over a cluster needs Dask, which is not installed. "
            "Run: pip install 'smm-academy[cluster]'"
        ) from error
    try:
        # A plain connection first: Dask's own attempts on a dead address are long and loud.
        socket.create_connection(_place(address), timeout=ANSWERS_WITHIN).close()
        client = connect(address, timeout=ANSWERS_WITHIN, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Misconfigured(
            "The scheduler %(address)s does not answer. Start one with `dask scheduler`, "
            "or check the address.",
            address=address,
        ) from error
    try:
        client.wait_for_workers(1, timeout=ANSWERS_WITHIN)
    except TimeoutError as error:
        client.close()
        raise Misconfigured(
            "The scheduler %(address)s has no workers. Start one with `dask worker %(address)s`.",
            address=address,
        ) from error
    return client


def _place(address: str) -> tuple[str, int]:
    """Return host and port of a scheduler. Raises ``ValueError`` where they are not there."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if not parts.hostname or not parts.port:
        raise ValueError(f"{address} names no host and port")
    return parts.hostname, parts.port


def _require_same(client: Any, address: str) -> None:  # noqa: ANN401 - Dask is an extra
    """Make sure that every worker would give the numbers of this machine."""
    try:
        held = client.run(held_here)
    except ModuleNotFoundError as error:
        raise Misconfigured(
            "The workers of %(address)s lack %(name)s. Install smm-academy where they run.",
            address=address,
            name=error.name,
        ) from error
    others = sorted(worker for worker, versions in held.items() if versions != held_here())
    if others:
        raise Misconfigured(
            "The worker %(worker)s holds another version of smm-academy. Install the same.",
            worker=others[0],
        )
