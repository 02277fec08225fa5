"""What the catalogue takes of memory, in processes that hold nothing else."""

import gc
import multiprocessing
import resource
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.material import load_catalogue
from bot.catalogue.names import Names
from bot.catalogue.search import SearchIndex
from bot.model import Show

_BUILDS: dict[str, Callable[[tuple[Show, ...]], object]] = {
    "names": Names,
    "search index": SearchIndex,
    "names and search index": lambda shows: (Names(shows), SearchIndex(shows)),
}


@dataclass(frozen=True, slots=True)
class MemoryFigures:
    """Resident bytes of a process."""

    shows_bytes: int
    """The shows alone."""
    added_bytes: int
    """What was built of them, and what building it left behind."""
    resident_bytes: int
    """All of the process in the end, Python and modules too."""
    peak_bytes: int
    """The most that it ever held."""


def measure_memory(
    shows: int = 80_000, builds: Iterable[str] = tuple(_BUILDS)
) -> Mapping[str, MemoryFigures]:
    """Build each of these for `shows` shows, and see how its process grows."""
    started = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, started, max_tasks_per_child=1) as pool:
        found = {build: pool.submit(_measure, build, shows) for build in builds}
        return {build: figures.result() for build, figures in found.items()}


def _measure(build: str, count: int) -> MemoryFigures:
    started = _resident()
    shows = load_catalogue(least=count).grown(count).shows
    with_shows = _resident()
    built = _BUILDS[build](shows)
    resident = _resident()
    del built
    return MemoryFigures(with_shows - started, resident - with_shows, resident, _peak())


def _resident() -> int:
    """Say how much memory we hold; where the system does not tell, the most that it ever was."""
    gc.collect()
    return told_by_system("VmRSS") or _peak()


def _peak() -> int:
    """Say the most that we ever held; not by getrusage on Linux, which starts from our parent's size."""
    unit = 1 if sys.platform == "darwin" else 1024
    return told_by_system("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def told_by_system(key: str, pid: int | str = "self") -> int | None:
    """Give a size of a process, in bytes, by its name in Linux's status file; None on other systems."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines[key].split()[0]) * 1024
