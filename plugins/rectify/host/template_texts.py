"""The texts of the catalogue, put into templates when these are compiled: looking one up takes its time, ten thousand times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.ext import InternationalizationExtension
from jinja2.parser import Parser
from markupsafe import escape

from rectify.core.language import Language

_SAID = re.compile(r'\{\{ _\("([^"\\]*)"\) \}\}')
_VALUE = re.compile(r"%\((\w+)\)s|%%")
_HELD = re.compile("(?:(?<=\\)s)|(?<=[0-9])) (?=[\u4e00-\u9fff])|(?<=第) (?=%\\()")
"""The blank between a number and its measure word, 25 个 and 第 3 号, at which no line may end."""


class TemplateTexts(InternationalizationExtension):
    """`{{ _("…") }}` and `{% trans %}` as text, with only the values left to be printed.

    Where a number decides between two forms, the second one need not be said: `{% pluralize %}{% endtrans %}`.
    """

    priority = InternationalizationExtension.priority + 1
    """After Jinja's own, which MkDocs may have added, and in its place."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        language = _language(self.environment)
        for text, constant in self.environment.constants.items():  # type: ignore[attr-defined]
            source = source.replace(f"{{{{ {text} }}}}", constant)
        return _SAID.sub(lambda said: str(escape(language.text(said[1]))), source)

    def parse(self, parser: Parser) -> nodes.Node | list[nodes.Node]:
        parsed: Any = super().parse(parser)
        *before, output = parsed if isinstance(parsed, list) else [parsed]
        return [*before, self._filled(output.nodes[0])]

    def _filled(self, call: Any) -> nodes.Node:
        """Return what prints the translation of a call of gettext."""
        language = _language(self.environment)
        values = {keyword.key: keyword.value for keyword in call.kwargs}
        *context, text = [argument.value for argument in call.args[: 2 if "pgettext" in call.node.name else 1]]
        if call.node.name.startswith("n"):
            one, other = language.forms(text)
        else:
            one = other = language.in_context(context[0], text) if context else language.text(text)
        printed = nodes.Output(list(_printed(other, values))).set_lineno(call.lineno)
        if one == other:
            return printed
        is_one = nodes.Compare(call.args[-1], [nodes.Operand("eq", nodes.Const(1))])
        instead = nodes.Output(list(_printed(one, values)))
        return nodes.If(is_one, [instead], [], [printed]).set_lineno(call.lineno)


def _printed(text: str, values: dict[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    """Yield the parts of a text and the values between them."""
    text, at = _HELD.sub("\u00a0", text), 0
    for value in _VALUE.finditer(text):
        yield nodes.TemplateData(text[at : value.start()] + ("%" if value[1] is None else ""))
        if value[1] is not None:
            yield values[value[1]]
        at = value.end()
    yield nodes.TemplateData(text[at:])


def _language(environment: Environment) -> Language:
    return environment.language  # type: ignore[attr-defined]


def speak_in(environment: Environment, language: Language, constants: Mapping[str, str]) -> None:
    """Let templates speak a language; `constants` are the texts that take the place of `{{ name }}`."""
    environment.extend(language=language, constants=constants)
    environment.add_extension(TemplateTexts)
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals.update(_=language.text, _n=language.plural, forms=language.forms)
    environment.globals["after_sentence"] = "" if language.tag.startswith("zh") else " "
