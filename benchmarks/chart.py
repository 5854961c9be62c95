"""A chart of what one problem costs, by the number of problems of a site: one line a tool, both axes logarithmic."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 420, 70, 190, 30, 50
_COLOURS = ("#1457a8", "#b3261e", "#4a6b00", "#7b3fa0", "#8a5a00", "#00696b", "#5f5f5f")

Lines = Mapping[str, Mapping[int, float]]
"""By tool and number of problems, milliseconds of processor time for each problem."""


def chart(lines: Lines) -> str:
    """Return the chart as SVG; raises ValueError where there is nothing to show."""
    sizes = sorted({size for points in lines.values() for size in points})
    values = [value for points in lines.values() for value in points.values()]
    if not values:
        raise ValueError("no figures")
    low, high = 10 ** math.floor(math.log10(min(values))), 10 ** math.ceil(math.log10(max(values)))

    def x(size: int) -> float:
        return _LEFT + _share(size, sizes[0], sizes[-1]) * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - _share(value, low, high) * (_HEIGHT - _TOP - _BOTTOM)

    parts = [_text(_LEFT, _TOP - 12, "CPU ms per problem, cold build"), _text(_LEFT, _HEIGHT - 8, "problems")]
    for size in sizes:
        parts.append(_text(x(size), _HEIGHT - _BOTTOM + 18, f"{size:,}", "middle"))
    for power in range(round(math.log10(low)), round(math.log10(high)) + 1):
        at = y(10**power)
        parts.append(f'<path d="M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}" stroke="#ccc"/>')
        parts.append(_text(_LEFT - 8, at + 4, f"{10**power:g}", "end"))
    for (name, points), colour in zip(lines.items(), _COLOURS * len(lines)):
        path = "L".join(f"{x(size):.1f} {y(value):.1f}" for size, value in sorted(points.items()))
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        last = max(points)
        parts.append(_text(x(last) + 8, y(points[last]) + 4, name, "start", colour))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _share(value: float, low: float, high: float) -> float:
    """Return how far a value lies between two others, by their logarithms."""
    return math.log(value / low) / math.log(high / low) if high > low else 0.0


def _text(x: float, y: float, text: str, anchor: str = "start", colour: str = "#222") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
