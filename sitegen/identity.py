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
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import unquote

# arXiv: https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV = re.compile(
    r"(?:^|(?:arxiv\.org|alphaxiv\.org|huggingface\.co|arxiv\.dev)/(?:[a-z]+/)+"
    r"|(?:oai:)?arxiv(?:\.org)?[:./]\s*|10\.48550/arxiv\.)"
    r"(?:(?P<new>\d{4}\.\d{4,5})|(?P<old>[a-z-]+(?:\.[a-z-]{2})?/\d{7}))"
    r"(?:v\d+)?(?:\.pdf)?(?=$|[^\w./-]|[./](?:$|[\s?#]))",
    re.IGNORECASE | re.ASCII,
)
# DOI handbook, section 2.2: "10." registrant "/" suffix; case-insensitive.
_DOI_URL = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/([^?#]+)", re.IGNORECASE)
_DOI = re.compile(r"(?:^|doi\.org/|doi:?\s*)(10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"]+)", re.IGNORECASE)
_SENTENCE = ".,;:'"  # what a sentence, not a DOI, ends with
_ARXIV_DOI = "10.48550/arxiv."
# SICI (ANSI/NISO Z39.56), whose "<…>" tells the papers of one issue apart: in Wiley's old DOIs.
_SICI = re.compile(r"/\(?sici\)?")
# ACL Anthology: https://aclanthology.org/info/ids/
_ACL = re.compile(
    r"(?:^|aclanthology\.org/|aclweb\.org/anthology/(?:[A-Z]/[A-Z]\d\d/)?|10\.(?:18653|3115)/v1/)"
    r"(?P<id>[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)(?:v\d+)?(?:\.(?:pdf|bib|xml))?"
    r"(?=/?$|/?[\s?#])",
    re.IGNORECASE | re.ASCII,
)


def arxiv_id(text: str) -> str | None:
    """The arXiv id (no version) in an id, `arXiv:…`, OAI id, DOI or URL; None when there is none.

    >>> arxiv_id("http://arxiv.org/abs/astro-ph/0601001v2")
    'astro-ph/0601001'
    """
    found = _ARXIV.search(text.strip())
    if found is None:
        return None
    new: str | None = found["new"]
    if new:
        return new if 1 <= int(new[2:4]) <= 12 else None
    archive, number = found["old"].split("/")
    # The subject class of old ids (math.GT/0309136) is not part of the identity.
    return f"{archive.split('.')[0].lower()}/{number}"


def doi(text: str) -> str | None:
    """The DOI in a DOI or its URL, in lower case; None when there is none.

    An arXiv DOI (10.48550/arXiv.…) is an arXiv id and nothing else.
    """
    address = _DOI_URL.search(text)
    found = _DOI.search(unquote(address[0]) if address else text.strip())
    if found is None:
        return None
    name = found[1].lower()
    if not name.isprintable():  # controls, and what turns the direction of a line
        return None
    if "<" in name and not _SICI.search(name):
        name = name[: name.index("<")]
    name = name.rstrip(_SENTENCE)
    while name.endswith(")") and name.count(")") > name.count("("):
        name = name[:-1].rstrip(_SENTENCE)
    return None if name.startswith(_ARXIV_DOI) or name.endswith("/") else name


def acl_id(text: str) -> str | None:
    """The ACL Anthology id in an id, URL or DOI of the Anthology's; None when there is none."""
    found = _ACL.search(text.strip())
    if found is None:
        return None
    name: str = found["id"]
    return name.upper() if name[0].isalpha() else name.lower()


_SCHEMES = {"arxiv": arxiv_id, "doi": doi, "acl": acl_id}


def normal_ids(ids: Mapping[str, str]) -> dict[str, str]:
    """Identifiers as they are compared, without what is none; an arXiv DOI gives the arXiv id.

    Readers may come from anyone: papers are joined by what stands here.
    """
    found = {}
    for scheme, value in ids.items():
        known = _SCHEMES.get(scheme)
        normal = known(value) if known else value.strip()
        if normal and normal.isprintable():
            found[scheme] = normal
    if "arxiv" not in found and _ARXIV_DOI in ids.get("doi", "").lower():
        arxiv = arxiv_id(ids["doi"])
        if arxiv:
            found["arxiv"] = arxiv
    return found


_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "omega",
}  # fmt: skip
_LETTERS = str.maketrans(
    {chr(code): None for code in range(128) if not chr(code).isalnum()}
    | _GREEK
    | {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
        "ħ": "h", "&": "and", "+": "plus", "@": "at", "#": "sharp", "∞": "infty", "×": "x",
        "∇": "nabla", "∂": "partial",
    }
)  # fmt: skip
_COMBINING = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[\W_]+")
# Markup of titles in HTML, JATS and MathML; "<mask>" is a word of a title.
_TAG = re.compile(
    r"</?(?:(?:jats|mml|m):[a-z-]+|i|b|u|em|strong|sub|sup|sc|tt|code|span|font|p|br|scp|inf)"
    r"(?:\s+[a-z:-]+=[^<>]{0,200})?\s?/?>"
)
# Commands that leave nothing: type, spacing, and signs that are no letters in Unicode either.
_SILENT = frozenset(
    """
    text textbf textit textsc texttt textrm textsf textsl textnormal textup textmd textless
    textgreater textsuperscript textsubscript textregistered textdegree textasciitilde
    textbackslash textbar textquotesingle mathbf mathit mathrm mathsf mathtt mathbb mathcal
    mathfrak mathscr mathnormal mathop mathbin emph bm boldsymbol pmb operatorname mbox hbox
    ensuremath uppercase lowercase underline overline rm bf it sc tt sf sl em up bfseries itshape
    scshape ttfamily sffamily rmfamily left right big bigg tiny scriptsize footnotesize small
    normalsize large huge xspace protect limits nolimits displaystyle textstyle to gets rightarrow
    leftarrow leftrightarrow longrightarrow longleftarrow longleftrightarrow uparrow downarrow
    mapsto implies iff leq le geq ge neq ne ll gg sim simeq approx equiv cong propto cdot cdotp
    dots ldots cdots bullet star ast dagger ddagger prime circ degree pm mp div setminus in notin
    cup cap subset subseteq supset oplus otimes wedge vee neg langle rangle lvert rvert vert mid
    parallel perp forall exists checkmark triangle square quad qquad newline linebreak noindent
    sqrt hat bar tilde vec dot ddot widehat widetilde colon textendash textemdash
    textquoteright textquoteleft textquotedblleft textquotedblright
    """.split()  # noqa: SIM905 - a table of words is to be read
)
_COMMAND = re.compile(r"\\(?:([a-z]+)\*?|([`'^\"~=.]))\s*")
_COLOUR = re.compile(r"\\(?:text)?color\s*\{[^{}]{0,60}\}")
# Accents that LaTeX names by a letter, and letters that it names.
_ACCENTS = frozenset("uvhtcdbrk")
_NAMED = {"ss": "ss", "oe": "oe", "ae": "ae", "aa": "a", "o": "o", "l": "l", "i": "i", "j": "j",
          "dj": "d", "dh": "d", "th": "th", "ng": "ŋ", "times": "x", "ell": "l",
          "texttrademark": "tm"}  # fmt: skip
