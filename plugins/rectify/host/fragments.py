"""The register's own templates: an autoescaping environment over `theme/pages/`, with the few filters that they need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket
from markupsafe import Markup

from rectify.core.site_map import ADDRESSES
from rectify.core.vocabulary import FLAGS, PRIORITIES, PROBLEM_KEYS, STATES, STATUSES, VERIFIED
from rectify.host.bodies import BASE, headings_below
from rectify.host.site_texts import SiteTexts, address, link
from rectify.host.template_texts import speak_in


class _Known(BytecodeCache):
    """What templates were compiled to in this process: pages that are looked at while somebody types are made again and again."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


_known: dict[tuple[str, frozenset[tuple[str, str]]], _Known] = {}
"""By language and constants, for both are part of the code of a template."""


class Fragments:
    """Renders one of the register's templates to HTML; whatever comes from content is escaped."""

    def __init__(self, theme_dirs: Iterable[str], texts: SiteTexts, addresses: Mapping[str, str] = ADDRESSES):
        """`addresses` are those known beforehand, by the names that templates have for them."""
        self.texts = texts
        self._env = Environment(
            loader=FileSystemLoader(list(theme_dirs)),
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        language = texts.language
        labels = {key.name: language.name(key) for key in PROBLEM_KEYS}
        constants = {f"at.{key}": BASE + url for key, url in addresses.items()}
        constants |= {"base": BASE, "overdue_sign": texts.overdue()}
        constants |= {f"label.{name}": label for name, label in labels.items()}
        constants |= {f"flag.{flag.key}": language.name(flag) for flag in FLAGS}
        speak_in(self._env, language, constants)
        self._env.bytecode_cache = _known.setdefault((language.key, frozenset(constants.items())), _Known())
        # Filters rather than functions where there is the choice: Jinja calls them directly.
        self._env.filters.update(
            date=texts.date,
            short_date=texts.short_date,
            status=texts.status,
            overdue=texts.overdue,
            month=texts.month,
            month_of=lambda one: language.month(one.year, one.month),
            contact_rows=texts.contact_rows,
            as_written=texts.as_written,
            lang_of=texts.lang_of,
            words=texts.between_words,
            written_block=texts.written_block,
            headings_below=headings_below,
            name=language.name,
            say=language.say,
            inside=language.inside,
            outside=language.outside,
            definition=lambda term: language.either(term.definition, term.definition_en),
            link=link,
            figure=texts.figure,
            sum_name=texts.sum_name,
            at=address,
        )
        self._env.globals.update(
            base=Markup(BASE),
            at={key: Markup(BASE + url) for key, url in addresses.items()},
            label=labels,
            statuses=STATUSES.entries,
            states=STATES.entries,
            flags=FLAGS.entries,
            priorities=PRIORITIES.entries,
            verified_status=VERIFIED.key,
            content_lang=texts.content_tag,
            date_form=language.date_form,
            months=" ".join(language.months),
            short_months=" ".join(language.short_months),
            home_name=texts.home,
            query_key=texts.query_key,
        )
        self._templates: dict[str, Any] = {}

    def share(self, **values: Any) -> None:
        """Make values known to every template, to the macros first of all."""
        self._env.globals.update(values)
        self._env.globals["m"] = self._env.get_template("pages/macros.html").module

    def render(self, name: str, **values: Any) -> str:
        """Return the HTML of `pages/<name>.html`."""
        if name not in self._templates:
            self._templates[name] = self._env.get_template(f"pages/{name}.html")
        return self._templates[name].render(values)
