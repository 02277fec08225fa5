from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.names import Names
from bot.model import Article, Show, ShowId
from bot.news.linking import link
from bot.news.mentions import Doubt, Linked, Role


def show(
    number: int,
    name: str,
    year: int | None = 2020,
    network: str | None = "NBC",
    *,
    others: tuple[str, ...] = (),
    cast: tuple[str, ...] = (),
    ended: int | None = None,
    status: str | None = None,
    country: str | None = None,
    weight: int = 60,
) -> Show:
    return Show(
        ShowId(number),
        name,
        year,
        ended,
        network,
        country,
        status,
        weight,
        other_names=others,
        cast=cast,
    )


SHOWS = (
    show(1, "The Diplomat", 2023, "Netflix", cast=("Keri Russell",), status="Running", weight=95),
    show(2, "The Diplomat", 2023, "Alibi", cast=("Sophie Rundle",), ended=2023, weight=40),
    show(3, "You", 2018, "Netflix", cast=("Penn Badgley",)),
    show(4, "From", 2022, "MGM+"),
    show(5, "Lost", 2004, "ABC", ended=2010),
    show(6, "House", 2004, "FOX", ended=2012),
    show(7, "House of the Dragon", 2022, "HBO"),
    show(8, "Game of Thrones", 2011, "HBO", ended=2019),
    show(9, "NCIS", 2003, "CBS", status="Running"),
    show(10, "NCIS: Origins", 2024, "CBS"),
    show(11, "Ghosts", 2019, "BBC One", ended=2023),
    show(12, "Ghosts", 2021, "CBS", country="UK/US"),
    show(13, "Money Heist", 2017, "Netflix", others=("Haus des Geldes", "La casa de papel")),
    show(14, "Silo", 2023, "Apple TV+", cast=("Rebecca Ferguson",)),
    show(15, "Halo", 2022, "Paramount+"),
    show(16, "Miranda", 2009, "BBC One", ended=2015, cast=("Miranda Hart",)),
    show(17, "Tracker", 2024, "CBS"),
    show(18, "Wednesday", 2022, "Netflix"),
    show(19, "1923", 2022, "Paramount+"),
    show(20, "24", 2001, "FOX", ended=2010),
    show(21, "Star Trek: Strange New Worlds", 2022, "Paramount+"),
    show(22, "Star Trek", 1966, "NBC", ended=1969),
    show(23, "Episodes", 2011, "Showtime"),
    show(24, "Showtime", 2013, None, weight=0),
    show(25, "Ted Lasso", 2020, "Apple TV+"),
    show(26, "Ted", 2024, "Peacock"),
    show(27, "EastEnders", 1985, "BBC One", status="Running"),
    show(28, "Love, Victor", 2020, "Hulu"),
    show(29, "What If...?", 2021, "Disney+"),
    show(30, "Evil", 2019, "Paramount+"),
    show(31, "Rob Delaney", 2020, "Prime Video", cast=("Rob Delaney",)),
    show(32, "Step by Step", 1991, "ABC", ended=1998),
    show(33, "Charmed", 1998, "The WB", ended=2006, weight=80),
    show(34, "Charmed", 2018, "The CW", ended=2022),
    show(35, "K", 2012, None),
    show(36, "The Inspector", 1965, None, weight=0),
    show(37, "Inspector Morse", 1987, "ITV1", ended=2000),
    show(38, "Twin", 2019, None, weight=30),
    show(39, "Twin", 2019, "NRK", weight=10),
    show(40, "Even", 2021, "ITV1", weight=30),
    show(41, "Even", 2022, "ITV1", weight=30),
    show(42, "Deadline", 2000, "NBC"),
    show(43, "Mom", 2013, "CBS"),
    show(44, "Far", 2040, "CBS"),
    show(45, "sHERlock", 2016, None, weight=5),
    show(46, "Sherlock", 2010, "BBC One"),
    show(47, "Power", 2014, "Starz"),
    show(48, "BBC Drama", 1936, "BBC One"),
    show(49, "Vague", None, None, weight=0),
    show(50, "Peacemaker", 2022, "on Netflix"),
    show(51, "Industry", 2020, "BBC Two/HBO"),
    show(52, "Beef", 2023, "Netflix"),
    show(53, "Feud", 2017, "FX"),
    show(54, "Even So", 2020, "Hulu", ended=2022),
    show(55, "Even So", 2020, "Hulu", ended=2022, country="US"),
    show(56, "The Pass", 2019, "Sky", others=("Der Pass",)),
    show(57, "X-Ray", 2019, "Sky"),
    show(58, "9-1-1", 2018, "ABC"),
    show(60, "Sly Stone: The Fighter", 2023, None),
    show(59, "Who? Me!", 2022, "Sky"),
    show(61, "3%", 2016, "on Netflix"),
    show(62, "Kept Twice", 1999, "Fuji TV", cast=("Mayumi Tanaka",)),
    show(63, "Kept Twice", 2000, "Fuji", weight=40),
    show(64, "Old Peaks", 1990, "ABC", ended=1991, weight=80),
    show(65, "Old Peaks", 2017, None, weight=0),
    show(66, "Office Hours", 2005, "NBC", ended=2013, weight=10),
    show(67, "Office Hours", 2012, "BBC One", weight=10),
    show(69, "Halves", 2020, "Quokka Nights"),
    show(70, "Halves", 2020, "Wombat Days"),
    show(68, "Sell Them Online (Fast)", 2019, "Netflix"),
)
NAMES = Names(SHOWS)


