"""Log lines: an event and its fields, as text or JSON, with secrets masked.

Write `log.info("feed polled", extra=fields(feed=12, status=304))`; it reads
`2026-11-22T10:00:00Z INFO bot.jobs.poll feed polled feed=12 status=304`.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

_FIELDS = "greenlit_fields"
_TOKEN_SHAPE = re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}")
_WEBHOOK_SHAPE = re.compile(r"(webhooks|interactions)/(\d+)/[\w.-]{20,}")


def fields(**values: object) -> dict[str, object]:
    """Pack the fields of a log line for `extra=`."""
    return {_FIELDS: values}


def start_logging(level: str, style: Literal["text", "json"], secrets: Iterable[str] = ()) -> None:
    """Send all log lines to standard error in `style`, with every one of `secrets` masked."""
    output = logging.StreamHandler(sys.stderr)
    output.setFormatter(_LineFormatter(style, tuple(secret for secret in secrets if secret)))
    logging.basicConfig(level=level.upper(), handlers=[output], force=True)
    for chatty in ("discord", "apscheduler", "alembic", "aiohttp.access", "aiosqlite"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class _LineFormatter(logging.Formatter):
    def __init__(self, style: Literal["text", "json"], secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._json = style == "json"
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Write one record as one line, but for a traceback."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        values: dict[str, object] = getattr(record, _FIELDS, {})
        trace = self.formatException(record.exc_info) if record.exc_info else None
        if self._json:
            line = {"at": at, "level": record.levelname, "logger": record.name, "event": record.getMessage()}
            text = json.dumps(line | values | ({"trace": trace} if trace else {}), default=str)
        else:
            told = "".join(f" {key}={_quoted(value)}" for key, value in values.items())
            text = f"{at} {record.levelname} {record.name} {record.getMessage()}{told}"
            text += f"\n{trace}" if trace else ""
        return self._masked(text)

    def _masked(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return _WEBHOOK_SHAPE.sub(r"\1/\2/[secret]", _TOKEN_SHAPE.sub("[secret]", text))


def _quoted(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if not text or any(c in text for c in ' "=\n\r\t') else text
