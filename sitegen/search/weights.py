"""How much a term counts in a paper: BM25F (Robertson, Zaragoza and Taylor, CIKM 2004).

Frequencies in title, byline and abstract are normalized by the field's length, weighted, added
up, and saturated: f / (k1 + f), from 0 to 1. Eight levels of that are kept. How rare a term is
comes in where a query is answered, and the usual lengths are constants: so a paper's levels depend
on the paper alone, and nothing that is published changes when others come. All is reckoned in
whole numbers, which are the same on every machine.
"""

from __future__ import annotations

from typing import Final, NamedTuple

K1: Final = 1.2
LEVEL_BITS: Final = 3
LEVELS: Final = 1 << LEVEL_BITS
# What the lowest and the highest level stand for; few terms lie outside. The script has both.
LOWEST: Final = 0.25
HIGHEST: Final = 0.95
UNIT: Final = 1 << 12  # a mention that counts 1


class Field(NamedTuple):
    """A field of a paper: its weight, its usual length in words, what a longer one costs."""

    weight: float
    usual: int
    penalty: float  # "b": 0, none; 1, all of it

    def worth(self, length: int) -> int:
        """What one mention counts where the field has that many words, in `UNIT`s."""
        return round(UNIT * self.weight / (1 - self.penalty + self.penalty * length / self.usual))


TITLE: Final = Field(5.0, 10, 0.4)
ABSTRACT: Final = Field(1.0, 180, 0.6)
BYLINE: Final = Field(3.0, 10, 0.3)
FIELDS: Final = (TITLE, ABSTRACT, BYLINE)  # in the order of their texts


def thresholds() -> list[int]:
    """The least frequencies, in `UNIT`s, of the levels from 1 on."""
    shares = [LOWEST + (HIGHEST - LOWEST) * step / LEVELS for step in range(1, LEVELS)]
    return [round(UNIT * K1 * share / (1 - share)) for share in shares]
