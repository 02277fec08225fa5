"""What was asked and how it was answered, for tests and for the page."""

from collections import Counter, deque

from sandbox.discord.nouns import Json


class Counts:
    """Requests by route, answers by status, and the last requests that broke Discord's description."""

    def __init__(self) -> None:
        self.requests: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.too_many: Counter[str] = Counter()
        """429s by route."""
        self.invalid: Counter[str] = Counter()
        """Answers of 400 with code 50035 by route."""
        self.last_invalid: deque[Json] = deque(maxlen=50)
        self.gateway: Counter[str] = Counter()
        """Gateway happenings: connected, identified, resumed, and so on."""

    def record(self, route: str, status: int, body: Json | None) -> None:
        """Count one answer."""
        self.requests[route] += 1
        self.statuses[status] += 1
        if status == 429:
            self.too_many[route] += 1
        if status == 400 and body is not None and body.get("code") == 50035:
            self.invalid[route] += 1
            self.last_invalid.append({"route": route, "errors": body.get("errors")})

    def record_cut(self, route: str) -> None:
        """Count a request that got no answer, as status 0."""
        self.requests[route] += 1
        self.statuses[0] += 1

    def json(self) -> Json:
        """Give all counts."""
        return {
            "requests": dict(self.requests),
            "statuses": {str(status): count for status, count in self.statuses.items()},
            "too_many": dict(self.too_many),
            "invalid": dict(self.invalid),
            "last_invalid": list(self.last_invalid),
            "gateway": dict(self.gateway),
        }
