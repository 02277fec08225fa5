"""Links: which are for the web, the one form that a link has, and how one is told without its secrets."""

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_BLANKS = re.compile(r"[\x00-\x20\x7f]+")
_TRACKING = re.compile(
    r"(utm|at|hsa|mtm|pk|piwik|stm|mc|vero|oly)_\w+|_ga|_gl|_hs(enc|mi)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid"
    r"|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|cmpid|cmp|s_cid|ocid|ncid|icid|ito|smid|sref|xtor|mkt_tok"
    r"|wt\.mc_id|ns_(campaign|mchannel|source|linkname|fee)|ref_src|__twitter_impression",
    re.IGNORECASE,
)


def web_link(link: str, base: str) -> str | None:
    """Give `link`, resolved against `base`, where it leads to the web (http or https); else None."""
    try:
        whole = urljoin(base, _BLANKS.sub("", link))
        parts = urlsplit(whole)
        _ = parts.port
    except ValueError:
        return None
    return whole if parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def canonical_link(link: str) -> str:
    """Write a web link in the one form that all its variants share, and that still works.

    Host in lower case, no default port, no fragment, no parameter that only says how the
    reader came (`utm_source`, `fbclid`, …). What names the page stays, WordPress's `?p=123` too.
    Anything but a web link comes back as it is.
    """
    try:
        parts = urlsplit(link)
        host, port = parts.hostname, parts.port
    except ValueError:
        return link
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return link
    host = f"[{host}]" if ":" in host else host
    where = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    account, at, _ = parts.netloc.rpartition("@")
    return urlunsplit((parts.scheme, account + at + where, parts.path or "/", _told(parts.query), ""))


def _told(query: str) -> str:
    kept = (part for part in query.split("&") if part and not _TRACKING.fullmatch(part.partition("=")[0]))
    return "&".join(kept)


def host_of(url: str) -> str:
    """Name the host of an address for a sentence or a line of the log; secrets live elsewhere in it."""
    try:
        return urlsplit(url).hostname or "the address"
    except ValueError:
        return "the address"


def without_secrets(url: str) -> str:
    """Write an address without account, password, query and fragment, any of which may hold a secret."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "an address that cannot be read"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
