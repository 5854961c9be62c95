"""The signs that lines of a list begin with: dots, shapes, arrows, stars, dashes and pictures, each in one place."""

from __future__ import annotations

MARKING = "★☆▲△◆◇※"
"""Signs that single out some matters of a list."""
DOTS = "•●·▪◦◎"
BOXES = "○■□"
"""Dots and squares that may be boxes as well, ticked or not."""
TICKS = "√✓✔☑☒■□☐○◯×"
"""Boxes and ticks before or behind the words of a line, whose meaning a legend tells."""
ARROWS = "▶►▸▹➤▷"
_SHAPES = "▼▽▎▍▌🔹🔸🔷🔶📌📍"
SIGNS = DOTS + BOXES + ARROWS + MARKING + _SHAPES
PICTURES = "✅❎❌⏳⌛🔄🔁🟢🟡🟠🔴🔵⚪⚫⭕🚧🕒"
"""Pictures that may mean a status."""
POINTING = "👉"
DASHES = "-–—－"
