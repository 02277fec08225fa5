"""An article laid out for reading: its passages, its networks, its date, and what it says as a whole."""

import re

from bot.model import Article, Span
from bot.news.lazy import lazy
from bot.news.networks import NetworkName, country_named, country_of_house, families_of, find_networks
from bot.news.surroundings import words_around
from bot.news.text import Passage

_BRITISH = re.compile(
    r" (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|final) series "
    r"| series (?:\d{1,2}|one|two|three|four|five|six|seven) "
)
_MAX_URL = 2000
_JOINTS = frozenset("/-_=?&.+")


class Page:
    """The parts of an article that are read."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.title = Passage("title", article.title)
        self.summary = Passage("summary", article.summary)
        self.year = article.published_at.year if article.published_at else None

    @lazy
    def categories(self) -> list[Passage]:
        """Each category, as a passage of its own; their places count as if one space joined them."""
        places: list[Passage] = []
        start = 0
        for category in self.article.categories:
            places.append(Passage("categories", category, start))
            start += len(category) + 1
        return places

    @lazy
    def _networks(self) -> dict[str, list[NetworkName]]:
        return {passage.field: find_networks(passage) for passage in (self.title, self.summary)}

    @lazy
    def _network_words(self) -> dict[tuple[str, int], NetworkName]:
        return {
            (field, word): network
            for field, networks in self._networks.items()
            for network in networks
            for word in range(network.first, network.last + 1)
        }

    def network_at(self, passage: Passage, word: int) -> NetworkName | None:
        """Give the network whose name holds `word` of `passage`."""
        return self._network_words.get((passage.field, word))

    @lazy
    def houses(self) -> dict[str, Span]:
        """Each house that is named, and where first."""
        found: dict[str, Span] = {}
        for passage in (self.title, self.summary):
            for network in self._networks[passage.field]:
                if network.house not in found:
                    found[network.house] = passage.span(network.first, network.last)
        return found

    @lazy
    def families(self) -> frozenset[str]:
        """The owners of the houses that are named."""
        return families_of(tuple(self.houses))

    @lazy
    def countries(self) -> frozenset[str]:
        """The countries that are named: British, or by a network of theirs."""
        named = [country_of_house(house) for house in self.houses]
        named += [country_named(word) for word in self.vocabulary if len(word) > 2]
        found = frozenset(country for country in named if country is not None)
        return found or (frozenset({"GB"}) if self._is_british else frozenset())

    @property
    def _is_british(self) -> bool:
        """Say whether a season is called a series, or the address is a British one."""
        if ".uk/" in self.article.url[:_MAX_URL]:
            return True
        return "series" in self.vocabulary and _BRITISH.search(self.text) is not None

    @lazy
    def text(self) -> str:
        """Title and summary, folded."""
        return f"{self.title.folded.text}\n{self.summary.folded.text}"

    @lazy
    def vocabulary(self) -> frozenset[str]:
        """The folded words of title and summary."""
        return frozenset(self.title.words) | frozenset(self.summary.words)

    def says(self, phrase: str) -> bool:
        """Say whether title or summary hold the folded words of `phrase`."""
        return phrase.rpartition(" ")[2] in self.vocabulary and f" {phrase} " in self.text

    @lazy
    def is_about_television(self) -> bool:
        """Say whether any word of the trade or any network is there."""
        television = words_around().television
        if not television.isdisjoint(self.title.words) or not television.isdisjoint(self.summary.words):
            return True
        return bool(self.houses)

    @lazy
    def tells_of_remake(self) -> bool:
        """Say whether a reboot, revival or remake is told of."""
        return not words_around().remake.isdisjoint(self.vocabulary)

    def place_in_address(self, words: list[str]) -> str | None:
        """Say where the address has `words` as it joins them: `part` for a whole part, `within`, or None."""
        slug, address = "-".join(words), self.article.url[:_MAX_URL]
        at = address.find(slug, 8)
        if at < 0 or address[at - 1] not in _JOINTS:
            return None
        following = address[at + len(slug) : at + len(slug) + 1]
        if following and following not in _JOINTS:
            return None
        return (
            "part"
            if address[at - 1] == "/" and following in ("", "/") and at > address.find("/", 8)
            else "within"
        )
