"""Templates as texts: what each names, and what Jinja made of it in an earlier build.

Reading and compiling the templates of a theme takes longer than making the pages of a day, and
gives the same every day. So both are kept in the cache, which lies under the digest of the code
that reads them; a template that changes has another digest.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from typing import Final

import jinja2
import jinja2.meta
import msgspec
from jinja2 import nodes
from jinja2.bccache import Bucket

from ..cache import Cache
from ..digests import digest_of, digest_of_values
from ..errors import SitegenError
from ..i18n.words import Words
from ..model import Value
from .template_errors import explained

# Names that outside of blocks aren't there, and those by which a block reaches others.
_OF_PAGES: Final = frozenset({"page", "head", "path", "self", "caller", "loop"})


class Template(Value, frozen=True, kw_only=True):
    """A template's text, and the file it was read from for messages."""

    file: str
    text: str

    @property
    def digest(self) -> bytes:
        """Of the text."""
        return digest_of(self.text.encode())


class Look(Value, frozen=True):
    """What a template names: other templates, None where one is computed; and what pages differ in.

    `varying` are the blocks that may show anything of a page, and not of the site alone.
    """

    references: frozenset[str] | None
    varying: frozenset[str]


Looks = dict[bytes, Look]  # by the digest of the template's text
_LOOKS: Final = msgspec.msgpack.Decoder(Looks)


@lru_cache(maxsize=256)
def look(template: Template) -> Look:
    """What a template names. Raises SitegenError, with file and line, where it cannot be read."""
    try:
        tree = jinja2.Environment(autoescape=True).parse(template.text, None, template.file)
    except jinja2.TemplateError as error:
        raise explained(error) from error
    names = set(jinja2.meta.find_referenced_templates(tree))
    return Look(
        None if None in names else frozenset(name for name in names if name),
        frozenset(block.name for block in tree.find_all(nodes.Block) if _varies(block)),
    )


def _varies(block: nodes.Block) -> bool:
    """Whether a block names what pages differ in, or leaves to others what it shows."""
    if next(block.find_all((nodes.Include, nodes.Import, nodes.FromImport)), None):
        return True
    return any(name.name in _OF_PAGES for name in block.find_all(nodes.Name))


def looks(templates: Iterable[Template], cache: Cache) -> Looks:
    """What all templates name that can be read, from the cache where it has them."""
    every = {template.digest: template for template in templates}
    key = digest_of_values([sorted(every)]).hex()
    if (data := cache.load("looks", key)) is not None:
        with suppress(msgspec.MsgspecError):
            return _LOOKS.decode(data)
    found: Looks = {}
    for digest, template in every.items():
        with suppress(SitegenError):  # told when a page needs it
            found[digest] = look(template)
    cache.save("looks", key, msgspec.msgpack.encode(found))
    return found


class Compiled(jinja2.BytecodeCache):
    """Templates as Jinja compiled them, for environments that differ in nothing but their texts.

    Texts of the interface stand in the compiled code.
    """

    def __init__(self, cache: Cache, words: Words) -> None:
        self._cache = cache
        self._words = digest_of_values([words]).hex()

    def _key(self, bucket: Bucket) -> str:
        return f"{bucket.key}-{bucket.checksum}-{self._words}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """See jinja2.BytecodeCache."""
        data = self._cache.load("templates", self._key(bucket))
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """See jinja2.BytecodeCache."""
        self._cache.save("templates", self._key(bucket), bucket.bytecode_to_string())
