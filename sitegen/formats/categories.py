"""arXiv's categories among other terms."""

from __future__ import annotations

import re
from collections.abc import Iterable

# https://arxiv.org/category_taxonomy and the archives that it subsumed; ACM and MSC classes are
# none, though they stand among them.
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas"
    "|cond-mat|cs|dg-ga|econ|eess|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th"
    "|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat"
    "|supr-con"
)
_CATEGORY = re.compile(rf"(?:{_ARCHIVES})(?:\.[A-Za-z]{{2,}}(?:-[a-z]+)?)?")


def arxiv_categories(written: Iterable[str]) -> tuple[str, ...]:
    """The arXiv categories among the terms, in their order, each once."""
    found = (term.strip() for term in written)
    return tuple(dict.fromkeys(term for term in found if _CATEGORY.fullmatch(term)))
