"""The ratios as a picture: an SVG, one bar each, on a logarithmic axis around 1."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import log10

from .figures import Figure

_ROW = 26
_WIDTH = 1040
_LABELS_END, _LEFT, _RIGHT = 460, 475, 960
_SPAN = (0.5, 100.0)
_GOOD, _BAD, _INK, _FAINT = "#2f7d4f", "#b3402e", "#1f2328", "#d0d7de"


def svg(figures: Sequence[Figure]) -> str:
    """The picture. What is measured in units and not in ratios is left out."""
    shown = [one for one in figures if one.unit == "x"]
    height = _ROW * (len(shown) + 2)
    rows = "".join(_bar(one, _ROW * (index + 1)) for index, one in enumerate(shown))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'font-family="system-ui, sans-serif" font-size="13" role="img">\n'
        f"<title>Compiled servers and clients beside hand-written ones</title>\n"
        f'<rect width="100%" height="100%" fill="white"/>\n{_axis(height)}{_legend()}{rows}</svg>\n'
    )


def _legend() -> str:
    said = "dashed: to reach; red: missed; thin line: the middle half"
    return f'<text x="{_LABELS_END}" y="17" text-anchor="end" fill="{_INK}">{said}</text>\n'


def _axis(height: int) -> str:
    lines = ""
    for value in (0.5, 1, 2, 5, 10, 20, 50, 100):
        at = _place(value)
        stroke = _INK if value == 1 else _FAINT
        lines += (
            f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{_ROW}" y2="{height - _ROW}" stroke="{stroke}"/>\n'
            f'<text x="{at:.1f}" y="{height - 8}" text-anchor="middle" fill="{_INK}">{value:g}×</text>\n'
        )
    return lines


def _bar(figure: Figure, top: int) -> str:
    value = figure.spread.median
    left, right = sorted((_place(1), _place(value)))
    colour = _GOOD if figure.reached else _BAD
    low, high = _place(figure.spread.lower), _place(figure.spread.upper)
    middle = top + _ROW / 2
    mark = ""
    if figure.must is not None:
        at = _place(figure.must)
        mark = (
            f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{top + 3}" y2="{top + _ROW - 3}" '
            f'stroke="{_INK}" stroke-dasharray="3 2"/>\n'
        )
    return (
        f'<text x="{_LABELS_END}" y="{middle + 4}" text-anchor="end" fill="{_INK}">{escape(figure.title)}</text>\n'
        f'<rect x="{left:.1f}" y="{top + 6}" width="{max(right - left, 1):.1f}" height="{_ROW - 12}" fill="{colour}"/>\n'
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{middle}" y2="{middle}" stroke="{_INK}"/>\n{mark}'
        f'<text x="{_WIDTH - 8}" y="{middle + 4}" text-anchor="end" fill="{_INK}">{value:.2f}×</text>\n'
    )


def _place(value: float) -> float:
    low, high = map(log10, _SPAN)
    kept = min(max(value, _SPAN[0]), _SPAN[1])
    return _LEFT + (log10(kept) - low) / (high - low) * (_RIGHT - _LEFT)
