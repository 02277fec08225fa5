"""`python -m sandbox`: serve the sandbox, and with `--bot` run the bot on it."""

import argparse
import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from sandbox.bot_process import start_bot, stop_bot
from sandbox.discord import DEFAULT_TOKEN
from sandbox.environment import for_shells, forget_database, write_environment
from sandbox.newsroom import read_history
from sandbox.serve import HOST, Sandbox, serve

_PORT = 8710


def main(arguments: list[str] | None = None) -> int:
    """Run the sandbox until it is told to stop; gives the exit code."""
    wishes = _parser().parse_args(arguments)
    if wishes.print_env:
        return _print_environment(wishes.port)
    return asyncio.run(_run(wishes))


async def _run(wishes: argparse.Namespace) -> int:
    sandbox = Sandbox(wishes.speed)
    try:
        runner, port = await serve(sandbox, wishes.port)
    except OSError as error:
        why = os.strerror(error.errno).lower() if error.errno else str(error)
        print(f"Port {wishes.port} cannot be used ({why}); name another with --port.", file=sys.stderr)
        return 1
    try:
        return await _stay(sandbox, port, wishes)
    finally:
        await runner.cleanup()


async def _stay(sandbox: Sandbox, port: int, wishes: argparse.Namespace) -> int:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    database = _database(port)
    if not wishes.keep:
        forget_database(database)
    base = f"http://{HOST}:{port}"
    variables = write_environment(base, DEFAULT_TOKEN, sandbox.newsroom.history, database)
    print(f"The sandbox is at {base}/ (Ctrl-C ends it)", flush=True)
    if wishes.play:
        sandbox.newsroom.play()
    if not wishes.bot:
        print(json.dumps({"url": f"{base}/", "env": variables}), flush=True)
        await stop.wait()
        return 0
    return await _with_bot(variables, stop)


async def _with_bot(variables: dict[str, str], stop: asyncio.Event) -> int:
    """Run the bot beside us; whoever of the two ends first, both end."""
    bot = await start_bot(variables)
    ended, told = asyncio.create_task(bot.wait()), asyncio.create_task(stop.wait())
    await asyncio.wait({ended, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if not stop.is_set():
        print(f"The bot ended with exit code {ended.result()}; so does the sandbox.", file=sys.stderr)
        return ended.result() or 1
    await stop_bot(bot)
    await ended
    return 0


def _print_environment(port: int) -> int:
    if port == 0:
        print("--print-env needs to know the port; name it with --port.", file=sys.stderr)
        return 2
    variables = write_environment(f"http://{HOST}:{port}", DEFAULT_TOKEN, read_history(), _database(port))
    print(for_shells(variables))
    return 0


def _database(port: int) -> Path:
    return Path("var") / f"sandbox-{port}.db"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="Stand-ins for Discord, TVmaze and the trade press on one loopback port, with a page.",
    )
    parser.add_argument("--port", type=int, default=_PORT, help="0 takes any free one (default %(default)s)")
    parser.add_argument(
        "--speed", type=float, default=4.0, help="seconds that a day with news lasts (default 4)"
    )
    parser.add_argument("--play", action="store_true", help="start the news as soon as the feeds were read")
    parser.add_argument("--bot", action="store_true", help="run the bot on the sandbox, and end with it")
    parser.add_argument("--keep", action="store_true", help="keep the bot's database of the last time")
    parser.add_argument(
        "--print-env", action="store_true", help="print the bot's settings for a shell, and end"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
