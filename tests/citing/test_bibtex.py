import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.citing import bibtex
from sitegen.model import Details, Listing, Paper

bibtexparser = pytest.importorskip("bibtexparser", reason="bibtexparser is not installed")
middlewares = pytest.importorskip("bibtexparser.middlewares", reason="needs bibtexparser 2")


def paper(title="A Title", key="k", **fields):
    light = {name: fields.pop(name) for name in ("ids", "published", "listings") if name in fields}
    return Paper(
        key=key,
        path="papers/k.html",
        digest=b"",
        title=title,
        fetch=lambda: Details(**fields),
        **light,
    )


def read(text, *also):
    """The one entry that a BibTeX parser finds, as fields by name."""
    library = bibtexparser.parse_string(text, append_middleware=list(also))
    assert not library.failed_blocks
    (entry,) = library.blocks
    return {"type": entry.entry_type, "key": entry.key} | {
        field.key: field.value for field in entry.fields
    }


COMMANDS = {
    "backslash": "\\",
    "braceleft": "{",
    "braceright": "}",
    "asciitilde": "~",
    "asciicircum": "^",
    "less": "<",
    "greater": ">",
    "bar": "|",
}


def plain(latex):
    """What LaTeX prints of a text without formulas."""
    return re.sub(
        r"\\text([a-z]+)\{\}|\\([&%#_$])|[{}]",
        lambda m: COMMANDS[m[1]] if m[1] else m[2] or "",
        latex,
    )


def test_a_preprint_to_the_letter():
    written = bibtex(
        paper(
            "4DAnyone: Create Anyone in 4D from a Casual Monocular Video",
            key="2608.20335",
            ids={"arxiv": "2608.20335"},
            authors=("Yudong Jin", "Tao Xie"),
            published=date(2026, 8, 20),
            categories=("cs.CV", "cs.GR"),
        )
    )
    assert written == (
        "@misc{jin2026fourdanyone-qkvw,\n"
        "  title = {{4DAnyone}: Create Anyone in {4D} from a Casual Monocular Video},\n"
        "  author = {Jin, Yudong and Xie, Tao},\n"
        "  year = {2026},\n"
        "  eprint = {2608.20335},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.CV},\n"
        "  url = {https://arxiv.org/abs/2608.20335}\n"
        "}"
    )


def test_a_title_alone_is_enough():
    assert read(bibtex(paper("Attention")))["title"] == "Attention"


@pytest.mark.parametrize(
    ("venue", "kind", "field"),
    [
        ("", "misc", None),
        ("arXiv preprint", "misc", None),
        ("CoRR", "misc", None),
        ("NeurIPS 2024", "inproceedings", "booktitle"),
        ("Findings of EMNLP", "inproceedings", "booktitle"),
        ("Workshop on Natural Language Reviews", "inproceedings", "booktitle"),
        ("Transactions of the Association for Computational Linguistics", "article", "journal"),
        ("Journal of R&D", "article", "journal"),
        ("TACL", "article", "journal"),
        ("CL", "article", "journal"),
    ],
)
def test_the_venue_makes_the_type(venue, kind, field):
    found = read(bibtex(paper(venue=venue)))
    assert found["type"] == kind
    if field:
        assert plain(found[field]) == venue
    assert {"journal", "booktitle"} & set(found) == ({field} if field else set())


@pytest.mark.parametrize(
    ("ids", "url"),
    [
        ({"acl": "P08-1001", "doi": "10.1/x"}, "https://aclanthology.org/P08-1001/"),
        ({"doi": "10.1145/x_y", "arxiv": "2405.15738"}, "https://doi.org/10.1145/x_y"),
        (
            {"doi": "10.48550/arxiv.2405.15738", "arxiv": "2405.15738"},
            "https://arxiv.org/abs/2405.15738",
        ),
        ({"arxiv": "astro-ph/0601001"}, "https://arxiv.org/abs/astro-ph/0601001"),
        ({}, "https://x.example/a%20%7Bb%7D%5Cc"),
    ],
)
def test_the_most_lasting_address_is_given(ids, url):
    found = read(bibtex(paper(ids=ids, pdf="https://x.example/a {b}\\c")))
    assert found["url"] == url
    assert found.get("eprint") == ids.get("arxiv")
    assert found.get("doi") == ids.get("doi")


