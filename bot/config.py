"""The settings: config.toml and the environment, read once, every problem reported at once.

The environment wins over the file: `GREENLIT_POLLING__INTERVAL_S=5` is `polling.interval_s`.
The token is read from `DISCORD_TOKEN` alone, so that no file ever holds it.
"""

import ipaddress
import json
import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.errors import ConfigError

_ENV_PREFIX = "GREENLIT_"
_NOT_SETTINGS = {"GREENLIT_CONFIG"}


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DiscordSettings(_Section):
    """How we speak to Discord."""

    api_base: str = "https://discord.com/api/v10"
    requests_per_second: Annotated[int, Field(ge=1, le=50)] = 45

    @field_validator("api_base")
    @classmethod
    def _without_last_slash(cls, address: str) -> str:
        HttpUrl(address)
        return address.rstrip("/")


class DatabaseSettings(_Section):
    """Where the bot remembers."""

    url: str = "sqlite+aiosqlite:///greenlit.db"

    @field_validator("url")
    @classmethod
    def _names_a_driver(cls, url: str) -> str:
        for plain, driven in (("sqlite:", "sqlite+aiosqlite:"), ("postgresql:", "postgresql+asyncpg:")):
            if url.startswith(plain):
                return driven + url.removeprefix(plain)
        if not url.startswith(("sqlite+aiosqlite:", "postgresql+asyncpg:")):
            raise ValueError("it must start with sqlite:/// or postgresql://")
        return url


class TvmazeSettings(_Section):
    """Where the catalogue comes from."""

    base_url: str = "https://api.tvmaze.com"
    mirror: bool = True
    """Copy TVmaze's index into our tables in the background."""

    @field_validator("base_url")
    @classmethod
    def _without_last_slash(cls, address: str) -> str:
        HttpUrl(address)
        return address.rstrip("/")


class PollingSettings(_Section):
    """How feeds are polled."""

    interval_s: Annotated[int, Field(ge=1)] = 600
    allow_private_addresses: Annotated[tuple[str, ...], NoDecode] = ()
    """CIDRs that feeds may live in although they are private, loopback or link-local."""

    @field_validator("allow_private_addresses", mode="before")
    @classmethod
    def _split(cls, networks: object) -> object:
        """Take `127.0.0.0/8, ::1/128` from the environment, or a JSON list."""
        if not isinstance(networks, str):
            return networks
        if networks.lstrip().startswith("["):
            return json.loads(networks)
        return tuple(part.strip() for part in networks.split(",") if part.strip())

    @field_validator("allow_private_addresses")
    @classmethod
    def _are_networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            ipaddress.ip_network(network)
        return networks


class AnnounceSettings(_Section):
    """What is still worth announcing."""

    max_age_h: Annotated[int, Field(ge=1)] = 72
    first_poll_max_age_h: Annotated[int, Field(ge=0)] = 0
    channel_hourly_cap: Annotated[int, Field(ge=1)] = 12


class FeedSettings(_Section):
    """One `[[feeds]]` table."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    url: str

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        HttpUrl(url)
        return url


class HttpSettings(_Section):
    """The operator's page of health."""

    bind: str = "127.0.0.1:8080"
    """`host:port`; empty switches it off."""

    @field_validator("bind")
    @classmethod
    def _is_host_and_port(cls, bind: str) -> str:
        host, _, port = bind.rpartition(":")
        if bind and not (host and port.isdigit() and int(port) < 65536):
            raise ValueError("write host:port, or nothing to switch it off")
        return bind


class LogSettings(_Section):
    """What is logged and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


DEFAULT_FEEDS = (
    FeedSettings(name="TVLine", url="https://tvline.com/feed/"),
    FeedSettings(name="Deadline", url="https://deadline.com/v/tv/feed/"),
    FeedSettings(name="Variety", url="https://variety.com/v/tv/feed/"),
    FeedSettings(name="The Hollywood Reporter", url="https://www.hollywoodreporter.com/c/tv/feed/"),
    FeedSettings(name="TV Insider", url="https://www.tvinsider.com/feed/"),
    FeedSettings(name="TV Series Finale", url="https://tvseriesfinale.com/feed/"),
    FeedSettings(name="What's on Netflix", url="https://www.whats-on-netflix.com/feed/"),
    FeedSettings(name="Collider", url="https://collider.com/feed/category/tv/"),
)


class Settings(BaseSettings):
    """All settings; frozen."""

    model_config = SettingsConfigDict(
        env_prefix=_ENV_PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    discord: DiscordSettings = DiscordSettings()
    database: DatabaseSettings = DatabaseSettings()
    tvmaze: TvmazeSettings = TvmazeSettings()
    polling: PollingSettings = PollingSettings()
    announce: AnnounceSettings = AnnounceSettings()
    feeds: tuple[FeedSettings, ...] = DEFAULT_FEEDS
    http: HttpSettings = HttpSettings()
    log: LogSettings = LogSettings()

    @field_validator("feeds")
    @classmethod
    def _are_different(cls, feeds: tuple[FeedSettings, ...]) -> tuple[FeedSettings, ...]:
        if len({feed.url for feed in feeds}) < len(feeds):
            raise ValueError("two feeds have the same url; keep one of them")
        return feeds

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file that `init_settings` carries."""
        return env_settings, init_settings


def find_file(argument: Path | None) -> Path | None:
    """Say which settings file counts: the argument, else GREENLIT_CONFIG, else config.toml if there."""
    named = argument or (Path(os.environ["GREENLIT_CONFIG"]) if os.environ.get("GREENLIT_CONFIG") else None)
    if named is not None:
        return named
    usual = Path("config.toml")
    return usual if usual.is_file() else None


def load_settings(argument: Path | None = None) -> Settings:
    """Read the settings; ConfigError lists every problem with its key, its file and the fix."""
    path = find_file(argument)
    written = _read(path) if path is not None else {}
    _refuse_unknown_variables()
    try:
        return Settings(**written)
    except ValidationError as error:
        raise ConfigError(_told(error, path)) from error
    except SettingsError as error:
        raise ConfigError(f"The environment is wrong: {error}; write lists and tables as JSON.") from error


def load_token() -> SecretStr | None:
    """Read the bot's token from `DISCORD_TOKEN`; None where there is none."""
    token = os.environ.get("DISCORD_TOKEN", "").strip()
    return SecretStr(token) if token else None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror}); name an existing file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}; mend that line.") from error


def _refuse_unknown_variables() -> None:
    for name in os.environ:
        if name.upper().startswith(_ENV_PREFIX) and name.upper() not in _NOT_SETTINGS:
            section = name.upper().removeprefix(_ENV_PREFIX).split("__")[0].lower()
            if section not in Settings.model_fields:
                raise ConfigError(f"{name} in the environment is no setting; remove it or mend its name.")


def _told(error: ValidationError, path: Path | None) -> str:
    where = f"{path} or the environment" if path is not None else "the environment"
    return "; ".join(_problem(tuple(one["loc"]), one["type"], one["msg"], where) for one in error.errors())


def _problem(place: tuple[int | str, ...], sort: str, message: str, where: str) -> str:
    key = ".".join(str(part) for part in place)
    if sort == "extra_forbidden":
        return f"{key} in {where} is no setting; remove it or mend its name"
    if sort == "missing":
        return f"{key} in {where} is missing; add it"
    return f"{key} in {where} is wrong: {message.removeprefix('Value error, ')}"
