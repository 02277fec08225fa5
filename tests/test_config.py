"""Settings: the file, the environment, and every way to get them wrong."""

import tomllib
from pathlib import Path

import pytest

from bot.config import Settings, find_file, load_settings, load_token
from bot.errors import ConfigError

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("GREENLIT_CONFIG", "DISCORD_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def write(folder: Path, text: str) -> Path:
    path = folder / "bot.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_example_file_holds_every_key_with_its_default() -> None:
    written = tomllib.loads((ROOT / "config.example.toml").read_text(encoding="utf-8"))
    assert written == Settings().model_dump(mode="json")


def test_file_is_found_by_argument_then_variable_then_usual_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert find_file(None) is None
    Path("config.toml").write_text("")
    assert find_file(None) == Path("config.toml")
    monkeypatch.setenv("GREENLIT_CONFIG", "named.toml")
    assert find_file(None) == Path("named.toml")
    assert find_file(tmp_path / "argument.toml") == tmp_path / "argument.toml"


def test_environment_wins_over_file_key_by_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = write(tmp_path, '[polling]\ninterval_s = 60\nallow_private_addresses = ["10.0.0.0/8"]')
    monkeypatch.setenv("GREENLIT_POLLING__INTERVAL_S", "5")
    settings = load_settings(path)
    assert settings.polling.interval_s == 5
    assert settings.polling.allow_private_addresses == ("10.0.0.0/8",)


@pytest.mark.parametrize("value", ["127.0.0.0/8, ::1/128", '["127.0.0.0/8", "::1/128"]'])
def test_networks_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("GREENLIT_POLLING__ALLOW_PRIVATE_ADDRESSES", value)
    assert load_settings().polling.allow_private_addresses == ("127.0.0.0/8", "::1/128")


def test_feeds_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENLIT_FEEDS", '[{"name": "Mine", "url": "http://feeds.example/tv"}]')
    assert [feed.name for feed in load_settings().feeds] == ["Mine"]


@pytest.mark.parametrize(
    ("written", "driven"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite+aiosqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("postgresql://host/a", "postgresql+asyncpg://host/a"),
    ],
)
def test_database_address_may_leave_out_the_driver(tmp_path: Path, written: str, driven: str) -> None:
    assert load_settings(write(tmp_path, f'[database]\nurl = "{written}"')).database.url == driven


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[polling]\ninterval_s = 0", "polling.interval_s"),
        ("[polling]\nintervall = 5", "polling.intervall in {path} or the environment is no setting"),
        ("[pollling]\ninterval_s = 5", "pollling"),
        ('[[feeds]]\nname = "x"', "feeds.0.url"),
        ('[[feeds]]\nname="x"\nurl="http://a/"\n[[feeds]]\nname="y"\nurl="http://a/"', "same url"),
        ('[database]\nurl = "mysql://x"', "database.url"),
        ('[http]\nbind = "8080"', "http.bind"),
        ('[polling]\nallow_private_addresses = ["nowhere"]', "polling.allow_private_addresses"),
        ('[discord]\napi_base = "discord"', "discord.api_base"),
        ("polling = {", "is not TOML"),
    ],
)
def test_wrong_setting_is_told_with_key_and_file(tmp_path: Path, text: str, told: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_settings(path)
    assert told.format(path=path) in str(caught.value)
    assert "\n" not in str(caught.value).strip()


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, '[polling]\ninterval_s = 0\n[log]\nlevel = "loud"')
    with pytest.raises(ConfigError) as caught:
        load_settings(path)
    assert "polling.interval_s" in str(caught.value)
    assert "log.level" in str(caught.value)


def test_missing_file_is_told_with_its_name() -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml cannot be read"):
        load_settings(Path("nowhere.toml"))


@pytest.mark.parametrize(
    ("name", "value"),
    [("GREENLIT_POLING__INTERVAL_S", "5"), ("GREENLIT_POLLING__NOPE", "5"), ("GREENLIT_FEEDS", "nonsense")],
)
def test_wrong_variable_is_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match="environment"):
        load_settings()


def test_token_comes_from_its_variable_and_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_token() is None
    monkeypatch.setenv("DISCORD_TOKEN", "  s3cret  ")
    token = load_token()
    assert token is not None
    assert token.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(token)
