"""How far topics agree with arXiv's categories: `python -m tests.bench.topic_quality DUMP…`.

A category and the topics that say nearly the same. *Precision*: of the papers on one of the topics,
the share that have the category; *recall*: of the papers with the category as their primary one,
the share that are on one of the topics; *base*: the share of all papers that have the category.
Papers without categories are left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

from .related import read

PAIRS = {
    "cs.CL": "language-models dialogue-and-writing multilingual text-analysis retrieval prompting",
    "cs.CV": (
        "vision-language video image-generation 3d image-recognition image-restoration"
        " people-and-motion"
    ),
    "cs.RO": "robotics",
    "cs.IR": "retrieval recommendation",
    "cs.SD": "speech-and-audio",
    "cs.CR": "safety privacy",
    "cs.SE": "code",
    "cs.LG": (
        "reinforcement-learning optimization learning-theory architectures efficiency"
        " transfer-learning learning-with-few-labels time-series graphs probability-and-uncertainty"
        " generative-models fine-tuning pretraining-and-scaling privacy interpretability"
    ),
}


def main() -> None:
    """Print the shares."""
    papers = [
        ({match.slug for match in paper.topics}, paper.categories)
        for paper in read([Path(name) for name in sys.argv[1:]], "listed").papers
        if paper.categories
    ]
    say = sys.stdout.write
    say(f"{len(papers):,} papers with categories\n")
    for category, names in PAIRS.items():
        topics = set(names.split())
        on = [categories for found, categories in papers if found & topics]
        primary = [found for found, categories in papers if categories[0] == category]
        if not on or len(primary) < 5:
            continue
        hits = sum(category in categories for categories in on)
        met = sum(bool(found & topics) for found in primary)
        base = sum(category in categories for _, categories in papers)
        say(
            f"{category}: precision {hits / len(on):.0%} of {len(on)}, recall"
            f" {met / len(primary):.0%} of {len(primary)}, base {base / len(papers):.0%}\n"
        )


if __name__ == "__main__":
    main()