# The same where a capture lost the backslash: only names that no title has as a word of its own.
_BARE_COMMAND = re.compile(
    r"math(?:cal|bb|bf|rm|sf|it|frak)|text(?:sc|bf|it|tt|rm|sf|less|greater)|scriptsize"
    r"|(?:long)?(?:leftright|left|right|up|down)arrow"
)
_BRACED_COMMAND = re.compile(
    r"(?<![a-z])(?:emph|mbox|bm|boldsymbol|operatorname|underline|ensuremath)(?=\{)"
)
_TIMES = re.compile(r"(?<=\d)\s*times\s*(?=\d)|(?<=\d)\s*times\b")
_ELL = re.compile(r"\bell(?=[_^])")
_VARIANT = re.compile(r"var(epsilon|phi|theta|rho|sigma|pi|kappa)(?![a-z])")


def _spelled_out(command: re.Match[str]) -> str:
    r"""What a LaTeX command leaves: nothing, a letter, or its name (`\alpha`)."""
    name = command[1]
    if name is None or name in _ACCENTS:
        return ""
    return _NAMED.get(name) or ("" if name in _SILENT else f"{name} ")


def _without_latex(text: str) -> str:
    if "\\" in text:
        text = _COMMAND.sub(_spelled_out, _COLOUR.sub("", text))
    if "{" in text:
        text = _BRACED_COMMAND.sub("", text)
    if "times" in text:
        text = _TIMES.sub("x", text)
    if "ell" in text:
        text = _ELL.sub("l", text)
    if "var" in text:
        text = _VARIANT.sub(r"\1", text)
    return text


