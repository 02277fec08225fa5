"""Bytes → text, whatever charset was promised."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
_SERVED = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_AS_PEOPLE_MEAN_IT = {"ascii": "cp1252", "iso8859-1": "cp1252"}  # WHATWG Encoding Standard §4.2


def decode(document: bytes, content_type: str | None = None) -> str:
    """Read a document as text, without the characters that XML forbids, be they written as numbers.

    A byte order mark decides; then UTF-8 where the bytes are it, since promises are wrong more
    often; then what the document and its server promise; then UTF-8 with a few broken letters;
    then Windows-1252, which reads anything.
    """
    return _REFERENCE.sub(_lawful, _NOT_XML.sub("", _decoded(document, content_type)))


def _decoded(document: bytes, content_type: str | None) -> str:
    for mark, charset in _BOMS:
        if document.startswith(mark):
            return document[len(mark) :].decode(charset, "replace")
    for beginning, charset in _UNMARKED:
        if document.startswith(beginning):
            return document.decode(charset, "replace")
    for charset in ("utf-8", *_promised(document, content_type)):
        try:
            return document.decode(charset)
        except (LookupError, UnicodeError):
            continue
    text = document.decode("utf-8", "replace")
    broken, foreign = text.count("\ufffd"), sum(not char.isascii() for char in text)
    return text if broken * 2 < foreign else document.decode("windows-1252", "replace")


def _promised(document: bytes, content_type: str | None) -> Iterator[str]:
    """Name the charsets that the document and its server promise, but for UTF-8 and its kin."""
    declared, served = _DECLARED.search(document[:1024]), _SERVED.search(content_type or "")
    for promise in (declared[1].decode("ascii") if declared else "", served[1] if served else ""):
        with suppress(LookupError):
            charset = codecs.lookup(promise).name
            if not charset.startswith("utf"):
                yield _AS_PEOPLE_MEAN_IT.get(charset, charset)


def _lawful(reference: re.Match[str]) -> str:
    """Keep `&#233;`; put the sign for an unreadable character in place of what none has the number of."""
    digits = (reference[1] or reference[2]).lstrip("0")
    code = int(digits, 16 if reference[1] else 10) if 0 < len(digits) < 8 else 0
    exists = 0 < code <= 0x10FFFF and not _NOT_XML.match(chr(code))
    return reference[0] if exists else "\ufffd"
