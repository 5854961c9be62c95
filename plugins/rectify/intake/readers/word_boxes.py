"""Fields of Word forms as they print: check boxes of content controls and of form fields, and what is chosen of a list."""

from __future__ import annotations

from lxml import etree

from rectify.intake.readers.wordprocessing import W14, W, is_on, number, value

_CHECKED, _UNCHECKED = "☑", "☐"


def settle_boxes(root: etree._Element) -> None:
    """Write into every check box of a content control what it says: its own sign may be any picture ([MS-DOCX] 2.6.1)."""
    for box in root.iter(W14 + "checkbox"):
        control = next(box.iterancestors(W + "sdt"), None)
        state = box.find(W14 + "checked")
        on = state is not None and state.get(W14 + "val", "1") in ("1", "true", "on")
        signs = [] if control is None else list(control.iter(W + "t", W + "sym"))
        for sign in signs:
            sign.tag = W + "t"
            sign.text = (_CHECKED if on else _UNCHECKED) if sign is signs[0] else ""


def box_of_field(box: etree._Element) -> str:
    """Return the check box of a form field (ECMA-376 part 1, 17.16.7): as it was left, else as it was made."""
    left = is_on(box, "checked")
    return _CHECKED if (is_on(box, "default") if left is None else left) else _UNCHECKED


def chosen_of_field(options: etree._Element) -> str:
    """Return the option of a list field (17.16.9) that is shown: as it was left, else as it was made, else the first."""
    texts = [entry.get(W + "val", "") for entry in options.iterchildren(W + "listEntry")]
    at = number(value(options, "result"), number(value(options, "default"), 0))
    return texts[at] if 0 <= at < len(texts) else ""