def test_other_addresses_are_not_given():
    assert "url" not in read(bibtex(paper(pdf="javascript:alert(1)", project="x.example")))


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ({"published": date(2023, 12, 31), "ids": {"arxiv": "2401.00001"}}, "2023"),
        ({"ids": {"arxiv": "2401.00001"}}, "2024"),
        ({"ids": {"arxiv": "astro-ph/0601001"}}, "2006"),
        ({"ids": {"arxiv": "hep-th/9901001"}}, "1999"),
        (
            {
                "listings": (
                    Listing(day=date(2026, 5, 8), file="", line=1, place=0, of=1, source=""),
                )
            },
            "2026",
        ),
        ({"listings": (Listing(day=None, file="", line=1, place=0, of=1, source=""),)}, None),
        ({}, None),
    ],
)
def test_years(fields, year):
    assert read(bibtex(paper(**fields))).get("year") == year


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("BERT and GPT-4o on ImageNet", "{BERT} and {GPT}-4o on {ImageNet}"),
        ("Is A K-Means a DeepSeek-R1?", "Is A {K}-Means a {DeepSeek}-{R1}?"),
        ("LLMs' (iPhone) 3D-aware vs. 3d", "{LLMs}' ({iPhone}) {3D}-aware vs. 3d"),
        ("TRANSLATION OF IDIOMS BY IBM", "TRANSLATION OF IDIOMS BY IBM"),
        ("R&D: 5% of #1 snake_case", r"{R}\&{D}: 5\% of \#1 snake\_case"),
        (r"{\em a}", r"\textbraceleft{}\textbackslash{}em a\textbraceright{}"),
        ("a ~ b^2", r"a \textasciitilde{} b\textasciicircum{}2"),
        ("a <c> | d", r"a \textless{}c\textgreater{} \textbar{} d"),
        ("An $O(n^2)$ bound", "An $O(n^2)$ bound"),
        (r"$\ell_2$-norms at $95%$", r"$\ell_2$-norms at $95\%$"),
        ("P$^3$Sum", "{P}$^3$Sum"),
        ("From $5 to $10 a DAY", r"From \$5 to \$10 a {DAY}"),
        (r"$\{a\}$ $\{}$", r"$\{a\}$ \$\textbackslash{}\textbraceleft{}\textbraceright{}\$"),
        ("$a{$ and $b}$", r"\$a\textbraceleft{}\$ and \$b\textbraceright{}\$"),
        ("Überraschung für ÉCOLE", "Überraschung für {ÉCOLE}"),
    ],
)  # fmt: skip
def test_titles(title, expected):
    assert read(bibtex(paper(title)))["title"] == expected


def test_authors():
    authors = ("Laurens van der Maaten", "Hal Daumé III", "Qwen Team", "Mausam", "R&D Group", " ")
    assert read(bibtex(paper(authors=authors)))["author"] == (
        r"van der Maaten, Laurens and Daumé, III, Hal and {Qwen Team} and Mausam and {R\&D Group}"
    )


@given(st.text(st.characters(exclude_characters="$", exclude_categories=["Cs"])))
@example("a" * 100 + " \\" * 30)
@example('@misc{x, } % "quoted" = {')
def test_titles_come_back_without_loss(title):
    assert plain(read(bibtex(paper(title)))["title"]) == " ".join(title.split())


@given(st.text('${}\\%&# a1"@,=', max_size=30))
def test_formulas_never_break_the_entry(title):
    found = read(bibtex(paper(title, authors=("Ann Doe",), venue=title)))
    assert found["author"] == "Doe, Ann"
    text = found["title"]
    assert text.count("{") == text.count("}")


words = st.text(st.characters(categories=["L"]) | st.sampled_from("-.'{}\\&,"), min_size=1)


@given(st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=4))
def test_authors_come_back_without_loss(authors):
    found = read(bibtex(paper(authors=tuple(authors))), middlewares.SeparateCoAuthors())["author"]
    assert len(found) == len(authors)
    for latex, name in zip(found, authors, strict=True):
        assert sorted(re.findall(r"[^\s,]", plain(latex))) == sorted(re.findall(r"[^\s,]", name))


@pytest.mark.parametrize(
    ("name", "first", "von", "last", "jr"),
    [
        ("Ann Doe", ["Ann"], [], ["Doe"], []),
        ("Laurens van der Maaten", ["Laurens"], ["van", "der"], ["Maaten"], []),
        ("Benjamin Van Durme", ["Benjamin"], [], ["Van", "Durme"], []),
        ("Hal Daumé III", ["Hal"], [], ["Daumé"], ["III"]),
        ("Qwen Team", [], [], ["{Qwen Team}"], []),
        ("鸿飞 林", ["鸿飞"], [], ["林"], []),
    ],
)
def test_a_bibtex_parser_finds_the_parts_of_names(name, first, von, last, jr):
    (parts,) = read(
        bibtex(paper(authors=(name,))),
        middlewares.SeparateCoAuthors(),
        middlewares.SplitNameParts(),
    )["author"]
    assert (parts.first, parts.von, parts.last, parts.jr) == (first, von, last, jr)
