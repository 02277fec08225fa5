"""Why there is no document, in sentences that hold no part of the address but its host."""

import aiohttp

from bot.feeds.addresses import RefusedAddressError


def because(host: str, error: Exception) -> str:
    """Tell what went wrong while `host` was asked."""
    if isinstance(error, aiohttp.ClientSSLError):
        return f"{error.host} has no certificate that we can trust."
    if isinstance(error, aiohttp.ClientConnectorError):
        return _unreached(error)
    if isinstance(error, aiohttp.ClientPayloadError):
        return f"{host} broke off its answer, or packed it in a way that cannot be read."
    if isinstance(error, aiohttp.ClientResponseError):
        return f"{host} does not speak HTTP."
    if isinstance(error, ValueError):
        return f"{host} is written, or redirects, in a way that is no address."
    return f"{host} hung up without an answer."


def _unreached(error: aiohttp.ClientConnectorError) -> str:
    cause = error.os_error
    if isinstance(cause, RefusedAddressError):
        return f"{error.host} is refused: {cause.strerror}; the settings may allow it."
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"{error.host} has no address that can be found."
    return f"{error.host} cannot be reached ({cause.strerror or 'no connection'})."