def fold_title(title: str) -> str:
    r"""A title as sources agree on it: letters and digits alone, in lower case.

    Unicode compatibility forms, accents, case, white space, punctuation, a trailing period, HTML
    entities and tags, LaTeX accents, type commands and math markup are folded away; Greek letters
    and some signs become the names that LaTeX has for them, so that `α-β`, `$\alpha$-$\beta$` and
    `alpha-beta` agree. Empty where nothing is left.
    """
    text = title
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    text = text.casefold()
    if "<" in text:
        text = _TAG.sub("", text)
    text = _without_latex(text).translate(_LETTERS)
    if not text.isascii():
        text = _NOT_WORD.sub("", unicodedata.normalize("NFC", _COMBINING.sub("", text)))
    if "text" in text or "math" in text or "arrow" in text or "scriptsize" in text:
        text = _BARE_COMMAND.sub("", text)
    return text


_PAIRS = [chr(97 + low) + chr(97 + high) for high in range(26) for low in range(26)]


def _letters(data: str, count: int) -> str:
    """`count` (even) letters a-z from the SHA-256 of a text, 4.7 bits each."""
    number = int.from_bytes(hashlib.sha256(data.encode("utf-8", "surrogatepass")).digest()[:16])
    out = ""
    for _ in range(count // 2):
        number, pair = divmod(number, 676)
        out += _PAIRS[pair]
    return out


@lru_cache(maxsize=1 << 16)
def fingerprint(title: str) -> str:
    """The key of a paper of which only the title is known: `t-` and 16 letters (75 bits)."""
    folded = fold_title(title) or " ".join(title.split()).casefold()
    return "t-" + _letters(folded, 16)


def is_fingerprint(key: str) -> bool:
    """Whether a key is a title's fingerprint, or a namesake's made from one."""
    return key.startswith("t-") and len(key) >= 18


def key_of(ids: Mapping[str, str], title: str) -> str:
    """What a record says the paper is: arXiv id, else DOI, else ACL id, else fingerprint."""
    return ids.get("arxiv") or ids.get("doi") or ids.get("acl") or fingerprint(title)


def namesake_key(key: str, names: Iterable[str]) -> str:
    """The key of another paper by other people that has a key's title, and no identifier."""
    return f"{key}~{_letters(' '.join(sorted(names)), 8)}"


# A key that is a file name as it stands. It begins with a digit and has a dot, as arXiv ids and
# the Anthology's have: no slug has a dot, and no name that Windows reserves begins with a digit.
_PLAIN = re.compile(r"[0-9][a-z0-9-]*\.[a-z0-9.-]*[a-z0-9]")
_PLAIN_LENGTH = 40
_ARXIV_KEY = re.compile(r"([0-9]{4})\.[0-9]{4,5}|[a-z-]+/([0-9]{4})[0-9]{3}")
_SLUG_CUT = re.compile(r"[^a-z0-9]+")
_SLUG_LETTERS = str.maketrans(
    _GREEK | {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "'": "", "’": ""}
)


def slug(text: str, limit: int = 60) -> str:
    """Words of a text as a-z, 0-9 and hyphens, at most `limit` characters, cut between words."""
    # Names and titles are short; what hostile ones have beyond is cut off either way.
    text = text[: 8 * limit]
    plain = text if text.isascii() else _COMBINING.sub("", unicodedata.normalize("NFKD", text))
    words = _SLUG_CUT.sub("-", plain.casefold().translate(_SLUG_LETTERS)).strip("-")
    if len(words) > limit:
        cut = words.rfind("-", 0, limit + 1)
        words = words[: cut if cut > limit // 2 else limit].strip("-")
    return words


def paper_path(key: str, title: str) -> str:
    """The page of a paper: a function of its birth key (and, for its slug, of its first title).

    `papers/SHARD/NAME.html`; SHARD is YYMM for arXiv ids, else two letters of the key's hash. A key
    of a-z, 0-9, "." and "-" up to 40 long is its own name; any other, and a fingerprint, becomes
    a slug of at most 60 characters and eight letters of the key's hash.
    """
    arxiv = _ARXIV_KEY.fullmatch(key)
    if arxiv:
        shard = arxiv[1] or arxiv[2]
        name = key if arxiv[1] else f"{slug(key)}-{_letters(key, 8)}"
        return f"papers/{shard}/{name}.html"
    letters = _letters(key, 8)
    if len(key) <= _PLAIN_LENGTH and _PLAIN.fullmatch(key):
        return f"papers/{letters[:2]}/{key}.html"
    words = slug(title if is_fingerprint(key) else key)
    name = f"{words}-{letters}" if words else letters
    return f"papers/{letters[:2]}/{name}.html"
