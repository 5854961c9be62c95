"""The stylesheet of the statuses, made from the vocabulary: colours, squares, bars, and lists that filter themselves."""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.vocabulary import STATES, STATUSES, Term


def status_styles() -> str:
    """Return the stylesheet. `--rf-paper`, `--rf-light`, `--rf-dark` and the look of a square in general are rectify.css's."""
    return "".join(f"{rule}\n" for rule in (*_colours(), *_marks(), *_squares(), *_bars(), *_filters()))


def status_colours() -> str:
    """Return what a page needs that has bars alone."""
    return "".join(f"{rule}\n" for rule in (*_colours(), *_bars()))


def _colours() -> Iterator[str]:
    both = "var(--rf-light, {0.light}) var(--rf-dark, {0.dark})"
    scopes = (
        ("", ":root", both),
        ("screen", ":root[data-colours]", "var(--rf-ink)"),
        ("(forced-colors: active)", ":root", "{0.forced}"),
        ("print", ":root", "{0.print}"),
    )
    for media, selector, colour in scopes:
        colours = "".join(f"  --rf-{term.key}: {colour.format(term.colours)};\n" for term in STATUSES)
        rule = f"{selector} {{\n{colours}}}"
        yield f"@media {media} {{\n{rule}\n}}" if media else rule


def _marks() -> Iterator[str]:
    for term in STATUSES:
        yield f".rf-status--{term.key} {{ color: var(--rf-{term.key}); }}"
        if term.ring:
            yield (
                f".rf-status--{term.key} .rf-status__mark {{ width: 1.15em; height: 1.15em; line-height: 1.15em; "
                "font-size: 0.85em; border: 1.5px solid currentcolor; border-radius: 50%; }"
            )


def _squares() -> Iterator[str]:
    for term in STATUSES:
        own = f"var(--rf-{term.key})"
        # On paper of its own colour a sign would be lost; where less is filled the next lines hide it.
        sign = "var(--rf-paper)" if term.fill > 50 else "transparent"
        yield f".rf .rf-sq--{term.key} {{ background: {_fill(term, own)}; border-color: {own}; color: {sign}; }}"
        if term.dashed:
            yield f".rf .rf-sq--{term.key} {{ border-style: dashed; }}"
        if term.fill < 100:
            yield f".rf-sq--{term.key} > span {{ visibility: hidden; }}"
        if term.ring:
            yield f".rf .rf-sq--{term.key} {{ box-shadow: inset 0 0 0 2px var(--rf-paper); }}"
            yield f".rf-chart--small .rf-sq--{term.key} {{ box-shadow: inset 0 0 0 1.5px var(--rf-paper); }}"


def _fill(term: Term, colour: str) -> str:
    if term.fill >= 100:
        return colour
    return f"linear-gradient(to top, {colour} 0 {term.fill}%, transparent {term.fill}%)" if term.fill else "transparent"


def _bars() -> Iterator[str]:
    for term in STATUSES:
        opacity = f" opacity: {term.shade};" if term.shade < 1 else ""
        own = f"var(--rf-{term.key})"
        yield f".rf-fill--{term.key}, .rf .rf-shade--{term.key} {{ fill: {own}; background: {own}; border-color: {own};{opacity} }}"


def _filters() -> Iterator[str]:
    """Yield what a list leaves out when the address names a part of it."""
    parts = [(state.key, "state", state.key) for state in STATES]
    parts += [(f"status-{term.key}", "status", term.key) for term in STATUSES]
    for anchor, attribute, value in parts:
        yield f'#{anchor}:target ~ * [data-{attribute}]:not([data-{attribute}="{value}"]) {{ display: none; }}'
