from __future__ import annotations

from typing import Any

import pytest

from sitegen.formats.bibtex import blocks as bibtex_blocks
from sitegen.formats.bibtex.values import addresses, names, value
from sitegen.readers import Content, bibtex

from .mishaps import problems, records


def _read(fields: str, kind: str = "article") -> Any:
    (record,) = records(bibtex, f"@{kind}{{key, title = {{T}}, {fields}}}")
    return record


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("{a {B} c}", "a {B} c"),
        ('"a {"}quoted{"} b"', 'a {"}quoted{"} b'),
        ("1999", "1999"),
        ("acl", "The ACL"),
        ('acl # ": " # {x} # 7', "The ACL: x7"),
        ("unknown", "unknown"),
        ("{open", "open"),
        ('"open', "open"),
        ("{a} # {b", "ab"),
        ("", ""),
    ],
)
def test_values(raw: str, expected: str) -> None:
    assert value(raw, {"acl": "The ACL"}) == expected


def test_a_missing_comma_gives_the_next_field() -> None:
    more: dict[str, str] = {}
    assert value("{a}\n  year = {2003}", {}, more) == "a"
    assert more == {"year": "{2003}"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Smith, John and Doe, Jane M and others", ("John Smith", "Jane M Doe")),
        ("John Smith and Jane Doe", ("John Smith", "Jane Doe")),
        ("van der Berg, Jan", ("Jan van der Berg",)),
        ("Ludwig van Beethoven", ("Ludwig van Beethoven",)),
        ("Knuth, Jr., Donald E.", ("Donald E. Knuth Jr.",)),
        (
            "{The ATLAS Collaboration} and {Barnes and Noble}",
            ("The ATLAS Collaboration", "Barnes and Noble"),
        ),
        (
            r"M{\"u}ller, J{\"o}rg and {\L}uk, A. and \'{E}ric Du\c{c}",
            ("Jörg Müller", "A. Łuk", "Éric Duç"),
        ),
        ("Bo Chen 0002", ("Bo Chen",)),
        ("A\n  AND B", ("A", "B")),
        ("Ann Ay, Bo Be, Cee Dee", ("Ann Ay", "Bo Be", "Cee Dee")),
        ("Ay, Ann; Be, Bo", ("Ann Ay", "Bo Be")),
        ("{unbalanced and B", ("unbalanced and B",)),
        ("and", ()),
        ("A and and B", ("A", "B")),
        ("", ()),
    ],
)  # fmt: skip
def test_names(written: str, expected: tuple[str, ...]) -> None:
    assert names(written) == expected


def test_addresses() -> None:
    assert addresses(r"\url{https://a.org/~x\_y}, see") == ["https://a.org/~x_y", "see"]
    assert addresses(r"https://a.org/{\_}b{\textasciitilde}c") == ["https://a.org/_b~c"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("eprint = {2305.00001v2}, archivePrefix = {arXiv}", {"arxiv": "2305.00001"}),
        ("eprint = {2305.00001}, eprinttype = {arxiv}", {"arxiv": "2305.00001"}),
        ("eprint = {2305.00001}", {"arxiv": "2305.00001"}),
        (
            "eprint = {9901001}, archivePrefix = {arXiv}, primaryClass = {hep-th}",
            {"arxiv": "hep-th/9901001"},
        ),
        ("eprint = {2305.00001}, eprinttype = {jstor}", {}),
        ("eprint = {12345}, eprinttype = {pubmed}", {"pmid": "12345"}),
        ("journal = {arXiv preprint arXiv:1706.03762}", {"arxiv": "1706.03762"}),
        ("journal = {CoRR}, volume = {abs/1706.03762}", {"arxiv": "1706.03762"}),
        ("url = {http://arxiv.org/abs/1706.03762}", {"arxiv": "1706.03762"}),
        ("doi = {10.48550/arXiv.1706.03762}", {"arxiv": "1706.03762"}),
        (r"doi = {10.1007/978-3\_1}", {"doi": "10.1007/978-3_1"}),
        (
            "doi = {https://doi.org/10.18653/v1/P08-1001}",
            {"doi": "10.18653/v1/p08-1001", "acl": "P08-1001"},
        ),
        ("pmid = {12345}", {"pmid": "12345"}),
    ],
)  # fmt: skip
def test_ids(fields: str, expected: dict[str, str]) -> None:
    assert _read(fields).ids == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("year = 2024, month = aug", "2024-08-01"),
        ("year = {2024}, month = {8}", "2024-08-01"),
        ("year = {2024}, month = {6--8 } # jun", "2024-06-06"),
        ('year = "2024", month = dec, day = 24', "2024-12-24"),
        ("date = {2023-05-12}", "2023-05-12"),
        ("date = {2023-05/2023-06}", "2023-05-01"),
        ("date = {soon}, year = {2023}", "2023-01-01"),
        ("year = {2013a}", "2013-01-01"),
        ("year = {in press}", "None"),
    ],
)
def test_dates(fields: str, expected: str) -> None:
    assert str(_read(fields).published) == expected


