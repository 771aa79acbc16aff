"""The lead of an abstract: small cases that say the rule, and forty real ones."""

import ast
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import lead

LABELS = Path(__file__).with_name("lead_labels.toml")


def text_of(abstract: str) -> str | None:
    span = lead.find(abstract)
    return None if span is None else abstract[span[0] : span[1]]


@pytest.mark.parametrize("nothing", ["", " ", "\n\n \t"])
def test_no_text_no_lead(nothing):
    assert lead.find(nothing) is None


@pytest.mark.parametrize(
    "claim",
    [
        "We introduce X, which is fast.",
        "In this work, we study how X learns.",
        "To address this, we propose X.",
        "To address this, X is proposed.",
        "This paper presents X.",
        "This survey systematically reviews X.",
        "In this paper, a new kind of X is built.",
        "Here we show that X holds.",
        "We therefore develop X.",
        "We analyse X.",
        "In this technical report, we describe X!",
        "Motivated by that, we first ask what X is?",
        "The present study investigates X; this study compares it to Y.",
        "We design and build X.",
        "WE PRESENT X.",
        "The authors propose X, which is fast.",
        "Here the authors also study X.",
    ],
)
def test_what_the_paper_does_is_found_behind_the_background(claim):
    before = "Much is known. However, Smith et al. propose to use more of it. They are slow."
    behind = "Experiments on Z show gains. Our code is public."
    assert text_of(f"{before} {claim} {behind}") == claim


def test_blanks_behind_a_blank_line_are_no_part_of_the_lead():
    assert text_of("This work \n\n We propose X.") == "We propose X."


def test_without_a_cue_the_first_sentence_is_the_lead():
    assert text_of("  Sets are small. Maps are not. ") == "Sets are small."
    assert text_of("no end") == "no end"


def test_the_first_of_several_claims():
    assert text_of("We propose X. We introduce Y. This paper presents Z.") == "We propose X."


def test_a_remark_gives_way_to_a_claim_far_behind():
    text = "We consider sets. They are small. They are old. They are dull. We propose maps."
    assert text_of(text) == "We propose maps."
    assert text_of("In this paper, we consider sets. They are small. We propose maps.") == (
        "We propose maps."
    )
    assert text_of("We consider sets. They are small.") == "We consider sets."


def test_a_study_gives_way_to_a_claim_soon_behind():
    near = "We find that sets are slow. That is bad. We propose maps."
    far = "We study sets. They are slow. They are old. They are dull. We propose maps."
    assert text_of(near) == "We propose maps."
    assert text_of(far) == "We study sets."


@pytest.mark.parametrize(
    "sentence",
    [
        "We propose X, e.g. Y, i.e. twice.",
        "We propose X after Smith et al. (2020) and Lee et al. 2021.",
        "We propose X (Fig. 3) and Y (see Eq. 4).",
        "We propose X with 3.5 B parameters vs. Y with 7.",
        "We propose X, see https://example.org/a.html?b=c. for more.",
        "We propose X by J. R. R. Tolkien of the U.S. Army.",
        "We propose X (it is new. It is fast.) for Yale.",
        "We propose X, “a thing. A good one” for Yale.",
        'We propose "sets."',
        "We propose X.js 2.0 and v1.2.3.",
        "We propose X in No. 7.",
        "We propose X, no.  not Y, but that.",
        "We propose X?!",
    ],
)
def test_what_does_not_end_a_sentence(sentence):
    assert text_of(f"Sets are small. {sentence} Maps are not.") == sentence


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("All use X, Y, etc. We propose Z. It works.", "We propose Z."),
        ("This was found by Lee et al. We propose Z. It works.", "We propose Z."),
        ("Is it so? Often no. We propose Z. It works.", "We propose Z."),
        ("It needs vitamin C. We propose Z. It works.", "We propose Z."),
        ("It fails.We propose Z.To do so, it works.", "We propose Z."),
        ("Why is that?\nWe propose Z\n\nIt works.", "We propose Z"),
        ("(It fails.) We propose Z :-(. It works.", "We propose Z :-(."),
        ("İt fails. We propose Z. It works.", "We propose Z."),
        ("It fails. [We propose Z.] It works.", "[We propose Z.]"),
    ],
)
def test_what_ends_a_sentence(abstract, expected):
    assert text_of(abstract) == expected


def test_words_within_words_are_no_cues():
    assert text_of("Sets are small. Answe propose maps. Asthis paper presents.") == (
        "Sets are small."
    )


PIECES = ["We propose ", "in this paper", "This work ", ". ", "? ", "(", ")", "“", "e.g. ", "J. "]


@settings(deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "\n\n", "x", "İ", " "]) | st.text(max_size=5)))
def test_the_span_lies_in_the_text_and_is_trimmed(pieces):
    abstract = "".join(pieces)
    span = lead.find(abstract)
    if span is None:
        assert not abstract.strip()
    else:
        assert 0 <= span[0] < span[1] <= len(abstract)
        assert text_of(abstract).strip() == text_of(abstract)


@pytest.mark.parametrize(
    "piece", [*PIECES, "we ", "we ly", " ", ".", "a.", "(A. ", "is proposed", '"']
)
def test_long_input_is_taken_and_the_lead_stays_short(piece):
    span = lead.find(piece * 500_000)
    assert span is None or span[1] - span[0] <= lead.LONGEST


def abstracts(folder: Path) -> Iterator[tuple[str, str]]:
    """Titles and abstracts of a folder of dumps, as plainly as they can be had."""
    for file in sorted(folder.iterdir()):
        if folder.name == "acl-xml":
            for paper in ET.parse(file).iter("paper"):  # noqa: S314
                title, abstract = paper.find("title"), paper.find("abstract")
                if title is not None and abstract is not None:
                    yield "".join(title.itertext()), "".join(abstract.itertext())
            continue
        text = file.read_text(encoding="utf-8")
        if folder.name == "text":
            lines = [line for line in text.splitlines() if line.strip()]
            yield from zip(lines[5::2], lines[6::2], strict=True)
        elif folder.name == "arxiv-jsonl" and text.startswith('{"'):
            for record in map(json.loads, text.splitlines()):
                yield record["title"], record["summary"]
        elif folder.name == "hf-json":
            items = json.loads(text)
            for item in items if isinstance(items, list) else []:
                paper = (ast.literal_eval(item) if isinstance(item, str) else item)["paper"]
                yield paper["title"], paper["summary"]


def test_the_leads_of_forty_real_abstracts(shared):
    labels = tomllib.loads(LABELS.read_text(encoding="utf-8"))["abstract"]
    assert len(labels) == 40
    found = {
        (folder, " ".join(title.split())): " ".join(abstract.split())
        for folder in {label["folder"] for label in labels}
        for title, abstract in abstracts(shared / "dumps" / folder)
    }
    wrong = [
        label["title"]
        for label in labels
        if not (text_of(found[label["folder"], label["title"]]) or "").startswith(label["begins"])
    ]
    assert len(wrong) <= 4, wrong
