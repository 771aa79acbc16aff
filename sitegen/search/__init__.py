"""Search without a server: an index in small files, of which a query loads a few.

How it is laid out, and why:

* Papers are numbered by birth and stand in segments that grow like a number's digits
  (`numbering`): what is old is never written again, a new day writes the last segment. Papers
  without a day, which would come before or behind all others, are numbered on their own.
* A segment is cut into shards of terms in their order (`shards`), so that the beginning of a word
  leads to one or two of them. A shard is some 1.5 kB, a frequent term has its own.
* A posting says in three bits how much the term counts in the paper, by BM25F (`weights`). How rare
  the term is, the browser finds in the lists themselves: nothing in a shard depends on papers of
  other segments.
* Places of terms, for phrases, lie apart. So do spellings, forwards and backwards: a word with one
  typo shares its first or its second half with the right one.
* Topics, sources, code and identifiers are terms as well. Days need no shards: numbers follow them.
* Titles of results come from shards of sixteen; what else is shown, from the paper's own page,
  which the reader opens next.

Blocks of 512 papers are inverted once (`blocks`) and kept in the cache; segments are merged from
them. The files' names are made from what goes in: an unchanged segment is not even looked at.
"""

from __future__ import annotations

from .indexing import Index, Segment, indexed

__all__ = ["Index", "Segment", "indexed"]
