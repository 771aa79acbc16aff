"""The forty topics of the measured site, and which papers are on them.

The assignment that is made here is given to the peers as data, so that their time holds none of
it. sitegen gets the same words as rules and has to do the matching itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

# slug -> phrases; the name on pages is the slug with a capital and blanks. No phrase is a part of
# another one, so that a paper's topics don't depend on how a program treats overlaps.
TOPICS: dict[str, tuple[str, ...]] = {
    "language-models": ("language model", "pretrained transformer", "perplexity", "tokenizer"),
    "reasoning": ("chain of thought", "reasoning trace", "theorem proving", "deduction"),
    "image-generation": ("image synthesis", "text to image", "diffusion sampler", "inpainting"),
    "agents": ("autonomous agent", "tool calling", "web navigation", "planner"),
    "reinforcement-learning": ("reinforcement", "policy gradient", "reward hacking", "bandit"),
    "vision-and-language": ("visual question", "captioning", "multimodal", "grounded dialogue"),
    "video": ("video generation", "frame interpolation", "clip retrieval", "optical flow"),
    "efficient-models": ("quantization", "pruning", "distillation", "sparse kernel"),
    "benchmarks": ("leaderboard", "test suite", "annotation protocol", "held-out split"),
    "3d-and-geometry": ("gaussian splatting", "point cloud", "radiance field", "mesh recovery"),
    "retrieval": ("dense passage", "reranker", "vector index", "retrieval-augmented"),
    "code": ("program repair", "code completion", "unit testing", "compiler"),
    "speech": ("speech recognition", "speaker", "phoneme", "text to speech"),
    "safety": ("jailbreak", "red teaming", "refusal", "guardrail"),
    "alignment": ("preference optimization", "human feedback", "reward model", "constitution"),
    "robotics": ("manipulation", "robot", "grasping", "locomotion"),
    "detection": ("object detector", "bounding box", "anchor-free", "proposal network"),
    "segmentation": ("segmentation", "panoptic", "saliency", "matting"),
    "translation": ("translation", "bilingual", "parallel corpora", "interlingua"),
    "summarization": ("summarization", "headline", "abstractive", "condensation"),
    "graphs": ("graph neural", "node classification", "link prediction", "message passing"),
    "recommendation": ("recommender", "click-through", "collaborative filtering", "cold-start"),
    "time-series": ("forecasting", "time series", "anomaly", "seasonality"),
    "medicine": ("clinical", "radiology", "pathology", "electronic health"),
    "biology": ("protein", "genome", "single-cell", "molecule docking"),
    "chemistry": ("catalyst", "crystal structure", "reaction yield", "force field"),
    "physics": ("turbulence", "partial differential", "surrogate simulator", "plasma"),
    "climate": ("weather", "climate", "remote sensing", "precipitation"),
    "theory": ("generalization bound", "sample complexity", "regret", "minimax"),
    "optimization": ("stochastic gradient", "learning rate", "second-order", "momentum"),
    "federated": ("federated", "client drift", "secure aggregation", "edge device"),
    "privacy": ("differential privacy", "membership inference", "unlearning", "anonymization"),
    "fairness": ("fairness", "demographic", "stereotype", "disparity"),
    "interpretability": ("interpretability", "attribution map", "probing", "autoencoder feature"),
    "dialogue": ("chatbot", "turn-taking", "dialogue state", "persona"),
    "parsing": ("treebank", "dependency parser", "constituency", "morphology"),
    "sentiment": ("sentiment", "opinion", "sarcasm", "emotion"),
    "audio": ("music", "sound event", "audio codec", "beat tracking"),
    "education": ("tutoring", "student essays", "curriculum design", "grading"),
    "law": ("legal", "statute", "contract review", "court ruling"),
}

# The rule that one of the measured changes widens: its last phrase comes only with the change.
WIDENED = "vision-and-language"
MOST = 5  # topics a paper may have
IN_TITLE = 2  # a phrase in the title counts so often; two hits put a paper on a topic

_WORD = re.compile(r"[a-z0-9][a-z0-9-]*")


def rules(*, widened: bool) -> dict[str, tuple[str, ...]]:
    """The phrases of each topic, before or after the change of one rule."""
    return {
        slug: phrases if widened or slug != WIDENED else phrases[:-1]
        for slug, phrases in TOPICS.items()
    }


def name(slug: str) -> str:
    """What a topic is called on pages."""
    return slug.replace("-", " ").capitalize()


class Matcher:
    """Finds the topics of a text by looking up its words, word pairs and triples."""

    def __init__(self, topic_rules: Mapping[str, Sequence[str]]) -> None:
        self._by_phrase = {
            tuple(phrase.split()): slug
            for slug, phrases in topic_rules.items()
            for phrase in phrases
        }
        self._by_start: dict[str, list[tuple[str, ...]]] = {}
        for words in self._by_phrase:
            self._by_start.setdefault(words[0], []).append(words)

    def __call__(self, title: str, abstract: str) -> tuple[str, ...]:
        """Slugs, the most hits first, then in the order of `TOPICS`."""
        hits = Counter(self._hits(abstract))
        for slug in self._hits(title):
            hits[slug] += IN_TITLE
        order = {slug: place for place, slug in enumerate(TOPICS)}
        found = [slug for slug, count in hits.items() if count >= IN_TITLE]
        return tuple(sorted(found, key=lambda slug: (-hits[slug], order[slug]))[:MOST])

    def _hits(self, text: str) -> list[str]:
        words = _WORD.findall(text.lower())
        found = []
        for place, word in enumerate(words):
            found += [
                self._by_phrase[phrase]
                for phrase in self._by_start.get(word, ())
                if tuple(words[place : place + len(phrase)]) == phrase
            ]
        return found
