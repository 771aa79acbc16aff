"""Whether an address of another site is well-formed. Nothing is asked of the network. Pure.

RFC 3986 with the letters of RFC 3987. `fault` is what no browser can follow, `flaw` what each
mends in its own way. Brackets in paths and low lines in hosts are neither: all bear them.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final

_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?(.*)", re.DOTALL)
_AUTHORITY = re.compile(r"(?:[^@]*@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?")
# RFC 1035, section 2.3.4, with low lines and letters of any alphabet.
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_NO_CHARACTER = re.compile(r"[\x00-\x20\x7f-\xa0\"<>\\^`{|}\u2028\u2029\ud800-\udfff]")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MAIL = re.compile(r"[^@\s,]+@[^@\s,]+")

_WEB: Final = frozenset({"http", "https"})
# What browsers hand to other programs.
_OTHERS: Final = frozenset(
    {"ftp", "ftps", "geo", "git", "irc", "ircs", "magnet", "matrix", "news", "sip", "sips", "sms",
     "ssh", "tel", "urn", "webcal", "xmpp"}
)  # fmt: skip
_INLINE: Final = frozenset({"about", "blob", "data"})  # for images and frames, not to follow


def fault(url: str, *, link: bool) -> str:
    """What is wrong with an address that has a scheme or begins with "//"; "" if nothing is.

    `link` tells an address to follow from one that is loaded into the page.
    """
    match = _PARTS.match(url)
    assert match is not None  # noqa: S101 - it fits any text
    scheme, authority, rest = (match[1] or "").lower(), match[2], match[3]
    if scheme in _INLINE and not link:
        return ""
    if scheme == "mailto":
        return _mail_fault(rest)
    if scheme and scheme not in _WEB:
        return "" if scheme in _OTHERS else f"this is no address to follow ({scheme}:)"
    if authority is None:
        return f"the address lacks the // behind {scheme}:"
    wrong = _host_fault(authority) or _doubled(authority, rest)
    return wrong or ("" if scheme else "the address lacks https: at its beginning")


def flaw(url: str) -> str:
    """What of an address should be written as %XX; "" for nothing."""
    if url.partition(":")[0].lower() in _INLINE:
        return ""
    if bad := _NO_CHARACTER.search(url):
        return f"the address holds {'a blank' if bad[0] == ' ' else f'the character {bad[0]!a}'}"
    return "the address holds a % without two digits" if _LONE_PERCENT.search(url) else ""


def _mail_fault(rest: str) -> str:
    to = rest.partition("?")[0]
    if to and not all(_MAIL.fullmatch(one) for one in to.split(",")):
        return "this is no e-mail address"
    return ""


def _host_fault(authority: str) -> str:
    match = _AUTHORITY.fullmatch(authority)
    if match is None or int(match[2] or 0) > 65_535:
        return "the address has a wrong port"
    host = match[1]
    if not host:
        return "the address has no host"
    if host.startswith("["):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            return "the address has a wrong host"
        return ""
    labels = host.removesuffix(".").split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return "the address has a wrong host"
    return ""


def _doubled(authority: str, rest: str) -> str:
    """`https://http://…`: a host named like a scheme, then a path of two slashes."""
    if authority.rstrip(":").lower() in _WEB and rest.startswith("//"):
        return "the address begins twice"
    return ""
