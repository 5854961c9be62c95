"""`python -m rectify`: the command, for hooks that must find the Python it is installed in."""

from rectify.cli import main

main(prog_name="rectify")
