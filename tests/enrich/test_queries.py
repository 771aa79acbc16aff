from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config.feeds import SavedQuery
from sitegen.enrich.queries import _root, found, problems
from sitegen.merge import merge
from sitegen.model import Library, Topic, TopicMatch
from tests.histories import record

VIDEO = TopicMatch(slug="video", words=("video",), score=1.0)


def library() -> Library:
    records = [
        record("Fine-tuning video models", place=0, categories=("cs.CV",), authors=("Ann Smith",)),
        record("Diffusion for speech", place=1, categories=("eess.AS",), authors=("Jürgen Roe",)),
        record(
            "Graphs",
            place=2,
            abstract="We finetune diffusion models on graphs.",
            categories=("cs.LG", "cs.CV"),
            authors=("A. Smith", "Juergen Roe"),
        ),
        record("A survey of fine tuning", place=3, day=1, file="b.txt"),
        record("RAG without a day", day=None, file="z.txt"),
    ]
    made = merge(records)
    papers = tuple(
        msgspec.structs.replace(p, topics=(VIDEO,)) if "video" in p.title else p
        for p in made.papers
    )
    topic = Topic(slug="video", name="Video")
    return msgspec.structs.replace(made, papers=papers, topics=(topic,))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"words": ("fine-tuning",)}, ["Fine-tuning video models", "A survey of fine tuning"]),
        ({"words": ("diffusion", "graph")}, ["Diffusion for speech", "Graphs"]),
        ({"words": ("diffusion",), "excluded": ("speech",)}, ["Graphs"]),
        ({"topics": ("video", "audio")}, ["Fine-tuning video models"]),
        ({"categories": ("cs",)}, ["Fine-tuning video models", "Graphs"]),
        ({"categories": ("cs.CV",), "words": ("diffusion",)}, ["Graphs"]),
        ({"authors": ("jurgen roe",)}, ["Diffusion for speech"]),
        ({"authors": ("Ann Smith", "A. Smith")}, ["Fine-tuning video models", "Graphs"]),
        ({"authors": ("Ann Smith",), "words": ("graph",)}, []),
        ({"categories": ("cs",), "excluded": ("video",)}, ["Graphs"]),
        ({"words": ("RAG",)}, ["RAG without a day"]),
        ({"words": ("rag",)}, ["RAG without a day"]),
    ],
)
def test_a_query_finds_what_fits_all_its_kinds(query: dict[str, tuple[str, ...]], titles) -> None:
    asked = SavedQuery(title="Q", **query)
    papers = found(library(), [asked])["q"]
    assert sorted(paper.title for paper in papers) == sorted(titles)


def test_papers_ascend_by_birth_for_each_query() -> None:
    queries = [SavedQuery(title="A", words=("tuning", "RAG")), SavedQuery(title="B", words=("x",))]
    of = found(library(), queries)
    assert [paper.title for paper in of["a"]] == [
        "RAG without a day", "Fine-tuning video models", "A survey of fine tuning"
    ]  # fmt: skip
    assert of["b"] == ()
    assert found(library(), []) == {}


def test_what_cannot_be_meant_is_told() -> None:
    queries = [SavedQuery(title="A", topics=("vidoe",)), SavedQuery(title="B", words=("xyz",))]
    strange, idle = problems(library(), queries, found(library(), queries))
    assert "vidoe" in strange.message
    assert "'B' finds no paper" in idle.message


@dataclass
class Memory:
    """A cache in memory that counts what is asked of it."""

    kept: dict[tuple[str, str], bytes] = field(default_factory=dict)
    saved: int = 0

    def load(self, kind: str, name: str) -> bytes | None:
        return self.kept.get((kind, name))

    def save(self, kind: str, name: str, data: bytes) -> None:
        self.kept[kind, name] = data
        self.saved += 1


def test_what_was_found_is_kept_for_the_papers_that_stay() -> None:
    cache, queries = Memory(), [SavedQuery(title="A", words=("graph",))]
    first = found(library(), queries, cache)
    assert found(library(), queries, cache) == first
    assert cache.saved == 1
    ((name, _),) = cache.kept.items()
    cache.kept[name] = b"\xc1 no msgpack"
    assert found(library(), queries, cache) == first


@given(st.sampled_from(["fine-tuning", "text-to-video", "LoRA", "analyses", "organization", "a b"]))
def test_a_text_that_has_a_phrase_has_its_root(phrase: str) -> None:
    from sitegen.enrich.phrases import forms

    assert _root(phrase)
    assert all(words[0].startswith(_root(phrase)) for words, _ in forms(phrase))
