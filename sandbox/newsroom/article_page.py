"""The page of an article, as plain as a page can be and still be worth a click."""

from datetime import date
from html import escape

from sandbox.newsroom.history import Article, Outlet

_LOOK = """
body { margin: 0; background: #faf8f4; color: #1d1b18; font: 18px/1.6 Georgia, "DejaVu Serif", serif }
header { border-bottom: 3px double #1d1b18; padding: 1.2rem; text-align: center }
header a { color: inherit; font-size: 1.7rem; font-weight: 700; text-decoration: none }
header p, small { margin: 0; color: #6b655c; font-size: .9rem }
main { max-width: 42rem; margin: 2rem auto; padding: 0 1.2rem }
h1 { line-height: 1.2; text-wrap: balance }
img { width: 100%; height: auto; border-radius: 6px }
li { margin: .6rem 0 }
"""


def write_article(article: Article, day: date) -> str:
    """Write the article's page as it is on `day`."""
    changed = [version.day for version in article.versions if version.day <= day]
    updated = f" · updated {changed[-1]:%B} {changed[-1].day}, {changed[-1].year}" if changed else ""
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in (article.summary, *article.body_on(day)))
    told = f"{article.at:%B} {article.at.day}, {article.at.year}{updated}"
    return _page(
        article.outlet,
        article.title,
        f"<article><h1>{escape(article.title)}</h1>"
        f"<p><small>By {escape(article.writer)} · {told}</small></p>"
        f'<p><img src="/newsroom/stills/{article.id}.svg" alt=""></p>{paragraphs}</article>',
    )


def write_front(outlet: Outlet, articles: tuple[Article, ...]) -> str:
    """Write the outlet's front page."""
    lines = "".join(
        f'<li><a href="{article.path}">{escape(article.title)}</a> <small>{article.at.date()}</small></li>'
        for article in articles
    )
    return _page(outlet, outlet.name, f"<h1>Latest</h1><ul>{lines}</ul>")


def _page(outlet: Outlet, title: str, main: str) -> str:
    name = escape(outlet.name)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{escape(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{_LOOK}</style>
</head>
<body>
<header><a href="/newsroom/{outlet.slug}/">{name}</a><p>{escape(outlet.tagline)}</p></header>
<main>{main}<p><small>{name} is an invented outlet of the sandbox.</small></p></main>
</body>
</html>
"""
