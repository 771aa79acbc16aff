"""Texts of the interface put into templates while they are compiled.

`_('day.next')` becomes the text itself, `_('day.sources', sources=x)` the text's pieces with the
value between, so that a page pays nothing for its language. What has plural forms, or a key that
is computed, is looked up when the page is made.
"""

from __future__ import annotations

from typing import Final

from jinja2 import TemplateAssertionError, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from ..i18n.words import MARKUP, PLACEHOLDER, Words

NAME: Final = "_"
NUMBER: Final = "n"  # the placeholder for a number


def worded(tree: nodes.Template, words: Words, name: str, file: str) -> nodes.Template:
    """The template with its texts. Raises TemplateAssertionError for one that isn't there."""
    found: nodes.Template = _Transformer(words, name, file).visit(tree)
    return found


def _number(value: nodes.Expr) -> nodes.Expr:
    """A number as the language writes it."""
    return nodes.Filter(value, "number", [], [], None, None, lineno=value.lineno)


class _Transformer(NodeTransformer):
    def __init__(self, words: Words, name: str, file: str) -> None:
        self._words = words
        self._name = name
        self._file = file

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - Jinja's
        """Texts among what is written become pieces of it."""
        pieces: list[nodes.Expr] = []
        for child in node.nodes:
            for piece in self._pieces(child):
                last = pieces[-1] if pieces else None
                if isinstance(piece, nodes.TemplateData) and isinstance(last, nodes.TemplateData):
                    joined = nodes.TemplateData(last.data + piece.data, lineno=last.lineno)
                    pieces[-1] = joined
                else:
                    pieces.append(piece)
        node.nodes = pieces
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - Jinja's
        """A text inside of an expression is one value."""
        parts = self._taken_apart(node)
        if parts is None:
            found: nodes.Expr = self.generic_visit(node)  # type: ignore[assignment]
            return found
        if len(parts) == 1:
            return parts[0]
        return nodes.Concat(parts, lineno=node.lineno)

    def _pieces(self, child: nodes.Expr) -> list[nodes.Expr]:
        parts = self._taken_apart(child) if isinstance(child, nodes.Call) else None
        if parts is None:
            return [self.visit(child)]
        return [self._data(part) for part in parts]

    @staticmethod
    def _data(part: nodes.Expr) -> nodes.Expr:
        """A constant as it is written to the page."""
        if isinstance(part, nodes.Const):
            return nodes.TemplateData(str(escape(part.value)), lineno=part.lineno)
        return part

    def _taken_apart(self, node: nodes.Call) -> list[nodes.Expr] | None:
        """Pieces of the text, and values between; None for what is looked up later."""
        if not isinstance(node.node, nodes.Name) or node.node.name != NAME or not node.args:
            return None
        key = node.args[0]
        if not isinstance(key, nodes.Const):
            return None
        text = self._words.texts.get(key.value)
        values = {one.key: one.value for one in node.kwargs}
        if text is None:
            self._refuse(node, f"there is no text {key.value!r}")
        if isinstance(text, dict):
            return None
        parts: list[nodes.Expr] = []
        # Pieces and names in turn, a piece at either end.
        for at, piece in enumerate(PLACEHOLDER.split(text or "")):
            if at % 2 == 0:
                constant = Markup(piece) if key.value.endswith(MARKUP) else piece  # noqa: S704
                parts += [nodes.Const(constant, lineno=node.lineno)] if piece else []
            elif piece in values:
                value = self.visit(values[piece])
                parts.append(_number(value) if piece == NUMBER else value)
            else:
                self._refuse(node, f"the text {key.value!r} needs a value for {{{piece}}}")
        return parts or [nodes.Const("", lineno=node.lineno)]

    def _refuse(self, node: nodes.Node, message: str) -> None:
        raise TemplateAssertionError(message, node.lineno, self._name, self._file)
