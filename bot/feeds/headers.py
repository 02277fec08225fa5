"""What a server's headers wish for our next poll, in seconds."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MAX_AGE = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})', re.IGNORECASE)
_NEVER = re.compile(r"\bno-(?:store|cache)\b", re.IGNORECASE)


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Read `Retry-After`, in seconds or as a date; None where there is none that can be read.

    A date counts from the server's own `Date`, so that neither clock needs to be right.
    Source: RFC 9110 §10.2.3.
    """
    told = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,10}(\.\d+)?", told):
        return float(told)
    until, now = _moment(told), _moment(headers.get("Date", ""))
    if until is None or now is None:
        return None
    return max(0.0, (until - now).total_seconds())


def max_age_s(headers: Mapping[str, str]) -> float | None:
    """Say how long the answer stays fresh by `Cache-Control`, less the `Age` that it came with.

    Source: RFC 9111 §5.2.2.1 and §4.2.3.
    """
    wishes = headers.get("Cache-Control", "")
    found = _MAX_AGE.search(wishes)
    if found is None or _NEVER.search(wishes):
        return None
    age = headers.get("Age", "").strip()
    return float(max(0, int(found[1]) - (int(age) if re.fullmatch(r"\d{1,10}", age) else 0)))


def _moment(written: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
