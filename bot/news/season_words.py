"""The words for seasons of every language, as the finder of seasons asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.news.lexicon import Meanings, load_lexicon
from bot.news.tokens import Phrases

_LISTS = (
    "final",
    "final_after",
    "new",
    "current",
    "previous",
    "and",
    "to",
    "filler",
    "article",
    "follows",
    "own",
    "becomes",
    "personal",
    "denied",
)


@dataclass(frozen=True, slots=True)
class SeasonWords:
    """What the finder looks up."""

    nouns: Mapping[str, tuple[str, frozenset[str]]]
    """Each noun's group (season, loose, part, volume) and languages."""
    plurals: frozenset[str]
    ordinary_before: frozenset[str]
    ordinary_after: frozenset[str]
    dated: frozenset[str]
    """Words that make a date of the number before them."""
    aside: Phrases[Meanings]
    over: Phrases[Meanings]
    after: Phrases[Meanings]
    through: Phrases[Meanings]
    lists: Mapping[str, Mapping[str, frozenset[str]]]
    triggers: frozenset[str]
    """The words at which a season may be named."""

    def has(self, name: str, word: str, languages: frozenset[str]) -> bool:
        """Say whether `word` is in the list `name` of one of `languages`."""
        spoken = self.lists[name].get(word)
        return spoken is not None and not spoken.isdisjoint(languages)


@cache
def season_words() -> SeasonWords:
    """Gather the words once."""
    lexicon = load_lexicon()
    nouns: dict[str, tuple[str, frozenset[str]]] = {}
    for group, names in (
        ("volume", ["volume"]),
        ("part", ["part"]),
        ("loose", ["loose"]),
        ("season", ["plural", "singular"]),
    ):
        nouns.update({word: (group, spoken) for word, spoken in lexicon.spoken("seasons", names).items()})
    months = [
        months for language in lexicon.languages.values() for months in language["dates.months"].values()
    ]
    return SeasonWords(
        nouns,
        lexicon.list("seasons", "plural"),
        lexicon.list("seasons", "ordinary_before"),
        lexicon.list("seasons", "ordinary_after"),
        frozenset(word for words in months for word in words),
        lexicon.phrases("seasons", ["aside"]),
        lexicon.phrases("seasons", ["over", "finale"]),
        lexicon.phrases("seasons", ["after"]),
        lexicon.phrases("seasons", ["through"]),
        {name: lexicon.spoken("seasons", [name]) for name in _LISTS},
        frozenset(nouns) | {"s"},
    )
