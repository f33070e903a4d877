"""``python -m smm_academy`` and the console script."""

import sys

from smm_academy.cli import run


def main() -> None:
    """Run the command that the command line names; leave with its status."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
