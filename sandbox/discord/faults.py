"""Trouble on demand: what the tests and the page can make go wrong."""

import asyncio
import contextlib
import random
import re
from dataclasses import dataclass, field

ACTIONS = ("status", "delay", "reset_before", "reset_after")


@dataclass(slots=True)
class Fault:
    """One sort of trouble for requests that match `route`.

    `route` is `METHOD /path/{template}` with `*` for anything, such as `POST /channels/*/messages`.
    `reset_before` cuts the connection before the request is looked at, `reset_after` when all is
    done but before the answer; `delay` waits, then goes on. It strikes `times` requests (None: all),
    and of those that match, a `share` from 0 to 1.
    """

    action: str
    route: str = "*"
    times: int | None = None
    share: float = 1.0
    status: int = 503
    delay_s: float = 0.0
    _pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise ValueError(f"no such fault: {self.action!r}; there are {', '.join(ACTIONS)}")
        self._pattern = re.compile(".*".join(map(re.escape, self.route.split("*"))))

    def matches(self, route: str) -> bool:
        """Say whether it is meant for this route."""
        return self._pattern.fullmatch(route) is not None


class Faults:
    """The faults that wait for requests, and the troubles that last until they are taken back.

    `outage` cuts every connection, `gateway_down` those to the gateway alone; `no_acks` leaves
    heartbeats unanswered.
    """

    def __init__(self, seed: int = 0) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - a repeatable share, no secret
        self._waiting: list[Fault] = []
        self._calm = asyncio.Event()
        self.outage = False
        self.gateway_down = False
        self.no_acks = False

    async def hold(self, delay_s: float) -> None:
        """Wait so long, or until all is well again."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._calm.wait(), delay_s)

    def add(self, fault: Fault) -> None:
        """Let `fault` wait for its requests; those that wait longer strike first."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Let all be well again, also for those who are held."""
        self._waiting.clear()
        self._calm.set()
        self._calm = asyncio.Event()
        self.outage = self.gateway_down = self.no_acks = False

    def strike(self, route: str) -> list[Fault]:
        """Give the faults that this request meets, and count them as used."""
        struck = [
            fault for fault in self._waiting if fault.matches(route) and self._chance.random() < fault.share
        ]
        for fault in struck:
            if fault.times is not None:
                fault.times -= 1
        self._waiting = [fault for fault in self._waiting if fault.times is None or fault.times > 0]
        return struck
