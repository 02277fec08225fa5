"""The bot as a child process: started, waited for, ended in order."""

import asyncio
import os
import sys
from collections.abc import Mapping

_PATIENCE_S = 15.0


async def start_bot(variables: Mapping[str, str]) -> asyncio.subprocess.Process:
    """Start `python -m bot run` with `variables` over our own environment.

    It gets a session of its own, so that Ctrl-C reaches us alone and we end it before what it talks to.
    """
    quiet = {"GREENLIT_LOG__LEVEL": "warning"}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env={**quiet, **os.environ, **variables},
        stdin=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )


async def stop_bot(process: asyncio.subprocess.Process) -> None:
    """Ask it to finish, and end it where it does not within 15 s."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
