"""Which papers are related, by what their titles and abstracts say.

* A paper is a vector of its most telling terms (`vectors`): TF-IDF, the terms being those of the
  search index. How many papers have a term is counted in the years before the paper's own, on top
  of a table that ships with sitegen: so a vector never changes because of papers that come later.
* Related to a paper are the five of its own day and of earlier ones whose vectors have the
  greatest product with its own (`nearest`). So no list changes when later papers come, either.
  Papers without a day are compared among themselves, in the order of their dumps.
* All numbers are whole ones, so that every machine and any order of adding up gives the same.
* What is found is kept in the cache by what it was found from (`finding`).
* The terms two papers share are put into words when a page is made (`words`).
"""

from __future__ import annotations

from .finding import related
from .relations import Relation, Relations
from .words import in_words

__all__ = ["Relation", "Relations", "in_words", "related"]
