"""Discord's rate limits, as fixed windows that open with their first request.

Sources: https://discord.com/developers/docs/topics/rate-limits for the global limit, the headers and
the invalid requests; the buckets' sizes are those that real answers carry.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.discord.nouns import Json

GLOBAL_PER_SECOND = 50
INVALID_PER_WINDOW = 10_000
COMMANDS_PER_DAY = 200
_INVALID_WINDOW_S = 600.0


@dataclass(frozen=True, slots=True)
class Rule:
    """`limit` requests in `window_s` seconds, counted apart for each value of the `major` path parameters."""

    name: str
    limit: int
    window_s: float
    major: tuple[str, ...] = ("channel_id",)


_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
_WEBHOOK = ("webhook_id", "webhook_token")

RULES: dict[tuple[str, str], Rule] = {
    ("POST", "/channels/{channel_id}/messages"): Rule("create-message", 5, 5.0),
    ("GET", "/channels/{channel_id}/messages"): Rule("list-messages", 5, 1.0),
    ("GET", _MESSAGE): Rule("get-message", 5, 1.0),
    ("PATCH", _MESSAGE): Rule("edit-message", 5, 5.0),
    ("DELETE", _MESSAGE): Rule("delete-message", 5, 1.0),
    ("POST", f"{_MESSAGE}/crosspost"): Rule("crosspost", 10, 3600.0),
    ("POST", "/channels/{channel_id}/typing"): Rule("typing", 5, 5.0),
    ("POST", "/channels/{channel_id}/threads"): Rule("start-thread", 50, 300.0),
    ("POST", f"{_MESSAGE}/threads"): Rule("start-thread", 50, 300.0),
    ("POST", "/webhooks/{webhook_id}/{webhook_token}"): Rule("webhook", 5, 2.0, _WEBHOOK),
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"): Rule("webhook", 5, 2.0, _WEBHOOK),
    ("POST", "/users/@me/channels"): Rule("open-dm", 10, 10.0, ()),
}


@dataclass(slots=True)
class Window:
    """One bucket's present window."""

    limit: int
    window_s: float
    resets_at: float = 0.0
    used: int = 0

    def take(self, now: float) -> bool:
        """Use one request; False where none is left."""
        if now >= self.resets_at:
            self.resets_at, self.used = now + self.window_s, 0
        if self.used >= self.limit:
            return False
        self.used += 1
        return True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the limits say to one request: its headers, and a 429's body where it came too early."""

    headers: dict[str, str]
    refused: Json | None = None


class Limits:
    """The windows of all bots. `now` answers seconds since 1970."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._global: dict[int, Window] = {}
        self._windows: dict[tuple[object, ...], Window] = {}
        self._commands: dict[int, Window] = {}
        self._invalid = Window(INVALID_PER_WINDOW, _INVALID_WINDOW_S)
        self.enabled = True

    def judge(
        self, bot_id: int, method: str, template: str, path: dict[str, str], *, counts_globally: bool
    ) -> Verdict:
        """Count a request against the bot's global limit and its route's bucket."""
        if not self.enabled:
            return Verdict({})
        now = self._now()
        everything = self._global.setdefault(bot_id, Window(GLOBAL_PER_SECOND, 1.0))
        if counts_globally and not everything.take(now):
            return _refusal(everything, now, {}, everywhere=True)
        rule = RULES.get((method, template))
        if rule is None:
            return Verdict({})
        key = (bot_id, rule.name, *(path[name] for name in rule.major))
        window = self._windows.setdefault(key, Window(rule.limit, rule.window_s))
        granted = window.take(now)
        headers = _bucket_headers(rule, window, now)
        return Verdict(headers) if granted else _refusal(window, now, headers, everywhere=False)

    def take_command(self, bot_id: int) -> bool:
        """Count a new command: two hundred a day; False where none is left."""
        return self._commands.setdefault(bot_id, Window(COMMANDS_PER_DAY, 86_400.0)).take(self._now())

    def banned(self) -> bool:
        """Say whether too many refused requests have shut the address out."""
        return self._invalid.used >= self._invalid.limit and self._now() < self._invalid.resets_at

    def count_invalid(self) -> None:
        """Count an answer of 401, 403 or 429: ten thousand in ten minutes shut the address out."""
        self._invalid.take(self._now())

    def forget(self) -> None:
        """Open every window anew."""
        self._global.clear()
        self._windows.clear()
        self._commands.clear()
        self._invalid = Window(INVALID_PER_WINDOW, _INVALID_WINDOW_S)


def _bucket_headers(rule: Rule, window: Window, now: float) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(window.limit),
        "X-RateLimit-Remaining": str(window.limit - window.used),
        "X-RateLimit-Reset": f"{window.resets_at:.3f}",
        "X-RateLimit-Reset-After": f"{max(window.resets_at - now, 0.001):.3f}",
        "X-RateLimit-Bucket": f"sandbox-{rule.name}",
    }


def _refusal(window: Window, now: float, headers: dict[str, str], *, everywhere: bool) -> Verdict:
    wait_s = max(round(window.resets_at - now, 3), 0.001)
    headers = {**headers, "Retry-After": str(int(wait_s) + 1), "X-RateLimit-Scope": "user"}
    if everywhere:
        headers |= {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
    body: Json = {
        "message": "You are being rate limited.",
        "retry_after": wait_s,
        "global": everywhere,
    }
    return Verdict(headers, body)
