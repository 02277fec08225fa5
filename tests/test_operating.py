"""What docs/operating.md, the dashboard, the alerts and the ways to install tell the host is so."""

import configparser
import json
import re
from pathlib import Path

import discord
import pytest
from pydantic import BaseModel

from bot.__main__ import COMMANDS
from bot.config import Settings
from bot.metrics import REGISTRY

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
ALERTS = (ROOT / "docs" / "alerts.yml").read_text(encoding="utf-8")
DASHBOARD = (ROOT / "docs" / "grafana.json").read_text(encoding="utf-8")
METRIC = re.compile(r"\b(?:greenlit|process)_[a-z0-9_]*[a-z0-9]\b")
_ENDINGS = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",), "info": ("",)}


def series() -> set[str]:
    """Name all that /metrics may hold."""
    found = {f"{one.name}{ending}" for one in REGISTRY.collect() for ending in _ENDINGS.get(one.type, ("",))}
    return found | {"process_cpu_seconds_total", "process_resident_memory_bytes"}


def documented() -> dict[str, str]:
    """Name our metrics as a host reads of them, each with its type."""
    return {
        f"{one.name}_total" if one.type == "counter" else one.name: one.type
        for one in REGISTRY.collect()
        if one.name.startswith("greenlit_")
    }


def keys(model: type[BaseModel], before: str = "") -> list[str]:
    """Name every setting."""
    found = []
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found += keys(inner, f"{before}{name}.")
        else:
            found.append(f"{before}{name}")
    return found


@pytest.mark.parametrize(("name", "kind"), documented().items())
def test_metric_is_documented(name: str, kind: str) -> None:
    assert f"| `{name}` | {kind} |" in GUIDE


@pytest.mark.parametrize("text", [ALERTS, DASHBOARD], ids=["alerts", "dashboard"])
def test_every_metric_that_rules_and_dashboard_name_exists(text: str) -> None:
    named = set(METRIC.findall(text))
    assert named
    assert named <= series()


def test_the_guide_names_no_metric_that_is_not_there() -> None:
    assert set(re.findall(r"`(greenlit_\w+)`", GUIDE)) <= set(documented())


def test_the_dashboard_shows_every_metric() -> None:
    bare = {name.removesuffix("_total") for name in documented()}
    assert {name for name in bare if name not in DASHBOARD} == set()


def test_the_dashboard_is_one_that_grafana_takes() -> None:
    panels = json.loads(DASHBOARD)["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    assert all(panel["targets"] for panel in panels)


@pytest.mark.parametrize("name", re.findall(r"alert: (\w+)", ALERTS))
def test_alert_is_documented(name: str) -> None:
    assert name in GUIDE


@pytest.mark.parametrize("key", keys(Settings))
def test_setting_is_documented_with_its_default(key: str) -> None:
    (row,) = re.findall(rf"^\| `{re.escape(key)}` \| (.*?) \|", GUIDE, re.MULTILINE)
    value: object = Settings.model_construct()
    for part in key.split("."):
        value = getattr(value, part)
    if isinstance(value, bool | int | float):
        assert row == str(value).lower()


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_documented(name: str) -> None:
    assert f"| `python -m bot {name}" in GUIDE


def test_the_invite_asks_for_the_permissions_that_it_names() -> None:
    (number,) = map(int, re.findall(r"permissions=(\d+)", GUIDE))
    named = discord.Permissions(
        view_channel=True, send_messages=True, embed_links=True, read_message_history=True
    )
    assert number == named.value


def test_the_image_runs_as_nobody_in_particular_and_tells_its_health() -> None:
    written = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER greenlit$", written, re.MULTILINE)
    assert "HEALTHCHECK" in written
    assert "/healthz" in written
    for copied in re.findall(r"^COPY (\w[\w.]*) ", written, re.MULTILINE):
        assert (ROOT / copied).exists()
        assert f"!{copied}" in (ROOT / ".dockerignore").read_text(encoding="utf-8")


def test_the_unit_does_not_restart_what_only_people_can_mend() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign] # systemd minds the case
    unit.read(ROOT / "deploy" / "greenlit.service")
    service = unit["Service"]
    assert service["RestartPreventExitStatus"] == "2"
    assert service["ExecStart"].endswith("python -m bot run")
    assert service["NoNewPrivileges"] == "yes"
