"""`rectify`, and `python -m rectify` for hooks that must find the Python it is installed in."""

from __future__ import annotations

import sys


def run() -> None:
    """Run the command; an installation of which a part is missing is told in one line."""
    try:
        from rectify.cli import main
        from rectify.cli.terminal import end_in_order, run_in_utf8, speak_anywhere
    except (ImportError, OSError) as error:
        # What the catalogue says is part of what may be missing.
        sys.exit(f"rectify: 安装不完整，请重新安装 / the installation is incomplete, install it again: {error}")
    run_in_utf8()
    speak_anywhere()
    end_in_order()
    main(prog_name="rectify")


if __name__ == "__main__":
    run()
