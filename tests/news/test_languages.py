"""Which languages a text may be in."""

import pytest

from bot.news.languages import find_languages
from bot.news.lexicon import load_lexicon
from bot.news.tokens import Tokens


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The show will be back for a new season in the fall", "en"),
        ("Die Serie wird mit einer neuen Staffel im Herbst fortgesetzt", "de"),
        ("La série revient pour une nouvelle saison dans la rentrée", "fr"),
        ("La serie vuelve con una nueva temporada en el otoño", "es"),
        ("La serie torna con una nuova stagione in autunno, e sarà la più lunga", "it"),
        ("A série volta com uma nova temporada no outono, e não será a última", "pt"),
        ("De reeks komt terug met een nieuw seizoen in het najaar", "nl"),
    ],
)
def test_common_words_tell_the_language(text: str, code: str) -> None:
    languages = find_languages(Tokens.of(text))
    assert code in languages
    assert len(languages) <= 3


def test_too_few_words_tell_nothing() -> None:
    everything = frozenset(load_lexicon().languages)
    assert find_languages(Tokens.of("")) == find_languages(Tokens.of("Squid Game 2")) == everything
