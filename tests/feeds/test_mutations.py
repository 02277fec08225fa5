"""Captured feeds, broken in a thousand ways: no crash, and no entry lost that feedparser alone would give."""

import io
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from bot.errors import ParseError
from bot.feeds.parse import parse

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CORPUS = Path(__file__).parents[3] / "shared/corpus/feeds"
MUTATIONS_EACH = 40
MAX_BYTES = 20_000  # of a document: what is broken matters, not how much of it there is


def cut(document: bytes, chance: random.Random) -> bytes:
    return document[: chance.randrange(len(document))]


def flip(document: bytes, chance: random.Random) -> bytes:
    broken = bytearray(document)
    for _ in range(chance.randint(1, 20)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def remove(document: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(document))
    return document[:start] + document[start + chance.randint(1, 200) :]


def repeat(document: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(document))
    piece = document[start : start + chance.randint(1, 500)]
    return document[:start] + piece * chance.randint(2, 5) + document[start:]


def insert(document: bytes, chance: random.Random) -> bytes:
    piece = chance.choice(
        [b"<", b"&", b"]]>", b"<![CDATA[", b"<!--", b"</item>", b"<item>", b"\0", b"\xff\xfe", b"&a;",
         b"<b>", b"<?xml version='1.0' encoding='utf-16'?>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b'"', b"\xc3"]
    )  # fmt: skip
    start = chance.randrange(len(document))
    return document[:start] + piece + document[start:]


def swap(document: bytes, chance: random.Random) -> bytes:
    old, new = chance.choice(
        [(b"</title>", b"<title>"), (b"<link>", b"<lnik>"), (b"utf-8", b"ascii"), (b"UTF-8", b"koi8-r"),
         (b"</item>", b""), (b"<guid", b"<guid guid"), (b"https://", b"//"), (b"xmlns:media", b"xmlns:x"),
         (b"</entry>", b""), (b"pubDate", b"date"), (b">", b" >"), (b"<![CDATA[", b"")]
    )  # fmt: skip
    return document.replace(old, new, chance.choice([1, -1]))


MUTATORS: list[Callable[[bytes, random.Random], bytes]] = [cut, flip, remove, repeat, insert, swap]


def shortened(document: bytes) -> bytes:
    """Keep the entries that fit into `MAX_BYTES`, and the end."""
    for end in (b"</item>", b"</entry>"):
        last = document.rfind(end, 0, MAX_BYTES)
        if last > 0 and len(document) > MAX_BYTES:
            return document[: last + len(end)] + document[document.rfind(end) + len(end) :]
    return document


def mutated(name: str, count: int = MUTATIONS_EACH) -> list[bytes]:
    chance = random.Random(name)  # noqa: S311 - the same breaks in each run
    original = shortened((CORPUS / name).read_bytes())
    made = []
    for _ in range(count):
        document = original
        for mutate in chance.choices(MUTATORS, k=chance.randint(1, 3)):
            document = mutate(document, chance) or b"<"
        made.append(document)
    return made


def entries_of_feedparser(document: bytes) -> int:
    """Count what feedparser alone gives with a title or a link; none where it fails itself."""
    try:
        found = feedparser.parse(io.BytesIO(document), sanitize_html=False, resolve_relative_uris=False)
    except Exception:
        return 0
    return sum(bool(dict.get(entry, "title") or dict.get(entry, "link")) for entry in found.entries)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the captured feeds are not beside this checkout")
@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.glob("*.xml")))
def test_broken_feed_loses_no_entry_that_feedparser_alone_gives(name: str) -> None:
    for document in mutated(name):
        try:
            parsed = parse(document, content_type=None, url="https://tv.example/", source="TV", read_at=NOON)
            told = len(parsed.articles) + len(parsed.dropped)
        except ParseError:
            told = 0
        assert told >= entries_of_feedparser(document), document
