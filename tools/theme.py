"""The list of the theme's files as they come with this program, by which the checks know those that nobody has changed.

.venv/bin/python tools/theme.py            write it
.venv/bin/python tools/theme.py --check    say whether it is another than that of theme/; status 1 then
"""

import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
THEME, LIST = ROOT / "theme", ROOT / "plugins" / "rectify" / "checks" / "theme.txt"


def main(arguments: list[str]) -> int:
    files = sorted(path for path in THEME.rglob("*") if path.is_file() and not path.name.startswith("."))
    made = "".join(f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(THEME).as_posix()}\n" for path in files)
    if arguments == ["--check"]:
        is_stale = not LIST.is_file() or LIST.read_text("utf-8") != made
        if is_stale:
            print("theme/ has changed: look at it, then run tools/theme.py")
        return int(is_stale)
    LIST.write_text(made, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
