"""A series as a picture: SVG, or PNG drawn from it."""

import math
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from bulletin.answers.cells import plain, shown, width
from bulletin.answers.series import Series
from bulletin.errors import UsageError

WIDE, HIGH = 900, 420
LEFT, RIGHT, TOP, BOTTOM = 90, 30, 50, 46
LINE = 15
"""Height of a line of the sources."""
SHOWN = 6
"""Sources that are named one by one."""
LETTERS = 140
"""Columns of a line of the sources."""
LABEL = 62
"""Room that the name of a period takes; one that would run into the one before is left out."""
ZOOM = 2
SUFFIXES = (".svg", ".png")
_STYLE = 'font-family="Noto Sans, Noto Sans CJK SC, DejaVu Sans, Arial, sans-serif" font-size="12" fill="#222"'
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
_CHINESE = (
    "cjk",
    "notosanssc",
    "notosanstc",
    "wqy",
    "wenquan",
    "simsun",
    "msyh",
    "pingfang",
    "heiti",
    "songti",
    "droid",
)
_SCALES = {
    "en": ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand")),
    "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
}


def draw(series: Series, file: Path, language: str = "en") -> str:
    """Write the picture, and return what is missing in it; empty where nothing is.

    Raises:
        UsageError: the suffix is neither .svg nor .png, or the file cannot be written.
    """
    if file.suffix.lower() not in SUFFIXES:
        raise UsageError(f"--output {file}: its suffix is no picture's; allowed are {', '.join(SUFFIXES)}")
    text = svg(series, language)
    try:
        if file.suffix.lower() == ".svg":
            file.write_text(text, encoding="utf-8", newline="\n")
            return ""
        from resvg_py import svg_to_bytes

        file.write_bytes(bytes(svg_to_bytes(svg_string=text, zoom=ZOOM)))
    except OSError as error:
        raise UsageError(f"--output {file}: cannot be written: {error.strerror}") from error
    return _missing(text)


def _missing(text: str) -> str:
    """Return which letters of a PNG this machine has no font for."""
    fonts = [
        font.name.lower() for place in (*_FONTS, Path.home() / ".fonts") for font in Path(place).rglob("*.[to]t[fc]")
    ]
    if not fonts:
        return "this machine has no fonts, so the PNG has no words: install some (fonts-dejavu), or write an SVG"
    chinese = any("\u4e00" <= character <= "\u9fff" for character in text)
    if chinese and not any(known in font for font in fonts for known in _CHINESE):
        return "this machine has no Chinese font, so those letters are missing: install fonts-noto-cjk, or write an SVG"
    return ""


def svg(series: Series, language: str = "en") -> str:
    """Return the picture as SVG: a line through the values, a stroke for each interval, and the sources below."""
    sources = _sources(series.sources, language)
    high = HIGH + LINE * len(sources)
    across, up, ticks = _scales(series)
    scale, word = _scale(max(abs(point["value"]) for point in series.points), language)
    unit = f"{word} {series.unit}".strip() if language == "en" else f"{word}{series.unit}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" width="{WIDE}" height="{high}" {_STYLE}>',
        f'<rect width="{WIDE}" height="{high}" fill="#fff"/>',
        f'<text x="{LEFT}" y="24" font-size="16" font-weight="bold">{escape(plain(series.title))}</text>',
        f'<text x="{LEFT}" y="41" fill="#666">{escape(unit)}</text>',
    ]
    for tick in ticks:
        y = up(tick)
        parts.append(f'<line x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{shown(round(tick / scale, 6))}</text>')
    places = [(across(at), up(point["value"])) for at, point in enumerate(series.points)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#2563a8" stroke-width="2"/>')
    for (x, y), point in zip(places, series.points, strict=True):
        low = up(point["lower"]) if point["lower"] is not None else y
        top = up(point["upper"]) if point["upper"] is not None else y
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{top:.1f}" stroke="#2563a8" opacity=".5"/>')
        about = f"{point['period']}: {shown(point['value'])} ({point['quote']}, {point['said']})"
        fill = "#2563a8" if point["bound"] == "exact" else "#fff"
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="#2563a8" stroke-width="1.5">'
            f"<title>{escape(plain(about))}</title></circle>"
        )
    last = -float(LABEL)
    for (x, _), point in zip(places, series.points, strict=True):
        if x - last >= LABEL:
            parts.append(f'<text x="{x:.1f}" y="{HIGH - 22}" text-anchor="middle">{escape(point["period"])}</text>')
            last = x
    parts += [
        f'<text x="{LEFT}" y="{HIGH + LINE * at}" font-size="10" fill="#666">{escape(text)}</text>'
        for at, text in enumerate(sources)
    ]
    return "\n".join([*parts, "</svg>", ""])


def _scales(series: Series) -> tuple[Callable[[int], float], Callable[[float], float], list[float]]:
    """Return places by time and by value, and the values that have a line."""
    days = [point["end_date"].toordinal() for point in series.points]
    wide = WIDE - LEFT - RIGHT - 40
    bounds = [p[name] for p in series.points for name in ("value", "lower", "upper") if p[name] is not None]
    low, high = min(bounds), max(bounds)
    if low > 0 and (low < high / 3 or len(bounds) <= 3):
        low = 0.0
    step = _step((high - low) or abs(high) or 1)
    ticks = [step * at for at in range(math.floor(low / step), math.ceil(high / step) + 1)]
    bottom, top = ticks[0], ticks[-1] if ticks[-1] > ticks[0] else ticks[0] + step

    def across(at: int) -> float:
        spread = days[-1] - days[0]
        return LEFT + 20 + (wide * (days[at] - days[0]) / spread if spread else wide / 2)

    def up(value: float) -> float:
        return HIGH - BOTTOM - (HIGH - BOTTOM - TOP - 10) * (value - bottom) / (top - bottom)

    return across, up, ticks


def _step(spread: float) -> float:
    """Return a round number that goes into the spread four to eight times."""
    power = 10.0 ** math.floor(math.log10(spread / 4))
    return next(power * times for times in (1, 2, 2.5, 5, 10) if spread / (power * times) <= 6)


def _scale(greatest: float, language: str) -> tuple[float, str]:
    return next(((size, word) for size, word in _SCALES[language] if greatest >= size), (1.0, ""))


def _sources(sources: Sequence[str], language: str) -> list[str]:
    head = {"en": "Sources: ", "zh": "来源："}[language]
    lines = [_cut(plain(source)) for source in sources[:SHOWN]]
    if len(sources) > SHOWN:
        more = len(sources) - SHOWN
        lines.append({"en": f"and {more} more documents", "zh": f"另有{more}份文件"}[language])
    return [head + lines[0], *lines[1:]] if lines else []


def _cut(text: str) -> str:
    while width(text) > LETTERS:
        text = text[:-2] + "…"
    return text