def article(
    title: str,
    summary: str = "",
    *,
    url: str = "https://outlet.example/a",
    at: str | None = "2024-06-01",
    categories: tuple[str, ...] = (),
) -> Article:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC) if at else None
    return Article("guid:1", url, title, summary, "Outlet", moment, categories=categories)


def linked(title: str, summary: str = "", **more: object) -> set[int]:
    return set(link(article(title, summary, **more), NAMES).by_show)  # type: ignore[arg-type]


def doubts(title: str, summary: str = "", **more: object) -> dict[str, Doubt | None]:
    found = link(article(title, summary, **more), NAMES)  # type: ignore[arg-type]
    return {mention.text: mention.doubt for mention in found.mentions}


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("Netflix Renews ‘You’ for a Fifth and Final Season", {3}),
        ("You Season 5 Sets Premiere Date at Netflix", {3}),
        ("Netflix's You star Penn Badgley says goodbye", {3}),
        ("‘From’ Renewed for Season 4 at MGM+", {4}),
        ("Industry Renewed for Season 4 at HBO", {51}),
        ("House of the Dragon Season 3 Begins Filming", {7}),
        ("HBO renews House of the Dragon ahead of season 2", {7}),
        ("NCIS: Origins and NCIS Renewed at CBS", {9, 10}),
        ("Netflix bestellt fünfte Staffel von „Haus des Geldes“", {13}),
        ("“La casa de papel”: tráiler de la segunda temporada", {13}),
        ("SILO: Apple TV+ orders season 3", {14}),
        ("1923: First Look at the Yellowstone Prequel's Season 2", {19}),
        ("'24' Renewed by Fox", {20}),
        ("Strange New Worlds Season 3 Sets Premiere Date at Paramount+", {21}),
        ("Showtime Renews Episodes for Season 4", {23}),
        ("Hulu dates ‘Love, Victor’ season 3", {28}),
        ("What If...? Season 3 Will Be Its Last", {29}),
        ("Wednesday Season 2 Renewed at Netflix", {18}),
        ("Premieres Wednesday: season 3 of Evil on Paramount+", {30}),
        ("Evil S04 trailer", {30}),
        ("CBS renews MOM for two more seasons", {43}),
        ("Charmed reboot cancelled at The CW after four seasons", {34}),
        ("Far, far away: a season of rain", set()),
        ("Hulu renews ‘Even So’ for season 3", {54}),
        ("Sky: Staffel 3 von «Der Pass»", {56}),
        ("ted lasso season 3 confirmed", {25}),
        ("Apple TV+ renews TED LASSO", {25}),
        ("Sky renews X-Ray for season 2", {57}),
        ("A list: “Ghosts, Silo, Evil and What Comes After” season 2, says Apple TV+", {12, 14, 30}),
        ("“I saw You and said what a lovely season this has been”", set()),
        ("FX sets the Embassy Feud Season 2", {53}),
        ("ABC renews 9-1-1 for season 8", {58}),
        ("Looking back at ‘24’ season 3, Fox sighs", {20}),
        ("In ‘24’ there is one day a season, says Fox", {20}),
        ("Season 24 Renewed at Fox", set()),
        ("Who? Me! season 2 is coming to Sky", {59}),
        ("Apple TV+ says that after a long wait Silo Returns for a season", {14}),
        ("Ted, Lasso season 3", {25}),
        ("Netflix beendet 1923 nach zwei Staffeln", {19}),
        ("FOX setzt 24 nach acht Staffeln ab", set()),
        ("Tracker 4 | CBS names the day", {17}),
        ("Silo: First Look renewed hopes", {14}),
        ("Silo: a day in the field, season 3", {14}),
        ("Silo: Rebecca, Ferguson season 3", {14}),
        ("Silo: Rebecca Ferguson And Her Own Way And Her Hat", {14}),
        ("3%: trailer, and a day for the last season on Netflix", {61}),
        ("Keri Russell starts to film The Diplomat season 2 in London", {1}),
        ("‘Silo’ Industry season at Apple", {14}),
        ("‘Twin’ renewed for season 2", {38}),
        ("V Season 24 and Season 1923", set()),
    ],
)
def test_titles_are_told_from_words(title: str, meant: set[int]) -> None:
    assert linked(title) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Here's the Beef: Why Cattle Prices Are Rising",
        "Lost hikers set signal fire, attracts firefighters",
        "Hurricane Season Tracker: Your Guide To Storms",
        "What you need to know: house prices fall from 24 to 23 percent",
        "Feature film 'SILO' urges farmers to think twice",
        "The Evil film of the season",
        "In 1923 the season opened late",
        "A Step-By-Step Recap of the season",
        "The 65th season premieres Wednesday, 24 weeks from now",
        "Far from House",
        "A season of Episodes, films and more",
        "Sly Stone talks about the season",
        "Hulu plans a Beef comedy for next season",
        "The K-pop season is back on TV",
        "Trade season: Silo-building is back",
        "Inside the Embassy Feud Tonight: TV Season News",
        "Drama of the season: Lost, found. House of it",
        "Halo 5 Season 2: patch notes",
        "Halo 2's new season starts on Tuesday",
        "Unemployment rose by 3% this season",
        "Rebellions are built on ‘Halo One’ this season",
        "Silo resort opens for the season",
        "Silo: Down and Under renewed for season 2 at Apple TV+",
    ],
)
def test_words_are_not_titles(text: str) -> None:
    assert linked(text) == set()


