"""Pictures drawn by rule, so that the sandbox shows posters and stills and owns all of them."""

import hashlib
import textwrap
from html import escape


def poster(title: str, subtitle: str) -> str:
    """Draw a 210 by 295 poster as SVG: the title on shapes that its letters choose."""
    lines = textwrap.wrap(title, 11)[:5]
    size = 27 if max(map(len, lines)) < 11 else 22
    words = _words(lines, 18, 262 - len(lines) * (size + 4), size)
    small = f'<text x="18" y="272" font-size="12" opacity=".75">{escape(subtitle)}</text>'
    return _svg(210, 295, title + subtitle, words + small)


def still(title: str, outlet: str) -> str:
    """Draw a 640 by 360 picture for an article as SVG."""
    lines = textwrap.wrap(title, 30)[:4]
    mark = f'<text x="36" y="52" font-size="17" opacity=".8">{escape(outlet)}</text>'
    return _svg(640, 360, title, _words(lines, 36, 330 - len(lines) * 38, 31) + mark)


def _words(lines: list[str], x: int, top: int, size: int) -> str:
    rows = ((top + place * round(size * 1.2), escape(line)) for place, line in enumerate(lines))
    told = "".join(f'<text x="{x}" y="{y}">{line}</text>' for y, line in rows)
    return f'<g font-size="{size}" font-weight="700">{told}</g>'


def _svg(width: int, height: int, seed: str, words: str) -> str:
    chance = hashlib.sha256(seed.encode()).digest()
    hue = chance[0] * 360 // 256
    shapes = "".join(_shape(width, height, chance[place : place + 4], hue) for place in (1, 5, 9))
    size = f'width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size}>'
        '<defs><linearGradient id="sky" x2=".4" y2="1">'
        f'<stop stop-color="hsl({hue} 46% 36%)"/>'
        f'<stop offset="1" stop-color="hsl({(hue + 48) % 360} 52% 13%)"/>'
        '</linearGradient><linearGradient id="shade" x2="0" y2="1"><stop offset=".35" stop-opacity="0"/>'
        '<stop offset="1" stop-opacity=".72"/></linearGradient></defs>'
        f'<rect {size} fill="url(#sky)"/>{shapes}<rect {size} fill="url(#shade)"/>'
        f'<g fill="#fff" font-family="Georgia, \'DejaVu Serif\', serif">{words}</g></svg>'
    )


def _shape(width: int, height: int, chance: bytes, hue: int) -> str:
    x, y = chance[0] * width // 256, chance[1] * height * 2 // (3 * 256)
    size = min(width, height) * (60 + chance[2] // 2) // 256
    paint = f'fill="hsl({(hue + chance[3] // 2) % 360} 62% 58%)" opacity=".34"'
    if chance[3] % 3 == 0:
        return f'<circle cx="{x}" cy="{y}" r="{size}" {paint}/>'
    if chance[3] % 3 == 1:
        return f'<path d="M{x} {y - size}l{size} {size * 2}h-{size * 2}z" {paint}/>'
    return f'<rect x="{x - size}" y="0" width="{size}" height="{height}" {paint}/>'
