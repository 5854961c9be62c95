"""The catalogue of words: taken from the code and the templates, kept as .po files, compiled for use.

    python tools/catalogue.py update     after a text was added or changed: brings the .po file up to date, then compiles
    python tools/catalogue.py compile    .po -> .mo, and the Traditional Chinese one made by OpenCC

Packaging compiles as well (setup.py). Babel and, for Traditional Chinese, OpenCC are needed to build, not to run.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import extract, mofile, pofile
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "plugins" / "rectify"
LOCALE = PACKAGE / "locale"
DOMAIN = "rectify"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / f"{DOMAIN}.po"
TRADITIONAL = "zh_Hant"

KEYWORDS = {
    "_": None, "N_": None, "text": None, "gettext": None, "_n": (1, 1), "N_n": (1, 1), "plural": (1, 1), "forms": (1, 1), "quoting": None, "quoting_number": (1, 1),
    "ngettext": (1, 2), "_p": ((1, "c"), 2), "in_context": ((1, "c"), 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip
"""The functions and methods of core/language.py, and what templates call."""
METHODS = [(PACKAGE, "**/*.py", "python", {}), (ROOT / "theme", "**/*.html", "jinja2.ext:babel_extract", {}),
           (PACKAGE / "desk", "**/*.html", "jinja2.ext:babel_extract", {})]  # fmt: skip
_TEMPLATES = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}


def taken() -> Catalog:
    """Return every text that stands in the code and the templates, in the order of the files."""
    catalogue = Catalog(project=DOMAIN, charset="utf-8")
    for folder, pattern, method, options in METHODS:
        for file in sorted(folder.glob(pattern)):
            with open(file, "rb") as stream:
                options = _TEMPLATES if "jinja2" in method else options
                for _, message, comments, context in extract.extract(method, stream, KEYWORDS, ("i18n:",), options):
                    # Only texts in Chinese, or punctuation in a context: the same method names serve other objects with other texts.
                    if context or any("\u2e80" <= character <= "\uffef" for character in str(message)):
                        if isinstance(message, tuple):  # In Chinese one form serves every number.
                            message = (message[0], message[0])
                        place = (file.relative_to(ROOT).as_posix(), None)
                        catalogue.add(message, locations=[place], auto_comments=comments, context=context)
    return catalogue


def kept() -> Catalog:
    """Return the English catalogue as it is kept."""
    with open(ENGLISH, "rb") as stream:
        return pofile.read_po(stream, locale="en", domain=DOMAIN)


def update() -> None:
    """Bring the English file up to date: new texts are added without translation, those no longer said are left out."""
    catalogue = kept() if ENGLISH.exists() else Catalog(locale="en", domain=DOMAIN, charset="utf-8")
    catalogue.update(taken(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_bytes(_written(catalogue))


def _written(catalogue: Catalog) -> bytes:
    out = BytesIO()
    # Without line numbers and dates, so that the file changes only when a text does.
    pofile.write_po(out, catalogue, width=120, omit_header=True, include_lineno=False, ignore_obsolete=True)
    header = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    return header + out.getvalue()


def compile_all(target: Path = LOCALE) -> None:
    """Write the compiled catalogues below `target`."""
    english = kept()
    _compile(english, target / "en")
    _compile(_traditional(english), target / TRADITIONAL)


def _compile(catalogue: Catalog, folder: Path) -> None:
    file = folder / "LC_MESSAGES" / f"{DOMAIN}.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    # Babel notes when it ran; the same texts are to give the same bytes.
    catalogue.creation_date = catalogue.revision_date = datetime(2025, 1, 1, tzinfo=UTC)
    with open(file, "wb") as stream:
        mofile.write_mo(stream, catalogue)


def _traditional(english: Catalog) -> Catalog:
    """Return the Simplified texts of the catalogue and of the tables in Traditional characters."""
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    made = Catalog(locale=TRADITIONAL, domain=DOMAIN, charset="utf-8")
    for message in english:
        if message.id:
            made.add(message.id, _each(message.id, convert), context=message.context)
    for text in table_texts():
        made.add(text, convert(text))
    return made


def _each(id: str | tuple[str, ...], convert) -> str | tuple[str, ...]:
    return convert(id) if isinstance(id, str) else (convert(id[0]),)


def table_texts() -> Iterator[str]:
    """Yield every Chinese text shown to people of the vocabulary, the rules and the table of click's texts."""
    core, commands = PACKAGE / "core", PACKAGE / "cli"
    files = [core / "vocabulary.toml", *sorted((core / "rules").glob("*.toml")), commands / "click_texts.toml"]
    for file in files:
        yield from _strings(tomllib.loads(file.read_text("utf-8")))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if any("\u3400" <= character <= "\u9fff" for character in value):
            yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _strings(one) if name != "in_texts" else ()


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["compile"]):
        sys.exit(__doc__)
    if sys.argv[1] == "update":
        update()
    compile_all()