@pytest.mark.parametrize(
    ("text", "name", "doubt"),
    [
        ("Halo Infinite Season 2: patch notes", "Halo", Doubt.LONGER),
        ("Critics love “Halo Infinite Forever” this season", "Halo", Doubt.LONGER),
        ("A chat with Miranda Hart about the season", "Miranda", Doubt.LONGER),
        ("Feature film 'SILO' urges farmers", "SILO", Doubt.OTHER_WORK),
        ("‘Even’ renewed by ITV", "Even", Doubt.NAMESAKES),
        ("In House, a doctor is often wrong", "House", Doubt.ORDINARY),
    ],
)
def test_silence_has_its_reason(text: str, name: str, doubt: Doubt) -> None:
    assert doubts(text)[name] is doubt


@pytest.mark.parametrize(
    ("title", "summary", "meant"),
    [
        ("‘The Diplomat’ renewed", "Netflix ordered a second season.", 1),
        ("‘The Diplomat’ sets its first date", "UKTV's Alibi has the drama.", 2),
        ("‘The Diplomat’ sets its first date", "Sophie Rundle stars.", 2),
        ("The Diplomat (UK) starts in February", "", 2),
        ("Ghosts (US) Renewed for Season 4", "", 12),
        ("Ghosts (2019) is back for series five", "", 11),
        ("Ghosts (2021) is back for season five", "", 12),
        ("‘Ghosts’ to end after its fifth series", "", 11),
        ("Ghosts S04: who joins the cast", "CBS's Ghosts has news.", 12),
        ("British comedy Ghosts says goodbye", "", 11),
        ("‘Twin’ renewed by NRK", "", 39),
        (
            "‘Ghosts’ to end with series 5 at BBC One",
            "The British sitcom ends; CBS's American one goes on.",
            11,
        ),
    ],
)
def test_the_context_decides_between_namesakes(title: str, summary: str, meant: int) -> None:
    assert linked(title, summary, at="2023-02-01") == {meant}


