"""authors/index.html: all authors with pages from A to Z, on one page or on one for each letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from ..pages import AuthorLetter, AuthorsPage, CountedLink, Head, Page
from .authors import INDEX, Authors
from .bundle import Bundle, facts_of
from .sorting import Sorting, heading, inverted

if TYPE_CHECKING:
    from ..roster import Person

AT_ONCE: Final = 500  # authors whose names stand on one page; more have a page a letter
_MOST: Final = 60  # of those with most papers


def letter_path(slug: str) -> str:
    """The page of a letter."""
    return f"authors/{slug}.html"


def bundles(authors: Authors) -> Iterator[Bundle]:
    """The index, on one page or on one for each letter."""
    letters: dict[tuple[bool, str, str], list[Person]] = {}
    for person in authors.persons:
        found = heading(person.name)
        letters.setdefault((not found.latin, found.slug, found.label), []).append(person)
    if not letters:
        return
    many = len(authors.persons) > AT_ONCE
    outline = [
        AuthorLetter(
            label=label, slug=slug, count=len(some), path=letter_path(slug) if many else ""
        )
        for (_, slug, label), some in sorted(letters.items())
    ]
    by_letter = {slug: some for (_, slug, _), some in letters.items()}
    shown = [(one.slug,) for one in outline] if many else []
    for (slug,) in shown:
        yield _index_bundle(authors, outline, {slug: by_letter[slug]}, slug)
    most = sorted(authors.persons, key=lambda one: (-len(one.papers), one.key))[:_MOST]
    yield _index_bundle(authors, outline, {} if many else by_letter, "", most if many else ())


def paths(authors: Authors) -> Iterator[str]:
    """The addresses of the index, for the sitemap."""
    if authors.persons:
        yield INDEX
    if len(authors.persons) > AT_ONCE:
        yield from sorted({letter_path(heading(one.name).slug) for one in authors.persons})


def _index_bundle(
    authors: Authors,
    outline: Sequence[AuthorLetter],
    full: dict[str, list[Person]],
    current: str,
    most: Sequence[Person] = (),
) -> Bundle:
    listed = [(one.key, one.name, len(one.papers)) for some in full.values() for one in some]
    named = [(one.key, one.name, len(one.papers)) for one in most]
    return Bundle(
        name=f"authors/index/{current}",
        facts=facts_of([outline, listed, named, authors.least, len(authors.persons)]),
        kinds=frozenset({"authors"}),
        size=1,
        make=partial(_index_page, authors, outline, full, current, most),
    )


def _index_page(
    authors: Authors,
    outline: Sequence[AuthorLetter],
    full: dict[str, list[Person]],
    current: str,
    most: Sequence[Person],
) -> Iterator[Page]:
    sorting = Sorting()
    words = authors.scene.words
    data = AuthorsPage(
        authors=len(authors.persons),
        least=authors.least,
        letters=tuple(
            AuthorLetter(
                label=one.label,
                slug=one.slug,
                count=one.count,
                path=one.path,
                authors=tuple(
                    CountedLink(
                        label=inverted(person.name), path=person.path, papers=len(person.papers)
                    )
                    for person in sorting.sorted(full.get(one.slug, ()))
                ),
            )
            for one in outline
        ),
        most=tuple(
            CountedLink(label=one.name, path=one.path, papers=len(one.papers)) for one in most
        ),
        current=current,
    )
    label = next((one.label for one in outline if one.slug == current), "")
    head = Head(
        title=f"{words('authors.title')}: {label}" if current else words("authors.title"),
        description=words(
            "authors.about",
            authors=words("authors.count", n=len(authors.persons)),
            least=words("authors.least", n=authors.least),
        ),
        section=INDEX,
    )
    path = letter_path(current) if current else INDEX
    yield Page(path=path, kind="authors", data=data, head=head)
