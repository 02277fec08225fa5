"""Parsing in a process of its own: no feed, however large or wicked, holds up the event loop."""

import asyncio
import logging
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from functools import partial
from multiprocessing.process import BaseProcess

from bot.errors import ParseError
from bot.feeds.fetch import Fetched
from bot.feeds.links import host_of, without_secrets
from bot.feeds.parse import Parsed, parse
from bot.log import fields

TIMEOUT_S = 30.0

log = logging.getLogger(__name__)


class Parser:
    """One worker process, started when first needed and replaced when it hangs or dies."""

    def __init__(self, parse: Callable[..., Parsed] = parse, timeout_s: float = TIMEOUT_S) -> None:
        self._parse = parse
        self._timeout_s = timeout_s
        self._turn = asyncio.Lock()
        self._pool: ProcessPoolExecutor | None = None

    async def parse(self, document: Fetched, *, source: str, read_at: datetime) -> Parsed:
        """Parse `document`; ParseError where it is no feed, takes too long or kills its reader."""
        work = partial(
            self._parse,
            document.body,
            content_type=document.content_type,
            url=document.url,
            source=source,
            read_at=read_at,
        )
        async with self._turn:
            try:
                async with asyncio.timeout(self._timeout_s):
                    return await asyncio.get_running_loop().run_in_executor(self._started(), work)
            except TimeoutError as error:
                raise self._lost(document, f"was not parsed within {self._timeout_s:g} s") from error
            except BrokenProcessPool as error:
                raise self._lost(document, "made its parser crash") from error

    def close(self) -> None:
        """End the worker, whatever it does."""
        if self._pool is not None:
            for process in tuple(self._pool._processes.values()):  # no public way to end a busy worker
                process.kill()
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, spawn, initializer=_end_with_parent)
        return self._pool

    def _lost(self, document: Fetched, what: str) -> ParseError:
        self.close()
        log.warning("parser replaced", extra=fields(host=host_of(document.url), why=what))
        return ParseError(without_secrets(document.url), f"What {host_of(document.url)} sent {what}.")


def _end_with_parent() -> None:
    """Let the worker end when the bot is killed without warning; else it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_end, args=(parent,), daemon=True).start()


def _wait_and_end(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
