"""Who a paper is: identifiers, the fingerprint of a title, keys, and the paths made from them.

Everything here is a contract with published sites: URLs and feed ids are made from keys, keys of
papers without identifiers from `fold_title`. A change of one result is a change of published
addresses, so the tests hold results as literals.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from functools import lru_cache

# arXiv: https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV_NEW = r"(?P<new>\d{4}\.\d{4,5})"
_ARXIV_OLD = r"(?P<old>[a-z-]+(?:\.[A-Za-z-]{2})?/\d{7})"
_ARXIV = re.compile(
    r"(?:^|(?:arxiv\.org|alphaxiv\.org|huggingface\.co|arxiv\.dev)/(?:[a-z]+/)+"
    r"|(?:oai:)?arxiv(?:\.org)?[:/]\s*|10\.48550/arxiv\.)"
    rf"(?:{_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?(?:\.pdf)?(?=$|[^\w./-]|[./](?:$|\s))",
    re.IGNORECASE,
)
# DOI handbook, section 2.2: "10." registrant "/" suffix; case-insensitive.
_DOI = re.compile(r"(?:^|doi\.org/|doi:\s*)(10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+)", re.IGNORECASE)
# ACL Anthology: https://aclanthology.org/info/ids/
_ACL = re.compile(
    r"(?:^|aclanthology\.org/|aclweb\.org/anthology/(?:[A-Z]/[A-Z]\d\d/)?|10\.18653/v1/)"
    r"(?P<id>[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)(?:v\d+)?(?:\.pdf)?(?=/?$|[\s?#])",
    re.IGNORECASE,
)


def arxiv_id(text: str) -> str | None:
    """The arXiv id (no version) in an id, `arXiv:…`, OAI id, DOI or URL; None when there is none.

    >>> arxiv_id("http://arxiv.org/abs/astro-ph/0601001v2")
    'astro-ph/0601001'
    """
    found = _ARXIV.search(text.strip())
    if found is None:
        return None
    new = found["new"]
    if new:
        return new if 1 <= int(new[2:4]) <= 12 else None
    archive, number = found["old"].split("/")
    # The subject class of old ids (math.GT/0309136) is not part of the identity.
    return f"{archive.split('.')[0].lower()}/{number}"


def doi(text: str) -> str | None:
    """The DOI in a DOI or its URL, in lower case; None when there is none."""
    found = _DOI.search(text.strip())
    return found[1].rstrip(".,;").lower() if found else None


def acl_id(text: str) -> str | None:
    """The ACL Anthology id in an id or URL; None when there is none."""
    found = _ACL.search(text.strip())
    if found is None:
        return None
    name = found["id"]
    return name.upper() if name[0].isalpha() else name.lower()


_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "omega",
}  # fmt: skip
_LETTERS = str.maketrans(
    _GREEK
    | {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
        "ħ": "h", "&": "and", "+": "plus", "@": "at", "#": "sharp", "∞": "infty", "×": "x",
        "∇": "nabla", "∂": "partial",
    }
)  # fmt: skip
_COMBINING = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[\W_]+")
# Commands that set type and carry no text of their own; with a backslash, at a word's end.
_TYPE_COMMAND = re.compile(
    r"\\(?:text(?:bf|it|sc|tt|rm|sf|sl|normal|up|md|color|less|greater|superscript|subscript)?"
    r"|math(?:bf|it|rm|sf|tt|bb|cal|frak|scr|normal)|emph|bm|boldsymbol|operatorname|mbox|hbox"
    r"|ensuremath|uppercase|lowercase|underline|rm|bf|it|sc|tt|sf|sl|em|left|right|big|Big"
    r"|tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge"
    r"|xspace|protect|limits|displaystyle|to|(?:long|Long)?(?:left|right)+arrow|Rightarrow"
    r"|leq?|geq?|sim|approx|cdot|dots|ldots|cdots|quad|qquad|sqrt|hat|bar|tilde|vec|dot|widehat)"
    r"(?![A-Za-z])\*?"
)
# The same where a capture lost the backslash: only names that no title has as a word of its own.
_BARE_COMMAND = re.compile(
    r"mathcal|mathbb|mathbf|mathrm|mathsf|mathit|mathfrak|boldsymbol|textsc|textbf|textit|texttt"
    r"|textrm|textsf|scriptsize|footnotesize|operatorname|rightarrow|leftarrow|textless|textgreater"
)
_NAMED_LETTER = re.compile(r"\\(ss|oe|OE|ae|AE|aa|AA|o|O|l|L|i|j|dj|DJ|th|TH)(?![A-Za-z])\s*")
_NAMED = {"ss": "ss", "oe": "oe", "ae": "ae", "aa": "a", "o": "o", "l": "l", "i": "i", "j": "j",
          "dj": "d", "th": "th"}  # fmt: skip
_ACCENT = re.compile(r"\\(?:[`'^\"~=.]|[uvHtcdbrk](?![A-Za-z]))\s*")
_TIMES = re.compile(r"\\times(?![A-Za-z])|(?<=\d)\s*times\s*(?=\d)|(?<=\d)\s*times\b")
_ELL = re.compile(r"\\ell(?![A-Za-z])|\bell(?=[_^\d])")
_VARIANT = re.compile(r"\\?var(epsilon|phi|theta|rho|sigma|pi|kappa)(?![a-z])")


def fold_title(title: str) -> str:
    """A title as sources agree on it: letters and digits alone, in lower case.

    Unicode compatibility forms, accents, case, white space, punctuation, a trailing period, HTML
    entities, LaTeX accents, type commands and math markup are folded away; Greek letters and some
    signs become the names that LaTeX has for them, so that `α-β`, `$\\alpha$-$\\beta$` and
    `alpha-beta` agree. Empty where nothing is left.
    """
    text = title
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if "\\" in text:
        text = _ELL.sub("l", text)
        text = _NAMED_LETTER.sub(lambda m: _NAMED[m[1].lower()], text)
        text = _ACCENT.sub("", text)
        text = _TIMES.sub("x", text)
        text = _TYPE_COMMAND.sub(" ", text)
    elif "times" in text:
        text = _TIMES.sub("x", text)
    if "ell" in text:
        text = _ELL.sub("l", text)
    text = text.casefold()
    if "var" in text:
        text = _VARIANT.sub(r"\1", text)
    text = text.translate(_LETTERS)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _COMBINING.sub("", text))
    text = _NOT_WORD.sub("", text)
    return _BARE_COMMAND.sub("", text)


def _letters(data: str, count: int) -> str:
    """`count` letters a-z from the SHA-256 of a text (4.7 bits each)."""
    number = int.from_bytes(hashlib.sha256(data.encode("utf-8", "surrogatepass")).digest()[:16])
    out = []
    for _ in range(count):
        number, letter = divmod(number, 26)
        out.append(chr(97 + letter))
    return "".join(out)


@lru_cache(maxsize=1 << 16)
def fingerprint(title: str) -> str:
    """The key of a paper of which only the title is known: `t-` and 16 letters (75 bits)."""
    folded = fold_title(title) or " ".join(title.split()).casefold()
    return "t-" + _letters(folded, 16)


def is_fingerprint(key: str) -> bool:
    """Whether a key is a title's fingerprint."""
    return key.startswith("t-") and len(key) >= 18


