"""The script's words, stems and identifiers are those of the index."""

from __future__ import annotations

import itertools
import random
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from sitegen.identity import acl_id, arxiv_id, doi
from sitegen.search.words import STOP_WORDS, Words, fold, split
from tests.search.engine import THEME, node, scripts
from tests.search.test_words import TERMS

DUMPS = Path(__file__).parents[1] / "dumps"
SUFFIXES = """
s es ed eed ing ingly edly y ly ies ied ational tional enci anci izer abli alli entli eli ousli
ization ation ator alism iveness fulness ousness aliti iviti biliti ogi ogist lessli icate ative
alize iciti ical ful ness al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize
ion sion tion e l ll us ss sses
"""
STEMS = """
a b be at y yes say boy by die tie skies news inning past pasted gener commun arsen inter even succ
proc exc hop hopp fall fail fil fizz size bl iz egg add odd rap trap dyn syz log cat relat condition
rational valen hesit digit conform radic differ vile analog vietnam predict oper feudal decis hope
call form sensit sensib triplic electr good reviv allow infer air gyro adjust defens irrit replac
depend adopt commun activ angular homolog effect bowdler prob rate cease control roll eye ye yy
layer played annoy enjoy
"""


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scripts(tmp_path_factory.mktemp("scripts"))


def call(modules: Path, module: str, name: str, calls: list[list[Any]]) -> list[Any]:
    found: list[Any] = node(
        "functions.mjs", modules, given={"module": module, "name": name, "calls": calls}
    )
    return found


def words_of_dumps() -> set[str]:
    texts = (path.read_text(encoding="utf-8", errors="ignore") for path in DUMPS.rglob("*.txt"))
    return {word for text in texts for word in re.findall("[a-z]+", text.lower())}


def test_both_stem_alike(modules: Path) -> None:
    stem = Words().stem
    stems, suffixes = STEMS.split(), SUFFIXES.split()
    made = {a + b for a in stems for b in ("", *suffixes)}
    made |= {a + b + c for a, b, c in itertools.product(stems[::3], suffixes, suffixes[::3])}
    made |= words_of_dumps()
    words = sorted(word for word in made if len(word) <= 32)
    assert len(words) > 20_000
    found = call(modules, "search-words.js", "stem", [[word] for word in words])
    assert dict(zip(words, found, strict=True)) == {word: stem(word) for word in words}


def ours(text: str) -> list[list[Any]]:
    """The terms of a text's tokens as the script gives them, without tokens that give none."""
    words = Words()
    found: list[list[Any]] = []
    place = 0
    for token in split(text):
        given = words(token)
        found += ([place + at, term] for at, term in given.terms)
        place += given.width
    return sorted(found)


def theirs(tokens: list[dict[str, Any]]) -> list[list[Any]]:
    found: list[list[Any]] = []
    place = 0
    for token in tokens:
        found += ([place + at, term] for at, term in token["terms"])
        place += token["width"]
    return sorted(found)


def random_texts(count: int) -> list[str]:
    """Texts of letters of many scripts, marks, digits, hyphens and what stands between words."""
    source = random.Random(5)
    letters = (
        "abcdefgh ABCXYZ éüñçøßœŁİıΣσςα ΔЖжий אבגد مرک हिन्दी ไทย 視频生成カタガ한국어 ﬁＡ①²½™µ"
    )
    between = " -‐‑–—.,;:!?'’\"()/_$%&*+=@#~\u0301\u0308\u200b\u00ad\n\t"
    alphabet = letters.replace(" ", "") * 3 + between + " " * 40
    return ["".join(source.choices(alphabet, k=40)) for _ in range(count)]


def test_both_cut_texts_alike(modules: Path) -> None:
    texts = [text for text, _ in TERMS] + random_texts(2_000)
    texts += [path.read_text(encoding="utf-8", errors="ignore") for path in DUMPS.rglob("*.md")]
    texts = [unicodedata.normalize("NFC", text) for text in texts]
    found = call(modules, "search-words.js", "tokens", [[text] for text in texts])
    for text, tokens in zip(texts, found, strict=True):
        assert theirs(tokens) == ours(text), repr(text)
        for token in tokens:
            assert 0 <= token["start"] < token["end"]


def test_both_fold_alike(modules: Path) -> None:
    every = [chr(code) for code in range(0x3000) if chr(code).isalnum()]
    found = call(modules, "search-words.js", "fold", [[letter] for letter in every])
    differ = {a: b for a, b in zip(every, found, strict=True) if fold(a) != b}
    assert differ == {}


def test_both_pass_over_the_same_words() -> None:
    text = (THEME / "search-words.js").read_text(encoding="utf-8")
    listed = re.search(r"STOP_WORDS = new Set\((.*?)\);", text, re.DOTALL)
    assert listed
    assert set(" ".join(re.findall('"([^"]{9,})"', listed[1])).split()) == STOP_WORDS


IDS = {
    "2405.15738": "2405.15738",
    "arXiv:2405.15738v2": "2405.15738",
    "https://arxiv.org/abs/2405.15738": "2405.15738",
    "https://arxiv.org/pdf/2405.15738v1.pdf": "2405.15738",
    "https://huggingface.co/papers/2405.15738?ref=x": "2405.15738",
    "10.48550/arXiv.2405.15738": "2405.15738",
    "astro-ph/0601001": "astro-ph/0601001",
    "http://arxiv.org/abs/math.GT/0309136v1": "math/0309136",
    "10.1145/3442188.3445922": "10.1145/3442188.3445922",
    "https://doi.org/10.1145/3442188.ABC": "10.1145/3442188.abc",
    "2025.gem-1.3": "2025.gem-1.3",
    "P08-1001": "p08-1001",
    "https://aclanthology.org/P08-1001/": "p08-1001",
    "https://aclanthology.org/2025.gem-1.3.pdf": "2025.gem-1.3",
}


def test_the_script_knows_the_identifiers_that_sitegen_knows(modules: Path) -> None:
    found = call(modules, "search-query.js", "identifiers", [[text] for text in IDS])
    for (text, expected), ids in zip(IDS.items(), found, strict=True):
        assert f"={expected}" in ids, text
        known = arxiv_id(text) or acl_id(text) or doi(text)
        assert (known or "").lower() == expected
    nothing = ["video", "2024", "gpt-4", "in-context", "12.5", "text/image"]
    found = call(modules, "search-query.js", "identifiers", [[text] for text in nothing])
    assert found == [[]] * len(nothing)
