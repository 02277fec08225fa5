"""When to poll a feed again."""

from datetime import datetime, timedelta

DAY_S = 86_400.0
_SPREAD = 0.1  # how much of a wait is left to chance
_AT_LEAST_S = {404: 3_600.0, 410: DAY_S}


def next_poll(
    now: datetime,
    *,
    interval_s: float,
    jitter: float,
    failures: int = 0,
    status: int | None = None,
    retry_after_s: float | None = None,
    max_age_s: float | None = None,
    ttl_s: float | None = None,
) -> datetime:
    """Say when to poll again after a poll that ended at `now`.

    Never sooner than `interval_s`, whatever it is: the settings set the floor. Each of `failures`
    in a row doubles the wait, up to a day; a missing page (404) waits an hour at least and one
    that is gone (410) a day. What the server asks for only makes it later, and by no more than a
    day, so that a wrong header silences no feed. `jitter` in [0, 1) spreads feeds by up to a tenth.
    Source: RFC 9110 §10.2.3 (Retry-After), RFC 9111 §5.2.2.1 (max-age), RSS 2.0 (ttl).
    """
    spread = 1 + _SPREAD * jitter
    doublings = min(failures, 20)  # a million intervals: more than a day already
    back_off_s = min(interval_s * 2**doublings, DAY_S / (1 + _SPREAD))
    if failures and status in _AT_LEAST_S:
        back_off_s = max(back_off_s, _AT_LEAST_S[status] / (1 + _SPREAD))
    wishes = (wish for wish in (retry_after_s, max_age_s, ttl_s) if wish is not None)
    wait_s = min(max(back_off_s * spread, *wishes, 0.0), DAY_S)
    return now + timedelta(seconds=max(wait_s, interval_s))
