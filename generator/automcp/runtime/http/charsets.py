"""The character sets that media types name (RFC 9110, section 8.3.2)."""

from __future__ import annotations

import codecs
import re

_CODECS = re.compile(
    r"utf-(8|16|32)[\w-]*|ascii|iso8859-\d+|cp\d+|koi8-\w|gb\w+|big5\w*|shift_jis\w*|euc_\w+"
)
"""The codecs that are character sets, by their names in Python."""

_PARAMETER = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)


def charset_of(content_type: str) -> str | None:
    """Python's name of the character set; `None` if none is named, or none that is known."""
    found = _PARAMETER.search(content_type)
    try:
        name = codecs.lookup(found[1]).name if found else ""
    except (LookupError, ValueError):
        return None
    return name if _CODECS.fullmatch(name) else None