def test_a_show_kept_twice_is_one() -> None:
    assert linked("Kept Twice Anime Resumes New Episodes on Fuji TV", at="2015-01-01") == {62}


def test_shows_of_two_networks_are_two() -> None:
    assert doubts("‘Halves’ renewed for season 2") == {"Halves": Doubt.NAMESAKES}
    assert linked("Wombat Days renews ‘Halves’ for season 2") == {70}


def test_the_newest_is_meant_where_a_revival_is_told_of() -> None:
    assert linked("‘Old Peaks’ Revival Premiere Date Set at Showtime", at="2017-01-09") == {65}


def test_a_network_of_the_same_owner_speaks_for_a_show() -> None:
    assert linked("‘Office Hours’ is back at Peacock", at="2020-05-01") == {66}


def test_a_word_in_brackets_may_belong_to_a_name() -> None:
    assert linked("„Sell Them Online (Fast)“: Staffel 4 bei Netflix") == {68}


def test_shows_in_brackets_are_credits() -> None:
    title = "CBS drama Tracker adds Jo Doe (Ted Lasso, Game of Thrones, House of the Dragon) for season 2"
    found = link(article(title), NAMES)
    assert [one.role for one in found.mentions] == [Role.PLAIN, Role.CREDIT, Role.CREDIT, Role.CREDIT]


def test_a_british_address_speaks_for_the_british_namesake() -> None:
    assert linked("‘Ghosts’ to end", at="2023-02-01", url="https://outlet.co.uk/ghosts") == {11}


def test_a_show_in_the_making_is_likelier_than_one_of_unknown_years() -> None:
    made, unknown = (
        link(article("NBC orders Brand Old"), Names([show(1, "Brand Old", None, status=status)])).mentions[0]
        for status in ("In Development", None)
    )
    assert made.confidence > unknown.confidence


def test_without_a_date_the_more_recent_namesake_is_meant() -> None:
    assert linked("Charmed renewed for season 3", at=None) == {34}


def test_a_show_in_the_far_future_is_not_meant() -> None:
    assert linked("CBS news: far beyond", at="2024-01-01") == set()
    assert doubts("CBS renews ‘Far’", at="2024-01-01") == {"Far": Doubt.ORDINARY}


def test_one_sure_mention_speaks_for_the_others() -> None:
    found = link(article("‘You’ renewed by Netflix", "The makers say You returns in May."), NAMES)
    assert [mention.show.name for mention in found.mentions if mention.show] == ["You", "You"]
    assert linked("‘Mom’ renewed by CBS", "He says Mom will go on and on") == {43}
    assert linked("He says Mom will go on and on") == set()


def test_a_shortened_name_in_lower_case_is_words() -> None:
    assert linked("The fate of strange new worlds: a season of research") == set()


