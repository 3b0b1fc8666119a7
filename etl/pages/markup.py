"""Bytes of a page -> its markup as text, whatever charset it is in."""

import codecs
import re
from collections.abc import Iterator

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
META = re.compile(rb"<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
BEGINNING = 4096  # bytes in which a page says its charset
# What browsers take these names to mean.
MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
# Charsets that pages are in; Python knows others, some of which take very long to read or are no charsets at all.
KNOWN = re.compile(
    r"utf-8|utf-16(-[lb]e)?|cp125\d|iso8859-\d+|koi8-[ru]|mac-(roman|cyrillic)|tis-620|cp8(66|74)"
    r"|gb18030|big5(hkscs)?|cp9(32|49)|euc_(jp|kr)|iso2022_jp|ascii|gb2312|gbk|shift_jis"
)
BROKEN = 0.001  # of the characters of a page in its true charset, at most


def markup(content: bytes, charset: str | None) -> str:
    """Return the markup of a page; `charset` is what its server said."""
    for bom, name in BOMS:
        if content.startswith(bom):
            return _readable(content[len(bom) :].decode(name, "replace"))
    texts = [content.decode(name, "replace") for name in _named(content, charset)]
    texts += [content.decode("utf-8", "replace")]
    # A few broken bytes happen; many tell that this is not its charset. Western Windows has a sign for every byte.
    fit = next((text for text in texts if text.count("\ufffd") <= BROKEN * len(text)), None)
    return _readable(content.decode("cp1252", "replace") if fit is None else fit)


def _named(content: bytes, charset: str | None) -> Iterator[str]:
    """Yield the charsets that a page is said to be in."""
    if charset and (name := _codec(charset)):
        yield name
    if (found := META.search(content[:BEGINNING])) and (name := _codec(found[1].decode())):
        # It could not be found in UTF-16.
        yield "utf-8" if name.startswith("utf-16") else name


def _codec(charset: str) -> str | None:
    try:
        name = codecs.lookup(charset.strip(" \"'")).name
    except (LookupError, ValueError):
        return None
    return MEANT.get(name, name) if KNOWN.fullmatch(name) else None


def _readable(text: str) -> str:
    return text.replace("\0", "\ufffd")
