"""Options with boxes before or behind them, of which one is ticked: ☑已完成 □持续推进; 是（√） 否（ ）; [x] 是 [ ] 否."""

from __future__ import annotations

from typing import NamedTuple

from rectify.core.patterns import compiled

TICKED, EMPTY = "☑", "□"
"""The signs by which readers write down what a control, a font or a column says."""
_TICKS = "☑✓✔√■●◉▣✅🗹⦿🔘🗸⬛◼"
_CROSSED = "☒⊠"
"""A box that a cross fills is the ticked one of a Word form, and the other one beside a real tick."""
_CROSSES = "×✕✖✗✘❌"
_BOXES = "□☐○◯▢❏❑❒◻⬜⚪🔲"
_BULLETS = "■●○◯"
"""Signs that one alone is no box: they begin paragraphs."""
_ALL = _TICKS + _CROSSED + _CROSSES + _BOXES
_SIGN = compiled(rf"[\[（(【]\s*([{_ALL}xXvV])?\s*[\]）)】]|([{_ALL}])")
_ANY = compiled(rf"[{_ALL}]|[\[（(【]\s*[xXvV]?\s*[\]）)】]")
_AROUND = " \t\u3000\n/／、，,；;|｜。_＿"
_LONGEST = 24
"""Characters of an option; what is longer is text with bullets."""
_MOST = 120
_PARTED = compiled(r"[/／|｜\s]+")


class Choice(NamedTuple):
    options: tuple[str, ...]
    ticked: tuple[str, ...]
    """Those that are ticked, as printed without their boxes."""


def read_choice(text: str) -> Choice | None:
    """Return the options that a text offers and those ticked, None where it is no such form."""
    if len(text) > _MOST or not _ANY.search(text):
        return None
    text = text.strip(_AROUND)
    found = list(_SIGN.finditer(text))
    signs = [match[2] or match[1] or "" for match in found]
    if not found or (len(found) == 1 and (not signs[0] or signs[0] in _BULLETS or found[0][1])):
        return None
    between = [text[one.end() : after.start() if after else None] for one, after in zip(found, [*found[1:], None])]
    before = text[: found[0].start()]
    if len(found) == 1 and not between[0].strip(_AROUND) and _PARTED.search(before.strip(_AROUND)):
        # Of which of several words a tick behind the last tells is not told by boxes.
        return None
    if not between[-1].strip(_AROUND) and before.strip(_AROUND):
        between = [before, *between[:-1]]
    elif before.strip(_AROUND) and not before.rstrip().endswith(("：", ":")):
        return None
    else:
        # A line of its own without a sign is an option that is not ticked.
        lines = [option.strip(_AROUND).split("\n") for option in between]
        between = [line for some in lines for line in some]
        signs = [one for sign, some in zip(signs, lines) for one in (sign, *[""] * (len(some) - 1))]
    options = [option.strip(_AROUND) for option in between]
    if not all(0 < len(option) <= _LONGEST for option in options):
        return None
    firm = [sign in _TICKS or sign in "vV" for sign in signs if sign]
    chosen = _TICKS + "vV" if any(firm) else _CROSSED + "xX"
    return Choice(tuple(options), tuple(option for option, sign in zip(options, signs) if sign and sign in chosen))


def parted(text: str) -> Choice:
    """Return the words that strokes or blanks part, and those of them that a tick stands beside: 已完成√/持续推进."""
    parts = [part for part in _PARTED.split(text.strip(_AROUND)) if part.strip(_AROUND)]
    options = [_SIGN.sub("", part).strip(_AROUND) for part in parts]
    ticked = [option for option, part in zip(options, parts) if any(sign in _TICKS for sign in part)]
    return Choice(tuple(options), tuple(ticked))


def is_ticked(text: str) -> bool | None:
    """Return what a cell that holds only a box or a tick says, False for an empty one, None where it holds anything else."""
    bare = text.strip().strip("[]（）()【】").strip()
    if not bare or (len(bare) == 1 and bare in _BOXES + _CROSSES) or bare == "FALSE":
        return False
    return True if (len(bare) == 1 and bare in _TICKS + _CROSSED + "vV") or bare == "TRUE" else None
