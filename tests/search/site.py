"""A small site with what can be searched for: some papers to be found, and many others."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from tests.search.library import WORDS
from tests.sites import build_project, capture, project

TOPICS = """
replace = true
[[topic]]
slug = "video"
name = "Video & film"
least = 1
words = ["video"]
[[topic]]
slug = "image-generation"
name = "Image generation"
least = 1
words = ["diffusion"]
"""
# id, day, title, abstract, authors, further fields
FOUND: tuple[tuple[str, str, str, str, tuple[str, ...], dict[str, Any]], ...] = (
    ("2601.00001", "2026-01-05", "VideoICL: In-Context Learning on Videos",
     "We study video understanding. A chain of thought is learned from context.",
     ("Émilie du Châtelet", "Yoshua Bengio"), {"githubRepo": "https://github.com/a/videoicl"}),
    ("2601.00002", "2026-01-05", "Crowdsourcing under confusion",
     "Labels of many workers, confusions of some; thought follows a chain in difusion.",
     ("Ada Lovelace",), {}),
    ("2602.00003", "2026-02-10", "Video diffusion in pieces",
     "Diffusion models for video are pre-trained on long videos.",
     ("Samy Bengio", "José Núñez"), {"githubRepo": "https://github.com/a/pieces"}),
    ("2602.00004", "2026-02-10", "A pretrained diffusion model of images",
     "Pretraining takes long. Nothing moves in an image.", ("李 明",), {}),
    ("2603.00005", "2026-03-01", "视频生成模型", "A model with a title in Chinese.",
     ("Samuel Clemens",), {}),
    ("2603.00006", "2026-03-02", "Thoughtful chains",
     "A learner of contexts: chains, thoughts and a SentenceVAE in Łódź.", ("Grace Hopper",), {}),
)  # fmt: skip
UNDATED = (
    ("Undated crowdsourcing of markup <b>", "Nobody says when this was listed. " * 6),
    ("Another without a day", "A capture that has no date in its header, about workers. " * 4),
)
FILLERS = 560


def built(root: Path, settings: str = 'title = "Small"\n') -> Path:
    """The site, built."""
    dumps: dict[str, list[dict[str, Any]]] = {}
    source = random.Random(3)
    words = WORDS * 8
    for number in range(FILLERS):
        day = f"2025-{1 + number // 80:02}-{1 + number % 20:02}"
        title = " ".join(source.choices(words, k=5)).title()
        abstract = " ".join(source.choices(words, k=30)) + "."
        entry = _entry(f"{day[2:4]}{day[5:7]}.{number:05}", day, title, abstract, ("Any Body",), {})
        dumps.setdefault(day, []).append(entry)
    for found in FOUND:
        dumps.setdefault(found[1], []).append(_entry(*found))
    project(root, settings, topics_toml="")
    (root / "content" / "topics_toml").unlink()
    (root / "content" / "topics.toml").write_text(TOPICS, encoding="utf-8")
    folder = root / "content" / "dumps"
    folder.mkdir()
    for day, entries in dumps.items():
        (folder / f"{day}.json").write_text(json.dumps(entries), encoding="utf-8")
    (folder / "capture.txt").write_text(capture(UNDATED, day=""), encoding="utf-8")
    report = build_project(root)
    assert not report.errors, report.errors
    assert report.papers == FILLERS + len(FOUND) + len(UNDATED)
    return root / "site"


def _entry(
    id_: str, day: str, title: str, abstract: str, authors: tuple[str, ...], more: dict[str, Any]
) -> dict[str, Any]:
    return {
        "paper": {
            "id": id_,
            "authors": [{"name": name} for name in authors],
            "publishedAt": f"{day}T00:00:00.000Z",
            "submittedOnDailyAt": f"{day}T00:00:00.000Z",
            "title": title,
            "summary": abstract,
            **more,
        },
        "publishedAt": f"{day}T00:00:00.000Z",
        "title": title,
    }
