"""The site's processes: demonstration, server, worker."""

import os
from argparse import Namespace

from smm_academy.cli.failures import database_in_words
from smm_academy.config import present_settings, settings
from smm_academy.demo import run_demo
from smm_academy.serving import check_address, check_database, serve as serve_site, work


def demo(options: Namespace) -> None:
    """Serve the site with demonstration data."""
    with database_in_words():
        run_demo(os.environ, options.port, as_json=options.json)


def serve(options: Namespace) -> None:
    """Serve the site as the environment describes it."""
    found = settings(os.environ)
    with database_in_words():
        check_database(found)
    check_address(options.host, options.port)
    serve_site(options.host, options.port, options.processes)


def worker(_options: Namespace) -> None:
    """Run background jobs until told to stop."""
    found = present_settings(os.environ)
    with database_in_words():
        check_database(found)
        work(found)
