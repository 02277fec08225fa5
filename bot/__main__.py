"""`python -m bot`: read the arguments and the settings, run, turn errors into exit codes.

Exit codes: 0 well; 1 trouble; 2 settings, token or arguments; 3 the database.
"""

import argparse
import asyncio
import importlib
import logging
import os
import sys
from pathlib import Path

from bot import __version__
from bot.config import load_settings, load_token
from bot.errors import BotError, ConfigError, StorageError, TokenError
from bot.log import start_logging
from bot.model import PartialDate

_CONFIG_HELP = "settings (else GREENLIT_CONFIG, else config.toml if there)"
COMMANDS = {
    "run": (("run", "run_bot"), "poll the feeds and announce on Discord until stopped"),
    "preview": (("preview", "print_preview"), "poll once and print what would be announced, without Discord"),
    "check": (("check", "print_check"), "try settings, database, token, feeds and TVmaze, a line each"),
    "migrate": (("run", "migrate_database"), "bring the database up to this version"),
    "backup": (("backup", "copy_database"), "copy the SQLite database to a file, while the bot runs"),
    "sync-commands": (("sync", "sync_commands"), "send the slash commands to Discord anew"),
    "understand": (("reading", "print_readings"), "read articles as JSON lines and write what each says"),
    "explain": (("reading", "print_explanation"), "tell step by step what one article says, and why"),
}
"""Each command: where its function is, and what it does."""

log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit code. What goes wrong is told in a sentence."""
    asked = _arguments().parse_args(arguments)
    try:
        settings = load_settings(asked.config)
        token = load_token()
        start_logging(
            settings.log.level, settings.log.format, [token.get_secret_value()] if token is not None else []
        )
        module, function = asked.command  # imported late: the worker that parses feeds imports this file too
        command = getattr(importlib.import_module(f"bot.commandline.{module}"), function)
        code: int = asyncio.run(command(asked, settings))
        return code
    except (ConfigError, TokenError) as error:
        return _told(error, 2)
    except StorageError as error:
        return _told(error, 3)
    except BotError as error:
        return _told(error, 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has left
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # a bug: who runs us gets a sentence, who mends it the traceback
        log.debug("command failed", exc_info=True)
        return _told(BotError(f"that is a fault of ours ({error!r}); log.level = debug tells more."), 1)


def _told(error: Exception, code: int) -> int:
    print(f"greenlit: {error}", file=sys.stderr)
    return code


def _arguments() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m bot", description="Announces TV season news on Discord.")
    top.add_argument("--version", action="version", version=f"Greenlit {__version__}")
    top.add_argument("--config", type=Path, metavar="FILE", help=_CONFIG_HELP)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    made = {
        name: commands.add_parser(name, help=told, description=f"Will {told}.")
        for name, (_, told) in COMMANDS.items()
    }
    for name, parser in made.items():
        parser.set_defaults(command=COMMANDS[name][0])
        parser.add_argument(
            "--config", type=Path, metavar="FILE", default=argparse.SUPPRESS, help=_CONFIG_HELP
        )
    for name in ("preview", "understand", "explain"):
        made[name].add_argument(
            "--catalogue", type=Path, metavar="FILE", help="shows as CSV (else the database's)"
        )
    made["backup"].add_argument("file", metavar="FILE", help="what lies there is replaced")
    made["preview"].add_argument(
        "places", nargs="*", metavar="FEED", help="addresses or files (else the settings')"
    )
    made["preview"].add_argument(
        "--silent", action="store_true", help="tell the silent articles too, and why"
    )
    made["explain"].add_argument(
        "--title", help="its headline (else a JSON line is read from standard input)"
    )
    made["explain"].add_argument("--summary", default="")
    made["explain"].add_argument("--url", default="")
    made["explain"].add_argument("--date", type=PartialDate.parse, metavar="YYYY-MM-DD", help="(else today)")
    return top


if __name__ == "__main__":
    sys.exit(main())
