r"""Addresses in running text: mending them, and making links of them.

`repair` gives every address its own word: `\url{…}` and `\href{…}{…}` are taken off, a doubled
address is one again, an address glued to the word before gets a blank, and a proxy that stands
for huggingface.co gives way to the host it stands for. `to_html` escapes text and links what is
certainly an address. RFC 3986 says what an address is made of; its appendix C, how it stands in
text.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

# Brackets are in here, since addresses hold them; `trim` takes off those of the sentence.
# The last range is `latex`'s placeholders.
_URL_CHARACTER = r"[^\s<>\"{}|\\^`“”„‘’«»，。；：！？、（）【】「」\U000f0000-\U0010ffff]"
URL = re.compile(rf"https?://{_URL_CHARACTER}{{1,2048}}")

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"

_URL_COMMAND = re.compile(
    r"(?:\\|(?<![A-Za-z\\]))(?:url|nolinkurl|path)\{\s*(https?://[^\s{}\\]{1,2048})\s*\}?"
)
_URL_COMMAND_BARE = re.compile(r"\\url\{\s*([^\s{}\\]{1,2048})\s*\}")
_HREF_COMMAND = re.compile(
    r"(?:\\|(?<![A-Za-z\\]))href\{\s*(https?://[^\s{}\\]{1,2048})\s*\}\s?\{([^{}]{0,500})\}"
)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,500})\]\((https?://[^\s()]{1,2048})\)")
_BRACED_LABELLED = re.compile(r"\{(https?://[^\s{}\\]{1,2048})\}\s?\{([^{}]{0,500})\}")
_IN_BRACES = re.compile(r"\{(https?://[^\s{}\\]{1,2048})\}")
_OPEN_BRACE = re.compile(r"\{(?=https?://)")
_LABELLED = re.compile(r"(https?://[^\s{}\\]{1,2048})\{([^{}]{0,500})\}")
_IN_ANGLES = re.compile(r"<(https?://[^\s<>]{1,2048})>")
# Written from its literal backwards: a pattern that begins with letters is searched for fast.
_GLUED = re.compile(r"http(?<=[^\W_]http)(?=s?://)|http(?<=[.,;:!?)\]]http)(?=s?://)")

_HOST = re.compile(rf"https?://((?:{_LABEL}\.)+[A-Za-z]{{2,}})(?::\d+)?(?![\w@-])", re.IGNORECASE)
_BARE_PROXY = re.compile(
    rf"(?<![\w@./-])((?:hf|hugging-?face)[A-Za-z0-9-]{{0,60}}(?:\.{_LABEL})+)(?=/)", re.IGNORECASE
)
_STANDS_FOR_HUGGING_FACE = re.compile(
    r"(?:[\w-]+\.)*?(?:hf|hugging-?face)(?=[-.]|co\b|proxy|mirror)[\w.-]*?(?:proxy|mirror)"
    r"|(?:[\w-]*[.-])?(?:proxy|mirror)[-.](?:hf|hugging-?face)\b",
    re.IGNORECASE,
)

_LONGEST_HOST = 253  # RFC 1035, section 2.3.4, without the dot at its end

_AFTER_ADDRESS = ".,;:!?'*…"
_PAIRS = {")": "(", "]": "["}


def trim(url: str) -> str:
    """The address without the punctuation of the sentence that it ends."""
    while True:
        cut = url.rstrip(_AFTER_ADDRESS)
        closer = cut[-1:]
        if closer in _PAIRS:
            surplus = cut.count(closer) - cut.count(_PAIRS[closer])
            run = len(cut) - len(cut.rstrip(closer))
            if surplus > 0:
                cut = cut[: -min(surplus, run)]
        if cut == url:
            return url
        url = cut


def repair(text: str) -> str:
    """The text with its addresses mended; anything else is as it was."""
    if "://" in text:
        if "{" in text:
            text = _out_of_braces(text)
        if "](" in text:
            text = _MARKDOWN_LINK.sub(lambda m: _labelled(m[2], m[1]), text)
        if "<http" in text:
            text = _IN_ANGLES.sub(r"\1", text)
        text = _GLUED.sub(" http", text)
    elif "\\" in text:
        text = _URL_COMMAND_BARE.sub(r"\1", text)
    if "/" in text and ("proxy" in text or "mirror" in text):
        text = _HOST.sub(_original_host, text)
        text = _BARE_PROXY.sub(_original_host, text)
    return text


def _out_of_braces(text: str) -> str:
    text = _HREF_COMMAND.sub(lambda m: _labelled(m[1], m[2]), text)
    text = _URL_COMMAND.sub(r"\1", text)
    text = _URL_COMMAND_BARE.sub(r"\1", text)
    text = _BRACED_LABELLED.sub(lambda m: _labelled(m[1], m[2]), text)
    text = _LABELLED.sub(lambda m: _labelled(m[1], m[2]), text)
    text = _IN_BRACES.sub(r"\1", text)
    return _OPEN_BRACE.sub("", text)


def _labelled(url: str, label: str) -> str:
    r"""What `\href{url}{label}` says, in plain text: nothing is said twice."""
    label = label.strip()
    if not label or _same_address(url, label):
        return url
    return f"{label} ({url})"


def _same_address(one: str, other: str) -> bool:
    return _essence(one) == _essence(other)


def _essence(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|^www\.", "", url.strip()).rstrip("/.").casefold()


def _original_host(match: re.Match[str]) -> str:
    host = match[1]
    if len(host) <= _LONGEST_HOST and _STANDS_FOR_HUGGING_FACE.match(host):
        return match[0].replace(host, "huggingface.co")
    return match[0]


# ------------------------------------------------------------------------------ to HTML

# Top-level domains behind which a path makes an address certain. Those that are English words
# (.in, .is, .so, .to) are left out: a missing blank after a full stop looks the same.
_TOP_LEVEL = (
    "com|org|net|io|ai|edu|gov|dev|app|site|xyz|info|tech|page|cloud|science|space|live|online|"
    "wiki|co|cc|cn|de|uk|fr|jp|eu|ch|ca|au|kr|nl|tw|sg|hk|il|se|pl|ru|br|ly|gg|tv"
)
# Hosts that are addresses without a path: one label of one's own before them.
_SITES = (
    r"github\.io|gitlab\.io|gitee\.io|readthedocs\.io|hf\.space|vercel\.app|netlify\.app|"
    r"streamlit\.app|pages\.dev|web\.app|firebaseapp\.com|herokuapp\.com|onrender\.com"
)
# Hosts that people write with capitals.
_KNOWN = r"github\.com|gitlab\.com|huggingface\.co|hf\.co|arxiv\.org|doi\.org|youtu\.be|bit\.ly"

_PATH = rf"/{_URL_CHARACTER}{{0,2048}}"
# A dot and one of these: then an address without "https://" is worth looking for. The pattern
# begins with the dot alone, which makes the search fast.
_BARE_HINT = re.compile(
    rf"\.(?:(?:io|ai|app|com|dev|space)\b|(?:{_TOP_LEVEL})/|(?i:com|co|org|be|ly)/|(?<=www\.)\w)"
)
_ADDRESS = re.compile(
    rf"https?://{_URL_CHARACTER}{{1,2048}}"
    rf"|(?P<mail>mailto:[\w.+-]{{1,64}}@{_LABEL}(?:\.{_LABEL}){{1,5}})"
    rf"|(?<![\w@./:~-])(?P<bare>www\.(?:{_LABEL}\.){{1,5}}[A-Za-z]{{2,24}}\b(?:{_PATH})?"
    rf"|(?:[A-Za-z0-9-]{{1,63}}\.){{1,3}}(?:{_SITES})\b(?:{_PATH})?"
    rf"|(?i:{_KNOWN}){_PATH}"
    rf"|(?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:{_TOP_LEVEL}){_PATH})"
)

# Allowed in text, not in an address (URL Standard, "URL code points").
_UNSAFE = {"[": "%5B", "]": "%5D", "'": "%27"}
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def to_html(clean: str) -> str:
    """Escaped, with http, https and bare well-known addresses as links (no scheme but mailto else).

    What a reader sees is the clean text, letter for letter; blank lines are left to the caller.
    """
    # To look for one character costs next to nothing, for a word in a text that isn't ASCII much.
    has_url = "/" in clean and "://" in clean
    if _BARE_HINT.search(URL.sub(" ", clean) if has_url else clean) or (
        "@" in clean and "mailto:" in clean
    ):
        pattern = _ADDRESS  # twenty times as slow as the next
    elif has_url:
        pattern = URL
    else:
        return _with_names(clean)
    parts = []
    done = 0
    for match in pattern.finditer(clean):
        shown = match[0] if match.lastgroup == "mail" else trim(match[0])
        target = f"https://{shown}" if match.lastgroup == "bare" else shown
        if match.lastgroup != "mail" and not has_host(target):
            continue
        target = in_ascii(target)
        if not target:
            continue
        parts.append(_with_names(clean[done : match.start()]))
        away = "" if match.lastgroup == "mail" else " rel=noopener"
        parts.append(f'<a href="{_attribute(target)}"{away}>{escape(shown, quote=False)}</a>')
        done = match.start() + len(shown)
    parts.append(_with_names(clean[done:]))
    return "".join(parts)


# What is named without an address: a DOI (DOI Handbook, 2.2; its usual characters), an arXiv id
# (https://info.arxiv.org/help/arxiv_identifier.html), a repository or a model of which the text
# says where it is. Each pattern begins with what is rare.
_OWNED = r"(?P<{0}>[A-Za-z0-9][\w.-]{{1,60}}/[A-Za-z0-9][\w.-]{{1,90}}[A-Za-z0-9])(?![\w/@])"
_NAMED = re.compile(
    r"\b(?P<doi>10\.\d{4,9}/[^\s\"'<>{}|\\^`\[\]]{1,200})"
    r"|\barXiv:\s?(?P<arxiv>\d{4}\.\d{4,5}|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?(?![\w.]\w)"
    r"|(?i:\bgithub)(?:\s+repo(?:sitory)?)?(?::|\s+(?:at|under|as):?)\s+"
    + _OWNED.format("repository")
    + r"|(?i:\bhugging\s?face)(?:\s+hub)?(?::|\s+(?:at|under|as):?)\s+"
    + _OWNED.format("model")
)
_NAMED_AT: dict[str, str] = {
    "doi": "https://doi.org/",
    "arxiv": "https://arxiv.org/abs/",
    "repository": "https://github.com/",
    "model": "https://huggingface.co/",
}


def _with_names(text: str) -> str:
    """Escaped, with links for what has a name that leads somewhere."""
    if "/" not in text and "rXiv:" not in text:
        return _escaped(text)
    parts = []
    done = 0
    for found in _NAMED.finditer(text):
        kind = found.lastgroup or ""
        begin = found.start() if kind in {"doi", "arxiv"} else found.start(kind)
        shown = trim(text[begin : found.end()])
        name = trim(found[kind]) if kind != "arxiv" else found[kind]
        parts.append(_escaped(text[done:begin]))
        target = _attribute(in_ascii(_NAMED_AT[kind] + name))
        parts.append(f'<a href="{target}" rel=noopener>{escape(shown, quote=False)}</a>')
        done = begin + len(shown)
    parts.append(_escaped(text[done:]))
    return "".join(parts)


# A host (RFC 3986, section 3.2.2, with letters of any alphabet) and perhaps a port.
_WHERE = re.compile(r"https?://((?:\w(?:[\w-]{0,61}\w)?\.)*\w(?:[\w-]{0,61}\w)?)\.?(?::(\d{1,5}))?",
                    re.IGNORECASE)  # fmt: skip


def has_host(url: str) -> bool:
    """Whether an http or https address has a host that can be one.

    Not with a user's name before it, which could pass for the host.
    """
    found = _WHERE.match(url)
    return (
        found is not None
        and found[1].lower() not in {"http", "https"}  # https://http//…
        and url[found.end() : found.end() + 1] in {"", "/", "?", "#"}
        and int(found[2] or 0) < 65_536
    )


def _escaped(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def in_ascii(url: str) -> str:
    """An address as browsers ask for it (RFC 3987, section 3.1); "" for one that cannot be.

    A host that looks like another by letters of other alphabets shows what it is.
    """
    if url.isascii():
        return url
    start, slashes, rest = url.partition("//")
    end = min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))
    host, colon, port = rest[:end].partition(":")
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        return ""
    return start + slashes + host + colon + port + quote(rest[end:], safe=_ASCII)


_ASCII = "".join(map(chr, range(0x21, 0x7F)))


def _attribute(url: str) -> str:
    safe = _LONE_PERCENT.sub("%25", url)
    for character, code in _UNSAFE.items():
        safe = safe.replace(character, code)
    return escape(safe)
