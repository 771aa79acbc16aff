from __future__ import annotations

import pytest

from sitegen.corrections import Alias, parse, written
from sitegen.deploying import refusals


@pytest.mark.parametrize(
    ("old", "ours", "refused"),
    [
        ({}, False, False),
        ({".nojekyll": "1", "CNAME": "2"}, False, False),
        ({"index.html": "1", "a.html": "2"}, True, False),
        ({"README.md": "1"}, False, True),
        ({"index.html": "1", "CNAME": "2"}, False, True),
    ],
)
def test_a_branch_that_sitegen_did_not_make(old, ours, refused):
    found = list(refusals.foreign(old, ours=ours, branch="main"))
    assert bool(found) == refused
    for problem in found:
        assert problem.severity == "error"
        assert "main" in problem.message
        assert "--branch" in problem.hint


def test_a_domain_that_was_set_at_the_host():
    assert list(refusals.lost_domain({"CNAME": "1"}, {"CNAME": "2"}, "x.org")) == []
    assert list(refusals.lost_domain({}, {}, "")) == []
    (problem,) = refusals.lost_domain({"CNAME": "1"}, {}, "papers.example.org")
    assert "papers.example.org" in problem.message
    assert "content/static/CNAME" in problem.hint


def lost(old, new, names=({}, {}), ways=None, known=()):
    ways = ways or {}
    return refusals.vanished(
        dict.fromkeys(old, "1"), dict.fromkeys(new, "2"), names, lambda p: ways.get(p, ""), known
    )


def test_pages_that_would_be_no_more():
    old = ["index.html", "404.html", "about.html", "papers/x/a.html", "rss.xml", "assets/a.css"]
    assert lost(old, old) == []
    assert lost([], old) == []
    gone = lost(old, ["index.html"])
    assert gone == [
        Alias(path="about.html", to="archive.html"),
        Alias(path="papers/x/a.html", to="archive.html"),
    ]
    for alias in gone:
        assert parse(written(alias)).alias == (alias,)
    (problem,) = refusals.vanishing(gone)
    assert "about.html" in problem.message
    assert "1 more" in problem.message
    assert list(refusals.vanishing([])) == []


def test_a_proposal_of_the_build_goes_before_the_way_to_the_archive():
    better = Alias(path="a.html", key="2605.1", name="fp-1")
    unpublished = Alias(path="never.html", to="archive.html")
    assert lost(["a.html"], [], known=[better, unpublished]) == [better]
    # Also where the page is there: its paper would come again in feeds.
    assert lost(["a.html"], ["a.html"], known=[better, unpublished]) == [better]


def test_papers_that_would_come_again_in_feeds():
    old, new = ["a.html", "b.html"], ["a.html", "b.html", "c.html"]
    published = {"a.html": "A", "b.html": "B"}
    ways = {"a.html": "c.html"}
    (alias,) = lost(old, new, (published, {"b.html": "B", "c.html": "C"}), ways)
    assert alias == Alias(path="a.html", key="C", name="A")
    (problem,) = refusals.vanishing([alias])
    assert "as C" in problem.message
    # It proved to be another paper that was published: it leads there, and that is right.
    assert lost(old, new, (published, {"b.html": "B"}), {"a.html": "b.html"}) == []
    # It was hidden: its page says so.
    assert lost(old, new, (published, {"b.html": "B"})) == []
    # It is as it was, or gone (which is told as a page).
    assert lost(old, new, (published, published)) == []
    assert [one.to for one in lost(old, ["b.html"], (published, {"b.html": "B"}))] == [
        "archive.html"
    ]


def test_feeds_and_files_that_would_be_no_more_are_a_warning():
    old = dict.fromkeys(["a.html", "assets/x.1.css", "sitemap-2.xml", "CNAME", "me.png"], "1")
    old |= {"topics/x.atom.xml": "1"}
    (problem,) = refusals.silenced(old, {})
    assert (problem.file, problem.severity) == ("me.png", "warning")
    assert "1 more" in problem.message
    assert list(refusals.silenced(old, old)) == []
    assert list(refusals.silenced({"a.html": "1", "CNAME": "1"}, {})) == []


PAPERS = "https://ann.github.io/papers/"
OWN = "https://papers.example.org/"


@pytest.mark.parametrize(
    ("base_url", "domain", "said", "hint"),
    [
        (PAPERS, "", "", ""),
        (OWN, "papers.example.org", "", ""),
        # The owner's other domain, of which the repository knows nothing.
        ("https://ann.example/papers/", "", "", ""),
        ("", "", PAPERS, f'write base_url = "{PAPERS}"'),
        ("", "papers.example.org", OWN, f'write base_url = "{OWN}"'),
        ("https://ann.github.io/paper/", "", f"this repository at {PAPERS}", "CNAME"),
        (PAPERS, "papers.example.org", OWN, f'write base_url = "{OWN}"'),
        (OWN, "", "nothing tells GitHub about papers.example.org", "CNAME"),
    ],
)
def test_an_address_that_is_missing_or_doubtful_is_a_warning(base_url, domain, said, hint):
    found = list(refusals.misplaced(base_url, "git@github.com:ann/papers.git", domain))
    assert len(found) == bool(said)
    for problem in found:
        assert problem.severity == "warning"
        assert said in problem.message
        assert hint in problem.hint


def test_of_other_hosts_no_address_is_known():
    assert list(refusals.misplaced("", "/srv/x.git", "")) == []
    assert list(refusals.misplaced("https://example.org/", "/srv/x.git", "")) == []
