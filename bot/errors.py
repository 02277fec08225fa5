"""The tree of errors: what we could not do. What we expect is a value, not an error."""

from datetime import datetime

from bot.model import AnnouncementId, ChannelId, Show


class BotError(Exception):
    """The root; its message is one sentence for the person concerned."""


class ConfigError(BotError):
    """The settings cannot be used; the message names each key, the file and the fix."""


class WordsError(BotError):
    """A language file is not as it must be; the message names the file, the place and the fix."""


class TokenError(BotError):
    """Discord does not accept our token, or no longer."""


class StorageError(BotError):
    """The database cannot be used."""


class SchemaError(StorageError):
    """The database is newer than this bot, or its migrations are not ours."""


class FeedError(BotError):
    """A feed could not be read. `url` is the address that was asked for."""

    def __init__(self, url: str, message: str) -> None:
        super().__init__(message)
        self.url = url

    def __reduce__(self) -> tuple[object, ...]:
        """Let it travel from the process that parses."""
        return type(self), (self.url, str(self)), self.__dict__


class FetchError(FeedError):
    """A feed's address did not answer with a document; `retry_after_s` is the server's wish."""

    def __init__(
        self, url: str, message: str, *, status: int | None = None, retry_after_s: float | None = None
    ) -> None:
        super().__init__(url, message)
        self.status = status
        self.retry_after_s = retry_after_s


class ParseError(FeedError):
    """What came is not a feed."""


class CatalogueError(BotError):
    """TVmaze could not be asked."""


class DeliveryError(BotError):
    """An announcement could not be delivered."""

    def __init__(self, announcement_id: AnnouncementId, channel_id: ChannelId, message: str) -> None:
        super().__init__(message)
        self.announcement_id = announcement_id
        self.channel_id = channel_id


class LaterError(DeliveryError):
    """It may work at `retry_at`."""

    def __init__(
        self, announcement_id: AnnouncementId, channel_id: ChannelId, message: str, retry_at: datetime
    ) -> None:
        super().__init__(announcement_id, channel_id, message)
        self.retry_at = retry_at


class UsageError(BotError):
    """Somebody asked for what cannot be; `reply` is the sentence that they read."""

    def __init__(self, reply: str) -> None:
        super().__init__(reply)
        self.reply = reply


class UnknownShowError(UsageError):
    """No show of that name; `near` are the ones that may have been meant, best first."""

    def __init__(self, reply: str, near: tuple[Show, ...] = ()) -> None:
        super().__init__(reply)
        self.near = near


class AmbiguousShowError(UsageError):
    """Several shows have that name; `choices` are they, best first. We ask and never guess."""

    def __init__(self, reply: str, choices: tuple[Show, ...]) -> None:
        super().__init__(reply)
        self.choices = choices


class AlreadyFollowedError(UsageError):
    """The server follows that show already."""


class NotFollowedError(UsageError):
    """The server does not follow that show."""


class NoChannelError(UsageError):
    """There is no channel to announce in, or we may not write in it."""