def test_inheritance_from_an_entry_behind() -> None:
    text = """
    @inproceedings{a, crossref = {BOOK}, title = {Own}}
    @inproceedings{b, crossref = "nowhere", title = {Lost}}
    @proceedings{Book, title = {The Book}, year = 2015, doi = {10.1000/book}, author = {E. Ditor}}
    """
    first, second, book = records(bibtex, text)
    assert (first.title, first.venue, str(first.published)) == ("Own", "The Book", "2015-01-01")
    assert (first.ids, first.authors) == ({}, ())
    assert book.ids == {"doi": "10.1000/book"}
    assert second.venue == ""
    assert any("“nowhere” is not in the file" in message for message in problems(bibtex, text))


def test_titles_lose_their_braces_and_keep_their_formulas() -> None:
    text = r"@misc{k, title = {{BERT}: {\'E}tudes of $\mathcal{O}(n)$ {\&} more}}"
    (record,) = records(bibtex, text)
    assert record.title == r"BERT: Études of $\mathcal{O}(n)$ & more"


def test_what_is_no_publication_is_none() -> None:
    text = '@comment{x}@preamble{"y"}@string{a = "b"}@xdata{x, title = {z}}@misc{k, title = a}'
    assert [record.title for record in records(bibtex, text)] == ["b"]


def test_strings_that_double_are_bounded() -> None:
    doubling = "".join(f"@string{{a{n + 1} = a{n} # a{n}}}\n" for n in range(60))
    text = '@string{a0 = "xxxxxxxxxx"}\n' + doubling + "@misc{k, title = a60}"
    (record,) = records(bibtex, text)
    assert len(record.title) < 100


@pytest.mark.parametrize(
    ("data", "title", "told"),
    [
        ("@misc{k, title = {测试}}".encode("gbk"), "测试", "gb18030"),
        (
            "% Encoding: ISO8859_7\n@misc{k, title = {Δοκιμή}}".encode("iso8859-7"), "Δοκιμή",
            "iso8859-7",
        ),
        (
            "%% Saved with string encoding Western (latin1)\n@misc{k, title = {Étude}}".encode(
                "latin1"
            ),
            "Étude",
            "",
        ),
        ("@misc{k, title = {Étude}}".encode("cp1252"), "Étude", "Windows-1252"),
        ("@misc{k, title = {Étude}}".encode("utf-8-sig"), "Étude", ""),
        ("@misc{k, title = {Étude}}".encode("utf-16"), "Étude", ""),
        ("% Encoding: hex\n@misc{k, title = {Étude}}".encode("cp1252"), "Étude", "Windows-1252"),
    ],
)  # fmt: skip
def test_encodings(data: bytes, title: str, told: str) -> None:
    assert [record.title for record in records(bibtex, data)] == [title]
    assert told in " ".join(problems(bibtex, data))


def test_pieces_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(
        f"@string{{s{n} = {{S{n}}}}}\n"
        f"@misc{{k{n},\n title = s{n} # {{ @ {{x}} }},\n year = {n}\n}}\n"
        for n in range(2_000, 2_030)
    )
    expected = list(bibtex.read(Content.of(text), "x"))
    monkeypatch.setattr(bibtex_blocks, "_PIECE", 50)
    assert list(bibtex.read(Content.of(text), "x")) == expected
    assert len(records(bibtex, text)) == 30


@pytest.mark.parametrize(
    ("head", "claims"),
    [
        ("@article{key,\n  title = {x}\n}", True),
        ("% Encoding: UTF-8\n\n@InProceedings{a:b, author = x}", True),
        ("@string{a = {b}}\n@misc{, title={x}}", True),
        ("@article(key, title = {x})", True),
        ("Write to someone@example.org {now}, please = yes", False),
        ("@decorator\ndef f(): pass", False),
        ('[{"bibtex": "@article{key,\\n title = {x}}"}]', False),
        ("# Papers\n\n@someone, thanks", False),
    ],
)
def test_sniff(head: str, claims: bool) -> None:
    assert (bibtex.sniff(head, "x") > 0) is claims
