"""Made libraries: papers with subjects, so that some are nearer to each other than others."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from sitegen.digests import digest_of
from sitegen.model import Details, Library, Listing, Paper

SUBJECTS = [
    "parsing treebank dependency grammar syntax",
    "speech audio phoneme acoustic vocoder",
    "protein molecule drug binding chemistry",
    "robot grasp manipulation gripper locomotion",
    "translation bilingual alignment corpus interpreter",
]
_FILLING = "we propose a new method that improves the results of models on several tasks"
FILLING = _FILLING.split()


def paper(number, day, title, abstract, file="a.json"):
    listing = Listing(day=day, file=file, line=1, place=number, of=1, source="list")
    return Paper(
        key=f"k{number}",
        path=f"papers/aa/k{number}.html",
        digest=digest_of(f"{title}\0{abstract}".encode()),
        title=title,
        listings=(listing,),
        fetch=lambda: Details(abstract=abstract),
    )


def library(count, a_day=7, first=date(2024, 11, 1), seed=0):
    """`count` papers, each of one subject; in one year and the next."""
    found = []
    for number in range(count):
        random = Random(f"{seed} {number}")
        words = SUBJECTS[number % len(SUBJECTS)].split()
        rare = [f"w{random.randrange(60)}x" for _ in range(4)]
        text = random.sample([*random.choices(words, k=12), *FILLING, *rare], 12 + 4 + 10)
        title = f"{random.choice(words)} {random.choice(words)} {number}"
        day = first + timedelta(days=number // a_day)
        found.append(paper(number, day, title, " ".join(text)))
    return of(found)


def of(papers):
    return Library(papers=tuple(papers), days=())
