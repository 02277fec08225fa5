"""Tells admins, once, of each channel that takes nothing of ours."""

import logging
from typing import Protocol

from bot import clock
from bot.delivery.pacer import Pacer
from bot.log import fields
from bot.model import Trouble, UserId
from bot.storage.database import Database
from bot.storage.troubles import list_untold, person_behind, record_told_of

TICK_S = 5.0
_AT_ONCE = 20

log = logging.getLogger(__name__)


class Tells(Protocol):
    """Who reaches the admins."""

    def can_tell(self, trouble: Trouble) -> bool:
        """Say whether the server can be reached now."""

    async def tell(self, trouble: Trouble, person: UserId | None) -> str | None:
        """Tell of it; say where, None where nobody could be told."""


async def warn(database: Database, notifier: Tells, pacer: Pacer) -> None:
    """Tell of every trouble of which nobody was told.

    That is recorded before: after a crash rather not told than told twice, as `/status` tells it too.
    """
    async with database.reading() as tx:
        untold = await list_untold(tx, _AT_ONCE)
    for trouble in untold:
        if not notifier.can_tell(trouble):
            continue
        await pacer.turn()
        async with database.transaction() as tx:
            if not await record_told_of(tx, trouble.channel_id, clock.now()):
                continue
            person = await person_behind(tx, trouble)
        where = await notifier.tell(trouble, person)
        log.info("admins told", extra=fields(channel=trouble.channel_id, guild=trouble.guild_id, where=where))
