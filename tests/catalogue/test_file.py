import gzip
from pathlib import Path

import pytest

from bot.catalogue.file import read_catalogue
from bot.errors import CatalogueError
from bot.model import ShowId

HEAD = "name,year,end_year,network,country,aliases,cast,id,source,same_name\n"
ROW = (
    "The Diplomat,2023,,Netflix,US,Die Diplomatin| La diplomatica ,Keri Russell|,tt1,x,2\n"
    '"Yes, Minister",,,,,,,tt2,,\n'
)


def test_rows_become_shows_with_their_own_ids(tmp_path: Path) -> None:
    path = tmp_path / "shows.csv"
    path.write_text(HEAD + ROW, encoding="utf-8-sig")
    catalogue = read_catalogue(path)
    first, second = catalogue.shows
    assert first.label == "The Diplomat (2023 · Netflix · US)"
    assert first.other_names == ("Die Diplomatin", "La diplomatica")
    assert first.cast == ("Keri Russell",)
    assert (second.name, second.year, second.network) == ("Yes, Minister", None, None)
    assert catalogue.ids == {ShowId(1): "tt1", ShowId(2): "tt2"}


def test_a_packed_file_reads_the_same(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.csv", tmp_path / "a.csv.gz"
    plain.write_text(HEAD + ROW, encoding="utf-8")
    packed.write_bytes(gzip.compress((HEAD + ROW).encode()))
    assert read_catalogue(plain) == read_catalogue(packed)


def test_columns_that_are_not_there_are_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,name\n1,Veep\n", encoding="utf-8")
    assert read_catalogue(path).shows[0].label == "Veep"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"name,year\nVeep,2012\n", "line 1: no column id"),
        (b"", "line 1: no column id and name"),
        (b"name,id\n,1\n", "line 2: the name is missing"),
        (b"name,id,year\nVeep,1,twelve\n", "line 2: year is no year: 'twelve'"),
        (b'name,id\nVeep,1\n"open,2\n', "line 3: unexpected end of data"),
        (b"name,id\n\xff\xfe,1\n", "is not UTF-8 (byte 8)"),
        (gzip.compress(b"name,id\n", mtime=0)[:-6], "cut short or damaged"),
        (b"\x1f\x8bnonsense", "cut short or damaged"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "shows.csv"
    path.write_bytes(content)
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(path)
    assert str(caught.value).startswith(str(path))
    assert told in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"cannot be read: No such file"):
        read_catalogue(tmp_path / "none.csv")
