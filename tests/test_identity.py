"""Identifiers, fingerprints and paths: what published addresses are made from."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.identity import (
    acl_id,
    arxiv_id,
    doi,
    fingerprint,
    fold_title,
    is_fingerprint,
    key_of,
    namesake_key,
    normal_ids,
    paper_path,
    slug,
)

# Ways in which sources spell one title.
SAME = [
    ("Attention Is All You Need", "Attention is all you need."),
    ("BERT: Pre-training of Deep Networks", "BERT – Pre-Training of Deep  Networks"),
    ("GPT‐4’s “Sparks”", "GPT-4's ``Sparks''"),
    ("Learning from α-β Data", r"Learning from $\alpha$-$\beta$ Data"),
    ("Learning from α-β Data", "Learning from alpha-beta Data"),
    ("Learning from ε", r"Learning from $\varepsilon$"),
    ("Learning from ϵ", "Learning from varepsilon"),
    ("π0: A Model", r"$\pi_0$: A Model"),
    ("π₀: A Model", "pi_0: A Model"),
    ("360° Images", r"$360^\circ$ Images"),
    ("360° Images", r"360$^{\circ}$ Images"),
    ("Text → Image", r"Text $\rightarrow$ Image"),
    ("Text → Image", r"Text \to Image"),
    ("Text → Image", "Text rightarrow Image"),
    ("Text ↔ Image", r"Text $\leftrightarrow$ Image"),
    ("Text ↔ Image", "Text leftrightarrow Image"),
    ("64×64 Images", r"$64\times64$ Images"),
    ("64×64 Images", "64times64 Images"),
    ("64×64 Images", "64 x 64 images"),
    ("10× Faster Decoding", "10 Times Faster Decoding"),
    ("10 times faster decoding", "10 TIMES FASTER DECODING"),
    ("ℓ₂ Regularization", r"$\ell_2$ Regularization"),
    ("ℓ₂ Regularization", "ell_2 Regularization"),
    ("O(n²) Is Enough", "$O(n^2)$ is enough"),
    ("O(n²) Is Enough", "O(n<sup>2</sup>) is enough"),
    ("𝒪(n) Attention", r"$\mathcal{O}(n)$ Attention"),
    ("O(n) Attention", "mathcal{O}(n) Attention"),
    ("Sampling in ℝ^d", r"Sampling in $\mathbb{R}^d$"),
    ("∞-Former", r"$\infty$-former"),
    ("FLaws in Reasoning", "scriptsizeFLaws in Reasoning"),
    ("The CoT Collection", r"The \textsc{CoT} Collection"),
    ("The CoT Collection", r"{\em The} {CoT} \textbf{Collection}"),
    ("The CoT Collection", "The textsc{CoT} emph{Collection}"),
    ("The CoT Collection", r"The \textcolor{blue}{CoT} Collection"),
    ("Our Tool Finds Bugs", r"Our \tool\ finds bugs"),
    ("Erdős and Łukasiewicz", r"Erd\H{o}s and {\L}ukasiewicz"),
    ("Erdős and Łukasiewicz", r"Erd{\H o}s and \L ukasiewicz"),
    ("Erdős", "Erd&#337;s"),
    ("Gödel, Poincaré, Čech", r"G{\"o}del, Poincar\'{e}, \v{C}ech"),
    ("Gödel, Poincaré, Čech", r"G\"odel, Poincar{\'e}, \v Cech"),
    ("Gödel, Poincaré, Čech", "G&ouml;del, Poincar&eacute;, &#268;ech"),
    ("Gödel", "Go\N{COMBINING DIAERESIS}del"),
    ("naïve", r"na{\"\i}ve"),
    ("Straße", r"Stra{\ss}e"),
    ("Ångström and Øre", r"{\AA}ngstr\"om and {\O}re"),
    ("smørrebrød", r"sm{\o}rrebr{\o}d"),
    ("Search & Rescue", "Search and Rescue"),
    ("Search & Rescue", r"Search \& Rescue"),
    ("Search & Rescue", "Search &amp; Rescue"),
    ("C++ at 66%", r"C++ at 66\%"),
    ("<i>In vivo</i> CO<sub>2</sub>", "In Vivo CO2"),
    ("<i>In vivo</i> study", "&lt;i&gt;In vivo&lt;/i&gt; study"),
    ("<jats:italic>In vivo</jats:italic> study", "In vivo study"),
    ('<span class="x">In vivo</span> study', "In vivo study"),
    ("ﬁne-tuning", "fine-tuning"),
    ("ＧＰＴ", "GPT"),
    ("A Model™", r"A Model\texttrademark"),
    ("{F}ew-{S}hot {L}earning", "Few-Shot Learning"),
    ("A\u00a0B\u2009C", "A B C"),
    ("soft\u00adware", "software"),
    ("ガンマ線", "カ\u3099ンマ線"),
]

DIFFERENT = [
    ("Part I", "Part II"),
    ("GPT-3", "GPT-4"),
    ("C++", "C"),
    ("C#", "C"),
    ("α-Net", "β-Net"),
    ("<mask> Tokens", "Tokens"),
    ("カ", "ガ"),
    ("深度学习", "强化学习"),
    ("1.5 Bits", "1 Bit"),
    ("Learning to Rank", "Learning Rank"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_title_agree(one, other):
    assert fold_title(one) == fold_title(other)
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_titles_differ(one, other):
    assert fold_title(one) != fold_title(other)
    assert fingerprint(one) != fingerprint(other)


@pytest.mark.parametrize(
    ("title", "folded"),
    [
        ("Attention Is All You Need", "attentionisallyouneed"),
        (r"$\alpha$-β: C++ & {\L}\'{o}d\'{z}", "alphabetacplusplusandlodz"),
        ("π₀.₅ at 10× Speed", "pi05at10xspeed"),
        ("深度学习 2.0", "深度学习20"),
        ("!?", ""),
        ("", ""),
    ],
)
def test_folded_titles_stay_as_they_are(title, folded):
    assert fold_title(title) == folded


def test_fingerprints_stay_as_they_are():
    # Feed ids and addresses of published papers: never change an expectation here.
    assert fingerprint("Attention Is All You Need") == "t-tftytimavsgjvzsk"
    assert fingerprint("深度学习 2.0") == "t-mkpbbadouultyabm"
    assert fingerprint("!?") == "t-uvhuaczfggdkcwra"
    assert fingerprint("\ud800") == "t-kckxvmdwmguqnntv"
    assert namesake_key(fingerprint("Preface"), {"smith", "ann"}) == "t-osjslzsyfiikzhgx~nqnuwoii"


def test_paths_stay_as_they_are():
    # Addresses of published papers: never change an expectation here.
    title = "Erdős–Rényi, 3D & the “π” of 100 Things That Are Longer Than an Address Should Be"
    paths = [
        paper_path(key, title)
        for key in (
            "2405.12345",
            "0704.0001",
            "astro-ph/0601001",
            "10.1145/3292500.3330701",
            "2025.gem-1.3",
            "P18-1001",
            fingerprint(title),
            namesake_key(fingerprint(title), {"smith"}),
        )
    ]
    assert paths == [
        "papers/2405/2405.12345.html",
        "papers/0704/0704.0001.html",
        "papers/0601/astro-ph-0601001-leqvzmtd.html",
        "papers/cx/10-1145-3292500-3330701-cxhsafgz.html",
        "papers/ox/2025.gem-1.3.html",
        "papers/zx/p18-1001-zxwjmzqe.html",
        "papers/il/erdos-renyi-3d-the-pi-of-100-things-that-are-longer-than-an-ilqgstyt.html",
        "papers/uh/erdos-renyi-3d-the-pi-of-100-things-that-are-longer-than-an-uhdvtypp.html",
    ]
    assert paper_path(fingerprint("深度"), "深度") == "papers/hm/hmywzvbi.html"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2405.12345", "2405.12345"),
        (" 2405.12345v12 ", "2405.12345"),
        ("0704.0001", "0704.0001"),
        ("arXiv:2405.12345v2 [cs.CL]", "2405.12345"),
        ("arXiv preprint arXiv:2405.12345, 2024", "2405.12345"),
        ("arXiv.2405.12345", "2405.12345"),
        ("oai:arXiv.org:2405.12345", "2405.12345"),
        ("oai:arXiv.org:hep-th/9901001", "hep-th/9901001"),
        ("https://arxiv.org/abs/2405.12345v2", "2405.12345"),
        ("https://arxiv.org/pdf/2405.12345v2.pdf", "2405.12345"),
        ("http://export.arxiv.org/abs/2405.12345?context=cs", "2405.12345"),
        ("https://arxiv.org/html/2405.12345v1#S1", "2405.12345"),
        ("https://arxiv.org/html/2405.12345v1/#S1", "2405.12345"),
        ("https://huggingface.co/papers/2405.12345", "2405.12345"),
        ("https://www.alphaxiv.org/abs/2405.12345", "2405.12345"),
        ("https://ar5iv.labs.arxiv.org/html/2405.12345", "2405.12345"),
        ("See https://arxiv.org/abs/2405.12345.", "2405.12345"),
        ("10.48550/arXiv.2405.12345", "2405.12345"),
        ("https://doi.org/10.48550/ARXIV.2405.12345", "2405.12345"),
        ("math.GT/0309136", "math/0309136"),
        ("http://arxiv.org/abs/math/0309136v1", "math/0309136"),
        ("https://arxiv.org/abs/cs.CL/0309136", "cs/0309136"),
        ("COND-MAT/9901001", "cond-mat/9901001"),
        ("2405.123456", None),
        ("2405.123", None),
        ("2413.12345", None),
        ("2400.12345", None),
        ("12405.12345", None),
        ("10.1145/2405.12345", None),
        ("version 2405.12345", None),
        ("https://example.org/2405.12345", None),
        ("2405.12345-x", None),
        ("٢٤٠٥.١٢٣٤٥", None),
        ("astro-ph/060100", None),
        ("", None),
    ],
)
def test_arxiv_ids(text, found):
    assert arxiv_id(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("https://doi.org/10.1145/ABC.Def", "10.1145/abc.def"),
        ("http://dx.doi.org/10.1145/abc?via=x#y", "10.1145/abc"),
        ("https://doi.org/10.1002%2Fabc", "10.1002/abc"),
        ("doi:10.1145/abc", "10.1145/abc"),
        ("DOI 10.1145/abc.", "10.1145/abc"),
        ("(doi: 10.1145/abc)", "10.1145/abc"),
        ("10.1016/S0140-6736(20)30183-5", "10.1016/s0140-6736(20)30183-5"),
        (
            "10.1002/(SICI)1097-4571(1998)49:8<693::AID-ASI4>3.0.CO;2-O",
            "10.1002/(sici)1097-4571(1998)49:8<693::aid-asi4>3.0.co;2-o",
        ),
        (
            "https://doi.org/10.1002/(SICI)1097-4571(1998)49:8%3C693::AID-ASI4%3E3.0.CO;2-O",
            "10.1002/(sici)1097-4571(1998)49:8<693::aid-asi4>3.0.co;2-o",
        ),
        ("<doi>https://doi.org/10.1145/abc</doi>", "10.1145/abc"),
        ("10.1000.10/abc", "10.1000.10/abc"),
        ("10.48550/arXiv.2405.12345", None),
        ("10.12/abc", None),
        ("10.1145/", None),
        ("110.1145/abc", None),
        ("x", None),
        ("", None),
    ],
)
def test_dois(text, found):
    assert doi(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025.gem-1.3", "2025.gem-1.3"),
        ("2020.ACL-main.12", "2020.acl-main.12"),
        ("p18-1001", "P18-1001"),
        ("https://aclanthology.org/P18-1001/", "P18-1001"),
        ("https://aclanthology.org/P18-1001v2.pdf", "P18-1001"),
        ("https://aclanthology.org/2025.gem-1.3.bib", "2025.gem-1.3"),
        ("https://www.aclweb.org/anthology/P/P18/P18-1001", "P18-1001"),
        ("https://doi.org/10.18653/v1/P18-1001", "P18-1001"),
        ("10.3115/v1/P14-1001", "P14-1001"),
        ("2025.gem-1", None),
        ("P18-100", None),
        ("P18-10011", None),
        ("https://example.org/P18-1001", None),
        ("", None),
    ],
)
def test_acl_ids(text, found):
    assert acl_id(text) == found


def test_ids_are_compared_in_one_form():
    assert normal_ids({"arxiv": "arXiv:2405.12345v3", "doi": "https://doi.org/10.1/X"}) == {
        "arxiv": "2405.12345"
    }
    assert normal_ids({"doi": "10.48550/arXiv.2405.12345"}) == {"arxiv": "2405.12345"}
    assert normal_ids({"doi": "10.1145/ABC", "acl": "p18-1001", "s2": " x "}) == {
        "doi": "10.1145/abc",
        "acl": "P18-1001",
        "s2": "x",
    }
    # An empty id would join everything that has one.
    assert normal_ids({"arxiv": "", "doi": " ", "acl": "-", "s2": " "}) == {}


def test_keys_prefer_arxiv_then_doi_then_acl():
    ids = {"acl": "P18-1001", "doi": "10.1145/abc", "arxiv": "2405.12345"}
    assert key_of(ids, "T") == "2405.12345"
    del ids["arxiv"]
    assert key_of(ids, "T") == "10.1145/abc"
    del ids["doi"]
    assert key_of(ids, "T") == "P18-1001"
    assert key_of({"s2": "1"}, "T") == fingerprint("T")


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Attention Is All You Need", 60, "attention-is-all-you-need"),
        ("Don’t Stop – Ünïcode ℝ & ™", 60, "dont-stop-unicode-r-tm"),
        ("α and Øre", 60, "alpha-and-ore"),
        ("  --  ", 60, ""),
        ("深度", 60, ""),
        ("one two three", 7, "one-two"),
        ("one two three", 6, "one-tw"),
        ("one two three", 8, "one-two"),
        ("internationalization", 5, "inter"),
        ("x" * 100, 60, "x" * 60),
    ],
)
def test_slugs(text, limit, expected):
    assert slug(text, limit) == expected


titles = st.one_of(
    st.text(max_size=120),
    st.text(alphabet=string.ascii_letters + " -_.'$\\{}^<>&;αβ²éł", max_size=120),
)
keys = st.one_of(
    st.from_regex(r"(?a)\A\d{4}\.\d{4,5}\Z"),
    st.from_regex(r"(?a)\A[a-z-]{2,8}/\d{7}\Z"),
    st.from_regex(r"(?a)\A10\.\d{4,5}/[!-~]{1,60}\Z"),
    st.from_regex(r"(?a)\A\d{4}\.[a-z0-9_]{1,8}-[a-z0-9_]{1,8}\.\d{1,3}\Z"),
    st.from_regex(r"(?a)\A[A-Z]\d\d-\d{4}\Z"),
    titles.map(fingerprint),
    st.text(min_size=1, max_size=60),
)
# https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
DEVICES = {"CON", "PRN", "AUX", "NUL"} | {f"{n}{i}" for n in ("COM", "LPT") for i in range(10)}
RESERVED = ["con", "aux", "nul.1", "com1.x", "CON", "lpt1"]


@given(key=keys, title=titles)
@example(key="con", title="con")
@example(key="nul.1", title="")
@example(key="t-" + "a" * 16, title="aux")
@example(key="2405.", title="")
def test_paths_are_safe_on_every_file_system(key, title):
    path = paper_path(key, title)
    folder, shard, name = path.split("/")
    assert folder == "papers"
    assert path == path.lower()
    assert set(path) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-/")
    assert len(shard) in {2, 4}
    assert len(name) <= 60 + 1 + 8 + len(".html")
    assert name.endswith(".html")
    assert not name.startswith((".", "-"))
    assert ".." not in path or key.count("..")
    assert name.partition(".")[0].upper() not in DEVICES


@given(st.lists(st.tuples(keys, titles), max_size=8, unique_by=lambda pair: pair[0]))
def test_no_two_keys_share_a_path(pairs):
    paths = [paper_path(key, title).casefold() for key, title in pairs]
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize("key", RESERVED)
def test_reserved_names_are_no_file_names(key):
    assert paper_path(key, key).split("/")[-1].partition(".")[0].upper() not in DEVICES


def test_one_title_in_a_longer_one_has_another_path():
    # The slug is cut; the letters of the hash tell them apart.
    one, other = "word " * 30, "word " * 31
    assert paper_path(fingerprint(one), one) != paper_path(fingerprint(other), other)


@given(titles)
def test_fingerprints_do_not_look_at_space_or_case(title):
    assert is_fingerprint(fingerprint(title))
    assert fingerprint(f"  {title}\n") == fingerprint(title)


@given(st.text(alphabet=string.ascii_letters + string.digits + " -,:.", max_size=80))
def test_folds_ignore_case_and_punctuation(title):
    assert fold_title(title.upper()) == fold_title(title)
    assert fold_title(title.replace("-", "–").replace(",", "")) == fold_title(title)


def test_a_hostile_title_is_folded_in_one_pass():
    # Quadratic patterns would make these minutes.
    for unit in ("\\", "<i ", "{\\em ", "1 times ", "&#1;", "var", "\\color{", "text", "é"):
        fold_title(unit * 200_000)
        slug(unit * 200_000)
