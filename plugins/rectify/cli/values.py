"""The closed values that options take, in the language that is spoken."""

from __future__ import annotations

import click

from rectify.cli.texts import did_you_mean
from rectify.core.language import Message, _, listed, spoken
from rectify.core.vocabulary import STATUSES, Term, Vocabulary, fold, reads_as


def accepted(vocabulary: Vocabulary) -> str | Message:
    """Return the values to choose from: keys in English, names in Chinese."""
    language = spoken()
    return listed(language.name(term) if language.is_chinese else term.key for term in vocabulary)


def term_of(vocabulary: Vocabulary, word: str, option: str) -> Term:
    """Return the value that a word stands for, in any spelling of files or in the language that is spoken.

    A usage error, which names what is accepted, where it stands for none.
    """
    names = {fold(name): term for term in vocabulary for name in (term.english, spoken().name(term))}
    term = vocabulary.find(word) or names.get(fold(word))
    if term is None:
        hint = did_you_mean(word, vocabulary.words()) or _("。")
        raise click.BadParameter(
            _("不认识“{word}”{hint}可用的值：{allowed}", word=word, hint=hint, allowed=accepted(vocabulary)),
            param_hint=option,
        )
    if vocabulary is STATUSES and fold(word) not in names and reads_as(word, term):
        click.echo(_("注意：“{word}”读作“{name}”", word=word, name=spoken().name(term)), err=True)
    return term
