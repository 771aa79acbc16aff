"""authors/: a page for each author with some papers, and an index from A to Z.

A name is no proof of a person; the page says so. Pages stand in bundles by a hash of the name, so
that a new day makes few of them again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

import numpy as np
from xxhash import xxh3_64_intdigest

from ..config.data import ExportFormat
from ..config.feeds import SavedQuery
from ..model import Paper
from ..pages import (
    AuthorPage,
    CountedLink,
    DatedLink,
    Head,
    Link,
    Page,
    WebLink,
)
from ..roster import Person, Roster, key_of, path_of
from . import feed_paths, references
from .bundle import Bundle, facts, facts_of
from .scene import Scene, topic_path

if TYPE_CHECKING:
    from numpy.typing import NDArray

INDEX: Final = "authors/index.html"  # all of them, which `author_index` makes
_BUNDLES: Final = 4096
_COAUTHORS: Final = 30  # that are named
_BYLINES: Final = 1_000  # names in the bylines of an author's papers, up to which there are files
_TOPICS: Final = 8


class Authors:
    """The authors who have pages, and what bears on each of these."""

    def __init__(self, scene: Scene, roster: Roster) -> None:
        self.scene = scene
        self.roster = roster
        self.least = scene.settings.authors.least
        self.persons = roster.persons(self.least)
        self.with_page = {person.key: person for person in self.persons}
        prints = b"".join([scene.prints[paper.key] for paper in roster.papers])
        self._prints = np.concatenate(
            [
                np.frombuffer(prints, np.uint64).reshape(-1, 2),
                self._coauthors_shown()[:, np.newaxis],
            ],
            axis=1,
        )
        self.paths = [path_of(key) if key in self.with_page else "" for key in roster.keys]
        self._led_to = self._summed(xxh3_64_intdigest(path.encode()) for path in self.paths)
        has_files = references.has_authors(scene)
        self.formats = scene.offers.formats if has_files else ()
        self._queries: dict[str, list[SavedQuery]] = {}
        for query in scene.settings.feeds:
            for name in query.authors:
                self._queries.setdefault(key_of(name), []).append(query)

    def _coauthors_shown(self) -> NDArray[np.uint64]:
        """For each paper a number that tells which of its authors have pages, and their names."""
        roster = self.roster
        return self._summed(
            xxh3_64_intdigest(f"{key}\0{key in self.with_page}\0{_name(names)}".encode())
            for key, names in zip(roster.keys, roster.names, strict=True)
        )

    def _summed(self, numbers: Iterable[int]) -> NDArray[np.uint64]:
        """For each paper the sum of its authors' numbers."""
        roster = self.roster
        each = np.array([*numbers, 0], np.uint64)[np.append(roster.people, len(roster.keys))]
        sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(each[:-1], dtype=np.uint64)])
        return np.asarray(sums[roster.begins[1:]] - sums[roster.begins[:-1]])

    def leading(self, papers: Sequence[Paper]) -> bytes:
        """What tells to which authors' pages the pages of some papers lead."""
        return self._led_to[[self._rows[paper.key] for paper in papers]].tobytes()

    def byline(self, paper: Paper, names: Sequence[str]) -> tuple[Link, ...]:
        """A paper's authors, with path "" for one without a page; () where none has one."""
        roster, row = self.roster, self._rows[paper.key]
        numbers = iter(roster.people[roster.begins[row] : roster.begins[row + 1]].tolist())
        whole = len(names) == roster.begins[row + 1] - roster.begins[row]
        # Names of which nothing is left when they are folded are nobody's.
        paths = [self.paths[next(numbers)] if whole or key_of(name) else "" for name in names]
        if not any(paths):
            return ()
        return tuple(Link(label=name, path=path) for name, path in zip(names, paths, strict=True))

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {paper.key: row for row, paper in enumerate(self.roster.papers)}

    def facts(self, persons: Sequence[Person]) -> bytes:
        """A digest of all that the pages of some persons show."""
        papers = np.concatenate([person.papers for person in persons])
        feeds = [
            [query.name for query in self._queries.get(person.key.partition(" ")[0], ())]
            for person in persons
        ]
        told = [(one.key, one.name, one.names, one.ids, len(one.papers)) for one in persons]
        return facts(self._prints[papers].tobytes(), facts_of([told, feeds, self.formats]))

    def pages(self, person: Person) -> Iterator[Page]:
        """The page of a person, and the files beside it."""
        papers = [self.roster.papers[number] for number in person.papers.tolist()[::-1]]
        yield self.page(person, papers)
        yield from references.pages(_stem(person), self._formats(person), papers)

    def _formats(self, person: Person) -> tuple[ExportFormat, ...]:
        """Of a person's files: a thousand people who wrote one paper would have its byline each."""
        begins = self.roster.begins
        names = int((begins[person.papers + 1] - begins[person.papers]).sum())
        return self.formats if names <= _BYLINES else ()

    def page(self, person: Person, papers: Sequence[Paper]) -> Page:
        """The page of a person with these papers."""
        scene = self.scene
        topics = Counter(match.slug for paper in papers for match in paper.topics)
        coauthors = self._coauthors(person)
        data = AuthorPage(
            name=person.name,
            names=person.names,
            ids=tuple(_id_link(known) for known in person.ids),
            papers=tuple(
                DatedLink(
                    label=paper.title,
                    path=paper.path,
                    day=scene.day_links.get(paper.born) if paper.born else None,
                )
                for paper in papers
            ),
            coauthors=tuple(coauthors[:_COAUTHORS]),
            more=max(0, len(coauthors) - _COAUTHORS),
            topics=tuple(
                CountedLink(label=scene.topics[slug].name, path=topic_path(slug), papers=count)
                for slug, count in sorted(topics.items(), key=lambda one: (-one[1], one[0]))
            )[:_TOPICS],
            feeds=tuple(
                link
                for query in self._queries.get(person.key.partition(" ")[0], ())
                for link in feed_paths.paper_links(
                    scene.settings, f"feeds/{query.name}", query.title
                )
            ),
            exports=references.links(_stem(person), self._formats(person)),
        )
        head = Head(
            title=person.name,
            description=scene.words(
                "author.about",
                papers=scene.words("count.papers", n=len(papers)),
                name=person.name,
            ),
            section=INDEX,
            kind="profile",
        )
        return Page(path=person.path, kind="author", data=data, head=head)

    def _coauthors(self, person: Person) -> list[CountedLink]:
        roster = self.roster
        begins = roster.begins
        numbers = Counter(
            other
            for paper in person.papers.tolist()
            for other in dict.fromkeys(roster.people[begins[paper] : begins[paper + 1]].tolist())
        )
        found = [
            CountedLink(
                label=_name(roster.names[number]),
                path=path_of(roster.keys[number]) if roster.keys[number] in self.with_page else "",
                papers=papers,
            )
            for number, papers in numbers.items()
            if roster.keys[number] != person.key
        ]
        return sorted(found, key=lambda link: (-link.papers, link.label, link.path))


