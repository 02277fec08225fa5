"""The arrows of docs/architecture.md: who may import whom, and who is pure."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EVERYBODY = {"bot.model", "bot.errors", "bot"}
ALLOWED = {
    "bot.catalogue": set[str](),
    "bot.stories": set[str](),
    "bot.feeds": set[str](),
    "bot.delivery": {"bot.metrics"},
    "bot.storage": set[str](),
    "bot.news": {"bot.catalogue"},
    "bot.guilds": {"bot.storage", "bot.catalogue", "bot.clock"},
    "bot.jobs": {
        "bot.catalogue", "bot.stories", "bot.feeds", "bot.delivery", "bot.storage",
        "bot.news", "bot.guilds", "bot.clock", "bot.log", "bot.metrics",
    },
    "bot.timetable": {"bot.jobs", "bot.guilds", "bot.clock", "bot.log"},
    "bot.client": {"bot.jobs", "bot.guilds", "bot.clock", "bot.log", "bot.storage.database"},
    "cogs": {
        "bot.guilds", "bot.delivery.embed", "bot.delivery.plain", "bot.delivery.summary", "bot.client",
    },
}  # fmt: skip
PURE = (
    "bot/model.py", "bot/news/**/*.py", "bot/stories/*.py",
    "bot/catalogue/folding.py", "bot/catalogue/names.py", "bot/catalogue/search.py",
    "bot/feeds/parse.py", "bot/feeds/identity.py", "bot/feeds/pacing.py",
    "bot/delivery/embed.py", "bot/delivery/outcome.py", "bot/delivery/flood.py", "bot/delivery/summary.py",
)  # fmt: skip
DOORS = {
    "aiohttp": (
        "bot.feeds",
        "bot.catalogue.tvmaze",
        "bot.health",
        "bot.app",
        "bot.delivery",
        "bot.commandline",
    ),
    "feedparser": ("bot.feeds.parse",),
    "sqlalchemy": ("bot.storage",),
    "alembic": ("bot.storage",),
    "discord": ("bot.client", "bot.delivery", "cogs"),
    "apscheduler": ("bot.timetable",),
    "tomllib": ("bot.config", "bot.news"),
    "random": ("bot.clock",),
    "prometheus_client": ("bot.metrics",),
}


def files() -> list[Path]:
    return [path for top in ("bot", "cogs", "sandbox") for path in sorted((ROOT / top).rglob("*.py"))]


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def within(name: str, tops: set[str] | tuple[str, ...]) -> bool:
    return any(name == top or name.startswith(top + ".") for top in tops)


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_file_imports_only_what_the_arrows_allow(path: Path) -> None:
    module = module_of(path)
    ours = {name for name in imported(path) if within(name, ("bot", "cogs", "sandbox"))}
    if module.startswith("sandbox"):
        assert all(name.startswith("sandbox") for name in ours)
        return
    assert not any(within(name, ("sandbox",)) for name in ours)
    home = next((top for top in ALLOWED if within(module, (top,))), None)
    if home is None:
        return
    common = {"bot.model", "bot.errors", "bot.__version__", home}
    wrong = {name for name in ours if not within(name, common | ALLOWED[home])}
    assert not wrong


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_library_is_used_only_behind_its_door(path: Path) -> None:
    module = module_of(path)
    if module.startswith("sandbox"):
        return
    wrong = {
        name
        for name in imported(path)
        for library, doors in DOORS.items()
        if within(name, (library,)) and not within(module, doors)
    }
    assert not wrong


def pure_files() -> list[Path]:
    return [path for pattern in PURE for path in sorted(ROOT.glob(pattern))]


@pytest.mark.parametrize("path", pure_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_pure_file_neither_waits_nor_looks_at_the_clock(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef | ast.Await)]
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not {call for call in calls if call.endswith((".now", ".today", ".utcnow", "time.time"))}
    assert not imported(path) & {"bot.clock", "bot.metrics"}


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_file_is_named_after_what_it_holds(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "manager", "service", "handler", "info", "misc", "common"}
