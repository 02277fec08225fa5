"""Each measurement runs, on sizes so small that its figures mean nothing."""

from pathlib import Path

import pytest

from bench.__main__ import main
from bench.beside import Servers
from bench.delivery import measure_delivery
from bench.fanout import measure_fan_out
from bench.footprint import measure_footprint
from bench.latency import measure_latency
from bench.material import Catalogue, load_articles, load_catalogue
from bench.memory import measure_memory
from bench.poll import measure_polling
from bench.search import measure_search
from bench.stalls import measure_stalls
from bench.timing import percentile
from bench.unchanged import measure_unchanged
from bench.understanding import measure_growth, measure_reading
from bot.catalogue.names import Names
from bot.model import Article

NOWHERE = Path(__file__).parent / "no-corpus"
SHOWS = 300


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(NOWHERE, least=SHOWS)


@pytest.fixture(scope="module")
def names(catalogue: Catalogue) -> Names:
    return Names(catalogue.shows)


@pytest.fixture(scope="module")
def articles() -> tuple[Article, ...]:
    return load_articles(NOWHERE)


def test_without_a_corpus_shows_are_invented_and_said_to_be(catalogue: Catalogue) -> None:
    assert len(catalogue.shows) == len({show.id for show in catalogue.shows}) == SHOWS
    assert str(catalogue) == f"{SHOWS} shows, {SHOWS - catalogue.real} of them invented"
    assert catalogue.grown(SHOWS + 5) == load_catalogue(NOWHERE, least=SHOWS + 5)


async def test_polling_reaches_the_outbox(catalogue: Catalogue, articles: tuple[Article, ...]) -> None:
    found = await measure_polling(catalogue, articles, feeds=2, entries=40, guilds=3, runs=1)
    assert found.articles == 80
    assert found.stories > 0
    assert found.announcements >= found.guilds
    assert 0 < found.reading_s < found.total_s


async def test_a_feed_is_parsed_both_ways() -> None:
    found = await measure_stalls(size=50_000)
    assert found.entries > 1
    assert 0 < found.document_bytes <= 50_000
    assert found.inside_stall_s > 0


def test_reading_is_compared_with_scanning(
    catalogue: Catalogue, names: Names, articles: tuple[Article, ...]
) -> None:
    found = measure_reading(catalogue, names, articles, rounds=1)
    assert found.articles == len(articles) > found.with_news > 0
    assert found.scan_s < found.understand_s < found.regexes_s * 1000


def test_few_shows_are_compared_with_many(
    catalogue: Catalogue, names: Names, articles: tuple[Article, ...]
) -> None:
    found = measure_growth(catalogue, names, articles[:10], few=100, many=400, rounds=1)
    assert found.few_s > found.few_scan_s > 0
    assert found.many_s > found.many_scan_s > 0


def test_every_way_to_search_is_asked(catalogue: Catalogue) -> None:
    found = measure_search(catalogue.shows, wanted=5, wanted_slowly=2)
    assert found.index.whole == found.index.misspelt == 1
    assert {way.whole for way in found.others} == {1}
    assert all(way.queries >= 6 and 0 < way.p50_s <= way.p99_s for way in (found.index, *found.others))


def test_memory_is_measured_in_another_process() -> None:
    found = measure_memory(SHOWS, ["names"])["names"]
    assert found.peak_bytes >= found.resident_bytes > found.added_bytes


async def test_a_story_fills_the_outbox_both_ways() -> None:
    found = await measure_fan_out(20, stories=1)
    assert 0 < found.statement_s < found.whole_s
    assert found.singly_s > 0


async def test_an_outbox_is_emptied_at_discords_limits() -> None:
    found = await measure_delivery(3, stories=2)
    assert found.announcements == 6
    assert (found.refusals, found.failures) == (0, 0)
    assert 0 < found.share < 1.3  # the first message waits for no turn


async def test_stories_become_messages_alone_and_at_once() -> None:
    found = await measure_latency(load_catalogue(NOWHERE, least=1).grown(30), stories=2)
    assert 0 < found.alone.p50_s <= found.alone.p99_s
    assert 0 < found.at_once.p50_s <= found.at_once.p99_s


async def test_the_whole_bot_is_started_and_weighed() -> None:
    found = await measure_footprint(Servers(2, channels=2, roles=1), shows=SHOWS, settled_s=0)
    assert 0 < found.loaded_s < found.ready_s
    assert found.resident_bytes is None or 0 < found.resident_bytes <= (found.peak_bytes or 0)


async def test_feeds_that_stay_the_same_are_asked_by_both() -> None:
    found = await measure_unchanged(4)
    assert min(one.taken_s for one in (found.ours, found.readers)) > 0


def test_a_percentile_is_one_of_the_values() -> None:
    assert [percentile([3.0, 1.0, 2.0], share) for share in (0, 0.5, 0.99)] == [1, 2, 3]


def test_an_unknown_measurement_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["speed"])
    assert "no measurement called speed" in capsys.readouterr().err