def test_a_name_of_several_words_wants_its_capitals() -> None:
    sure = link(article("HBO renews House of the Dragon"), NAMES).mentions[0].confidence
    assert link(article("HBO renews House of the dragon"), NAMES).mentions[0].confidence < sure


def test_a_day_before_a_season_may_be_a_show() -> None:
    assert linked("wednesday again", "A note on Wednesday season 2 at Netflix") == {18}


def test_a_long_quotation_is_no_title() -> None:
    title = (
        "He said “" + "and then we talked about nothing in particular " * 4 + "” of You season 5 on Netflix"
    )
    assert linked(title) == {3}


def test_a_list_carries_its_ordinary_names() -> None:
    assert linked("CBS has renewed NCIS: Origins, Evil and Tracker") == {10, 17, 30}
    assert linked("News of the day: Tracker, NCIS: Origins renewed by CBS") == {10, 17}
    assert linked("Paramount+ news of the day: Evil, Halo renewed for season 3") == {15, 30}


def test_names_in_quotes_support_each_other() -> None:
    alone, together = "‘Lost’ comes back", "‘Ted Lasso’ comes back; so will ‘Lost’"
    confidence = [link(article(title), NAMES).mentions[-1].confidence for title in (alone, together)]
    assert confidence[0] < confidence[1]


def test_a_piece_of_a_meant_name_is_no_show_of_its_own() -> None:
    found = linked(
        "Ted Lasso season 3 confirmed", "Sweeter than Ted's biscuits: Apple TV+ renewed Ted Lasso."
    )
    assert found == {25}


def test_the_longer_name_counts_where_two_overlap() -> None:
    assert linked("A prequel to Inspector Morse returns to ITV") == {37}


def test_a_name_is_not_cut_by_quotes() -> None:
    assert 25 not in linked("“Ted” Lasso season 3 on Apple TV+")


def test_networks_are_not_shows() -> None:
    found = link(article("Showtime orders a BBC drama", "Showtime has a new season."), NAMES)
    assert found.mentions == ()


def test_a_network_in_quotes_may_be_a_show() -> None:
    assert "Showtime" in doubts("The documentary ‘Showtime’ returns for a second season")


def test_a_persons_name_is_not_her_show() -> None:
    assert doubts("A visit to Rob Delaney at home") == {"Rob Delaney": Doubt.ORDINARY}


def test_an_outlet_that_reports_is_no_show() -> None:
    assert linked("New season ordered, Deadline reports") == set()


def test_a_category_names_a_show_that_the_headline_does_not() -> None:
    found = link(
        article("Keri Russell's Drama Gets a Date on Netflix", categories=("News", "The Diplomat")), NAMES
    )
    (mention,) = found.by_show[ShowId(1)]
    assert (mention.span.field, mention.span.start, mention.span.end) == ("categories", 5, 17)


def test_the_address_speaks_for_a_name() -> None:
    plain = link(article("A show is back", "Fans of Silo rejoice."), NAMES).mentions[0]
    for url in ("https://outlet.example/tv/silo/", "https://outlet.example/silo-season-3"):
        named = link(article("A show is back", "Fans of Silo rejoice.", url=url), NAMES).mentions[0]
        assert named.confidence > plain.confidence
    for url in ("https://outlet.example/silos", "https://outlet.example/asilo"):
        other = link(article("A show is back", "Fans of Silo rejoice.", url=url), NAMES).mentions[0]
        assert other.confidence == plain.confidence


def test_spelling_tells_namesakes_apart() -> None:
    assert linked("The return of Sherlock: season 4 on BBC One", at="2016-06-01") == {46}
    assert linked("BBC soap EastEnders loses a star") == {27}


def test_spans_lead_to_what_was_written() -> None:
    title = "Netflix renews &#8216;The Diplomat&#8217; &amp; &#8216;You&#8217;"
    found = link(article(title, "A second season."), NAMES)
    assert [title[m.span.start : m.span.end] for m in found.mentions] == ["The Diplomat", "You"]
    assert [name for name, _ in found.networks] == ["Netflix"]


