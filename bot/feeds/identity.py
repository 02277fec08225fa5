"""Which article is which: identities that last from poll to poll, and a hash that shows an edit."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.feeds.links import canonical_link


@dataclass(frozen=True, slots=True)
class Marks:
    """What may tell one entry of a feed from another."""

    guid: str | None
    link: str | None
    """In its canonical form."""
    title: str
    published_at: datetime | None
    """As the feed says, be it in the future."""


def identities(entries: Sequence[Marks]) -> tuple[str, ...]:
    """Name each entry of a feed: by its guid, else its link, else its title and date.

    A mark that entries with other titles or links carry too tells nothing, and the next one counts.
    A guid that is the entry's own link, with tracking parameters or without, counts as the link.
    Entries with one identity are one article.
    """
    with_guid, with_link = defaultdict(set), defaultdict(set)
    for entry in entries:
        with_guid[_guid(entry)].add((entry.link, entry.title))
        with_link[entry.link].add(entry.title)
    named = []
    for entry in entries:
        guid, link = _guid(entry), entry.link
        if guid and len(with_guid[guid]) == 1:
            named.append(f"guid:{guid}")
        elif link and len(with_link[link]) == 1:
            named.append(f"link:{link}")
        else:
            date = entry.published_at.isoformat() if entry.published_at else ""
            named.append(f"title:{date} {entry.title}")
    return tuple(named)


def content_hash(title: str, summary: str, link: str, categories: Iterable[str] = ()) -> str:
    """Give the SHA-256, in hex, of what an article says: another one means that it was edited.

    Date and picture are left out: publishers renew both without a word changed.
    """
    said = "\x1e".join((title, summary, link, "\x1f".join(sorted(categories))))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def _guid(entry: Marks) -> str | None:
    guid = canonical_link(entry.guid.strip()) if entry.guid else None
    return guid if guid != entry.link else None
