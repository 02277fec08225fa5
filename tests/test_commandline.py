"""`python -m bot`, as a person or a program calls it: answers, exit codes, and never a traceback."""

import asyncio
import gzip
import json
import os
import sys
from pathlib import Path

import pytest

from bot.__main__ import main

ROOT = Path(__file__).parent.parent
CATALOGUE = """name,year,end_year,network,country,aliases,cast,id
The Diplomat,2023,,Netflix,US,,Keri Russell|Rufus Sewell,tt17491088
The Diplomat,2023,,Alibi,GB,,Sophie Rundle,alibi:1
Ghosts,2021,,CBS,US,,Rose McIver,tt11379026
"""
RENEWED = {
    "id": "a1",
    "title": "‘The Diplomat’ Renewed for Season 2 at Netflix",
    "summary": "Keri Russell keeps her embassy for a second season.",
    "url": "https://news.example/diplomat-renewed",
    "source": "News",
    "date": "2023-05-01",
}
WEATHER = {"id": "a2", "title": "Rain Expected Over the Weekend", "date": "2023-05-01"}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "shows.csv"
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


async def run(
    folder: Path, *arguments: str | Path, told: str = "", **environment: str
) -> tuple[int | None, str, str]:
    """Run a command in `folder`; give exit code, standard output and standard error."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("GREENLIT_", "DISCORD_"))
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *map(str, arguments),
        cwd=folder,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        out, err = await process.communicate(told.encode())
    assert "Traceback" not in err.decode()
    return process.returncode, out.decode(), err.decode()


async def test_understand_writes_a_line_for_each_article(tmp_path: Path, catalogue: Path) -> None:
    told = "\n".join(json.dumps(one) for one in (RENEWED, WEATHER))
    code, out, _ = await run(tmp_path, "understand", "--catalogue", catalogue, told=told)
    first, second = map(json.loads, out.splitlines())
    assert code == 0
    (show,) = first["shows"]
    assert (show["id"], show["name"], show["year"], show["network"]) == (
        "tt17491088",
        "The Diplomat",
        2023,
        "Netflix",
    )
    assert (show["kinds"], show["season"], show["premiere"]) == (["renewed"], 2, None)
    assert (first["id"], first["kinds"], first["season"], first["announce"]) == ("a1", ["renewed"], 2, True)
    assert first["evidence"]
    assert (second["id"], second["shows"], second["kinds"], second["announce"]) == ("a2", [], [], False)


async def test_understand_reads_a_packed_catalogue_and_tells_lines_that_are_none(
    tmp_path: Path, catalogue: Path
) -> None:
    packed = tmp_path / "shows.csv.gz"
    packed.write_bytes(gzip.compress(CATALOGUE.encode()))
    told = f"not json\n\n{json.dumps(RENEWED)}\n[]\n"
    code, out, err = await run(tmp_path, "understand", "--catalogue", packed, told=told)
    assert code == 1
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a1"]
    assert "Line 1 is no article" in err
    assert "Line 4 is no article" in err


async def test_explain_tells_why_an_article_is_news_and_why_not(tmp_path: Path, catalogue: Path) -> None:
    title = RENEWED["title"]
    code, out, _ = await run(
        tmp_path, "explain", "--catalogue", catalogue, "--title", title, "--date", "2023-05-01"
    )
    assert code == 0
    assert "The Diplomat (2023 · Netflix · US)" in out
    assert "renewed" in out
    code, out, _ = await run(tmp_path, "explain", "--catalogue", catalogue, told=json.dumps(WEATHER))
    assert code == 0
    assert "Nothing to announce" in out


async def test_preview_prints_the_news_of_a_file_and_is_silent_on_the_rest(
    tmp_path: Path, catalogue: Path
) -> None:
    items = "".join(
        f"<item><title>{one['title']}</title><link>https://news.example/{one['id']}</link></item>"
        for one in (RENEWED, WEATHER)
    )
    feed = tmp_path / "feed.xml"
    feed.write_text(
        f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>", encoding="utf-8"
    )
    code, out, _ = await run(tmp_path, "preview", "--catalogue", catalogue, feed)
    assert code == 0
    assert "renewed | The Diplomat (2023 · Netflix · US) | season 2" in out
    assert "Rain Expected" not in out
    assert "2 articles, 1 stories" in out
    code, out, _ = await run(tmp_path, "preview", "--silent", "--catalogue", catalogue, feed)
    assert "silent     Rain Expected" in out


async def test_preview_tells_what_is_no_feed(tmp_path: Path, catalogue: Path) -> None:
    page = tmp_path / "page.xml"
    page.write_text("<html><body>Hello</body></html>", encoding="utf-8")
    code, out, _ = await run(tmp_path, "preview", "--catalogue", catalogue, page)
    assert code == 1
    assert "not read" in out


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "told"),
    [
        (["run"], {}, 2, "DISCORD_TOKEN is not set"),
        (["sync-commands"], {}, 2, "DISCORD_TOKEN is not set"),
        (["run"], {"GREENLIT_POLLING__INTERVAL_S": "0"}, 2, "polling.interval_s"),
        (["--config", "nowhere.toml", "check"], {}, 2, "nowhere.toml cannot be read"),
        (["understand"], {}, 3, "There is no database"),
        (["understand", "--catalogue", "nowhere.csv"], {}, 1, "nowhere.csv cannot be read"),
        (["preview", "--catalogue", "nowhere.csv"], {}, 1, "nowhere.csv cannot be read"),
        (["migrate"], {"GREENLIT_DATABASE__URL": "sqlite:////nowhere/at/all.db"}, 3, "/nowhere/at"),
        (["explode"], {}, 2, "invalid choice"),
    ],
)
async def test_trouble_is_a_sentence_and_an_exit_code(
    tmp_path: Path, arguments: list[str], environment: dict[str, str], code: int, told: str
) -> None:
    found, _, err = await run(tmp_path, *arguments, **environment)
    assert found == code
    assert told in err


async def test_migrate_makes_the_database_once(tmp_path: Path) -> None:
    first = await run(tmp_path, "migrate")
    second = await run(tmp_path, "migrate")
    assert (first[0], second[0]) == (0, 0)
    assert "brought up" in first[1]
    assert "up to date" in second[1]
    assert (tmp_path / "greenlit.db").is_file()


async def test_backup_copies_the_database_while_others_may_use_it(tmp_path: Path) -> None:
    await run(tmp_path, "migrate")
    code, out, _ = await run(tmp_path, "backup", "copy.db")
    assert code == 0
    assert "greenlit.db was copied to copy.db" in out
    copied = {"GREENLIT_DATABASE__URL": "sqlite:///copy.db"}
    assert (await run(tmp_path, "migrate", **copied))[1] == "The database is up to date.\n"
    assert (await run(tmp_path, "backup", "copy.db"))[0] == 0


@pytest.mark.parametrize(
    ("file", "url", "code", "told"),
    [
        ("copy.db", "sqlite:///nowhere.db", 3, "There is no database at nowhere.db"),
        ("copy.db", "postgresql://localhost/greenlit", 2, "pg_dump"),
        (".", "sqlite:///greenlit.db", 2, "is a folder"),
        ("greenlit.db", "sqlite:///greenlit.db", 2, "is the database itself"),
        ("nowhere/copy.db", "sqlite:///greenlit.db", 3, "could not be backed up"),
    ],
)
async def test_backup_that_cannot_be_says_why(
    tmp_path: Path, file: str, url: str, code: int, told: str
) -> None:
    await run(tmp_path, "migrate")
    found, _, err = await run(tmp_path, "backup", file, GREENLIT_DATABASE__URL=url)
    assert (found, told in err) == (code, True)


async def test_check_tells_each_thing_on_a_line_and_shows_no_token(tmp_path: Path) -> None:
    token = ".".join(("M" * 24, "G" * 6, "x" * 38))
    code, out, err = await run(
        tmp_path,
        "check",
        DISCORD_TOKEN=token,
        GREENLIT_TVMAZE__BASE_URL="http://127.0.0.1:9",
        GREENLIT_FEEDS='[{"name": "Mine", "url": "http://127.0.0.1:9/feed"}]',
    )
    lines = out.splitlines()
    assert code == 1
    assert [line.split()[0] for line in lines] == ["ok", "ok", "ok", "TROUBLE", "TROUBLE"]
    assert "feed Mine" in lines[3]
    assert "TVmaze" in lines[4]
    assert token not in out + err


def test_a_fault_of_ours_is_a_sentence_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(*_: object) -> int:
        raise ZeroDivisionError("by zero")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.commandline.run.migrate_database", broken)
    assert main(["migrate"]) == 1
    assert "a fault of ours (ZeroDivisionError('by zero'))" in capsys.readouterr().err