def key_of(ids: dict[str, str], title: str) -> str:
    """What a record says the paper is: arXiv id, else DOI, else ACL id, else fingerprint."""
    return ids.get("arxiv") or ids.get("doi") or ids.get("acl") or fingerprint(title)


_PLAIN = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")
_ARXIV_KEY = re.compile(r"(?:(\d{4})\.\d{4,5}|[a-z-]+/(\d{4})\d{3})")
_SLUG_CUT = re.compile(r"[^a-z0-9]+")


def slug(text: str, limit: int = 60) -> str:
    """Words of a text as a-z, 0-9 and hyphens, at most `limit` characters, cut between words."""
    ascii_text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS_OF_SLUG))
    words = _SLUG_CUT.sub("-", _COMBINING.sub("", ascii_text)).strip("-")
    if len(words) > limit:
        cut = words.rfind("-", 0, limit + 1)
        words = words[: cut if cut > limit // 2 else limit].strip("-")
    return words


_LETTERS_OF_SLUG = str.maketrans(
    _GREEK | {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "'": "", "’": ""}
)


def paper_path(key: str, title: str) -> str:
    """The page of a paper: a function of its birth key (and, for its slug, of its first title).

    `papers/SHARD/NAME.html`; SHARD is YYMM for arXiv ids, else two letters of the key's hash. A key
    of a-z, 0-9, "." and "-" up to 40 long is its own name; any other, and a fingerprint, becomes
    a slug of at most 60 characters and eight letters of the key's hash.
    """
    arxiv = _ARXIV_KEY.fullmatch(key)
    shard = (arxiv[1] or arxiv[2]) if arxiv else _letters(key, 2)
    if _PLAIN.fullmatch(key) and not is_fingerprint(key) and not key.endswith((".", "-")):
        return f"papers/{shard}/{key}.html"
    words = slug(title if is_fingerprint(key) else key)
    return f"papers/{shard}/{words}-{_letters(key, 8)}.html".replace("/-", "/")