def _stem(person: Person) -> str:
    return person.path.removesuffix(".html")


def _name(written: Mapping[str, int]) -> str:
    """The name that most papers have."""
    return min(written, key=lambda name: (-written[name], name))


def _id_link(known: str) -> WebLink:
    scheme, _, name = known.partition(":")
    if scheme == "orcid":
        return WebLink(label=f"ORCID {name}", url=f"https://orcid.org/{name}")
    return WebLink(label=f"ACL Anthology {name}", url=f"https://aclanthology.org/people/{name}/")


def bundles(authors: Authors) -> Iterator[Bundle]:
    """Bundles of authors' pages."""
    groups: dict[int, list[Person]] = {}
    for person in authors.persons:
        groups.setdefault(xxh3_64_intdigest(person.key.encode()) % _BUNDLES, []).append(person)
    for number, persons in sorted(groups.items()):
        yield Bundle(
            name=f"authors/{number}",
            facts=authors.facts(persons),
            kinds=frozenset({"author", "plain"} if authors.formats else {"author"}),
            size=len(persons) * (1 + len(authors.formats)),
            make=partial(_pages, authors, persons),
        )


def _pages(authors: Authors, persons: Sequence[Person]) -> Iterator[Page]:
    return (page for person in persons for page in authors.pages(person))


def paths(authors: Authors) -> Iterator[str]:
    """The addresses of all authors' pages, for the sitemap."""
    return (person.path for person in authors.persons)
