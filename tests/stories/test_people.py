"""Names in headlines, as far as telling castings apart needs them."""

from bot.stories.people import people


def test_a_first_and_a_last_name_are_a_person() -> None:
    assert people("Allison Janney joins the second season") == {"allison janney"}


def test_titles_in_quotes_name_nobody() -> None:
    assert people("‘The West Wing’ and 'Mad Men' and “Dead Ringers” and \"Big Love\"") == frozenset()


def test_a_title_before_its_star_names_nobody() -> None:
    assert people("West Wing alum Bradley Whitford boards") == {"bradley whitford"}


def test_the_trades_words_and_the_shows_own_names_nobody() -> None:
    told = people(
        "The Diplomat Season Two Casts Vice President Opposite Keri Russell", ["The Diplomat", "Keri Russell"]
    )
    assert told == frozenset()


def test_a_possessive_or_the_end_of_a_sentence_changes_no_name() -> None:
    assert people("Allison Janney’s part. It is Grace Penn.") == {"allison janney", "grace penn"}
