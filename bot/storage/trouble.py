"""What a database's refusal means for the host, in one sentence."""

from sqlalchemy.exc import DBAPIError

_DRIVERS = ("sqlite3", "asyncpg")
_SENTENCES = (
    ("database is locked", "{url} is locked by another program; stop it or wait for it, then start again."),
    ("readonly database", "{url} is read-only; give the bot the right to write the file and its folder."),
    ("unable to open", "{url} cannot be opened; see that its folder exists and the bot may write there."),
    ("not a database", "{url} is not a SQLite database; name another file in database.url."),
    ("malformed", "{url} is damaged; put the last back-up in its place."),
    ("disk is full", "{url} has no room left on its disk; make some."),
    ("disk i/o error", "{url} cannot be read or written, its disk fails."),
    ("no such table", "{url} has no tables of ours yet; run `python -m bot migrate`."),
    ("undefinedtable", "{url} has no tables of ours yet; run `python -m bot migrate`."),
    ("invalidcatalogname", "{url} names a database that does not exist; create it."),
    ("invalidpassword", "{url} was refused: wrong user or password."),
    ("invalidauthorization", "{url} was refused: wrong user or password."),
    ("connectiondoesnotexist", "{url} has gone away; the bot goes on once it is back."),
    ("connection is closed", "{url} has gone away; the bot goes on once it is back."),
    ("cannotconnectnow", "{url} starts or stops; the bot goes on once it is there."),
    ("toomanyconnections", "{url} has no connection left for us; raise its max_connections."),
)


def trouble(error: Exception, url: str) -> str | None:
    """Say in a sentence why the database cannot be used; None where the fault is ours."""
    if isinstance(error, OSError):
        return f"{url} does not answer ({error.strerror or type(error).__name__}); see that it runs."
    cause = error.orig if isinstance(error, DBAPIError) else error
    words = f"{type(cause).__name__} {cause}".lower()
    if isinstance(error, DBAPIError) or type(cause).__module__.startswith(_DRIVERS):
        for sign, sentence in _SENTENCES:
            if sign in words:
                return sentence.format(url=url)
    return None