@pytest.mark.parametrize(
    ("title", "name", "role"),
    [
        ("Silo renewed for season 3 at Apple TV+", "Silo", Role.PLAIN),
        ("New series from the creator of Game of Thrones", "Game of Thrones", Role.CREDIT),
        ("Ted Lasso alum joins a drama series", "Ted Lasso", Role.CREDIT),
        ("Jo Doe (Game of Thrones) joins season 2", "Game of Thrones", Role.CREDIT),
        ("Game of Thrones spinoff gets a season 2", "Game of Thrones", Role.PARENT),
        ("A prequel to Game of Thrones is ordered to series", "Game of Thrones", Role.PARENT),
        ("A series like Ted Lasso", "Ted Lasso", Role.COMPARISON),
        ("Game of Thrones's spinoff gets a season 2", "Game of Thrones", Role.PARENT),
    ],
)
def test_the_nearest_words_tell_the_part_of_a_name(title: str, name: str, role: Role) -> None:
    mentions = link(article(title), NAMES).mentions
    assert [mention.role for mention in mentions if mention.text == name and mention.show] == [role]


def test_what_stands_around_is_handed_on() -> None:
    found = link(article("Netflix's ‘You’ season 5: SILO's Star Joins", "Apple TV+ renews SILO."), NAMES)
    you, silo = found.mentions[:2]
    assert (you.is_quoted, you.beside_season, you.is_possessive) == (True, True, False)
    assert (silo.is_capitals, silo.is_possessive) == (True, True)
    assert linked("‘Diplomat’ season 3 on Netflix") == {1}
    assert link(article("‘Diplomat’ season 3 on Netflix"), NAMES).mentions[0].is_short


def test_an_article_without_names_is_empty() -> None:
    assert link(article(""), NAMES) == Linked(())
    assert link(article("Nothing", "of note"), NAMES) == Linked(())


HEADLINES = st.sampled_from(
    [
        "Netflix's 'You' renewed for season 5",
        "\"The Diplomat\" & 'Silo' return, says Apple TV+",
        "Ghosts (UK) ends; 'House of the Dragon' begins",
    ]
)
WAYS = st.sampled_from(
    [
        lambda text: text.replace(" '", " ‘").replace("'", "’"),
        lambda text: text.replace("&", "&amp;").replace("'", "&#39;"),
        lambda text: text.replace(" ", "  \n "),
        lambda text: text.replace(' "', " “").replace('" ', "” "),
    ]
)


@given(HEADLINES, WAYS)
def test_quotes_entities_and_space_change_nothing(title: str, way: object) -> None:
    assert callable(way)
    assert linked(way(title)) == linked(title)


PIECES = st.sampled_from(
    [one.name for one in SHOWS]
    + ["season 2", "renewed", "‘", "’", '"', "(", ")", "«", ",", ": ", "&#8217;", "&", "film", "of", "-", "é́"]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join))


@settings(deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=3), TEXTS)
def test_no_text_is_too_odd(title: str, summary: str, categories: list[str], url: str) -> None:
    told = article(title, summary, categories=tuple(categories), url=url)
    found = link(told, NAMES)
    fields = {"title": title, "summary": summary, "categories": " ".join(categories)}
    for mention in found.mentions:
        assert 0 <= mention.confidence <= 1
        assert 0 <= mention.span.start < mention.span.end <= len(fields[mention.span.field])
        assert (mention.show is None) == (mention.doubt is not None)


@settings(max_examples=3, deadline=None)
@given(st.permutations(SHOWS))
def test_the_order_of_the_catalogue_changes_nothing(shows: list[Show]) -> None:
    told = article("‘Ghosts’ and ‘The Diplomat’ renewed", "NCIS and Even return for season 2 on CBS.")
    assert link(told, Names(shows)) == link(told, NAMES)
