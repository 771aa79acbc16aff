"""Templates compiled for pages of structures: Jinja's own compiler with three shorter ways.

* A block collects its texts in a list, as macros do, in place of yielding each: a page has some
  hundred, and each would go through every generator above it.
* What is written is escaped in place where it is a plain string, which most values are.
* `page.title` is Python's attribute access. Jinja looks for an item, too, and makes a value of
  what is missing; pages are structures, and hardly anything is missing. Where something is, the
  template raises AttributeError, and has to be compiled in Jinja's own way to say what.

What templates mean stays what Jinja says; a page takes about half of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from keyword import iskeyword
from types import CodeType
from typing import Any, Final

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from ..i18n.words import Words
from .worded import NAME, worded

_escape_text: Final[Callable[[str], str]] = getattr(
    markupsafe, "_escape_inner", lambda text: str(markupsafe.escape(text))
)


def _escape(value: object) -> str:
    """Markupsafe's escaping without the `Markup` around each result, which nobody asks for.

    What is put together here goes into a file, and isn't escaped again.
    """
    if type(value) is str:
        return _escape_text(value)
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return _escape_text(str(value))


class Template(jinja2.Template):
    """A compiled template with the faster escaping for what it writes."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 -- the name is Jinja's
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        """See jinja2.Template; the names that the code below writes are added."""
        template = super().from_code(environment, code, globals, uptodate)
        names = template.root_render_func.__globals__
        names["escape"], names["escape_text"] = _escape, _escape_text
        return template


class Plain(CodeGenerator):
    """Writes a template's Python code as Jinja does, with the interface's texts put in."""

    def visit_Template(  # noqa: N802 - Jinja's
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """The whole template."""
        words: Words = self.environment.globals[NAME]  # type: ignore[assignment]
        node = worded(node, words, self.name or "", self.filename or "")
        super().visit_Template(node, frame)


class Compiler(Plain):
    """Writes a template's Python code; see above for how it differs from Jinja's own."""

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """The body of a block into one text; what is inside of it writes to its list."""
        whole = frame.buffer is None and frame.block_frame and not frame.toplevel
        if whole:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if whole:
            self.writeline(f"yield ''.join({frame.buffer})")
            frame.buffer = None

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - Jinja's
        """Texts and values to the frame's list in one step."""
        plain = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        if frame.buffer is None or frame.require_output_check or not plain:
            super().visit_Output(node, frame)
            return
        self.writeline(f"{frame.buffer}.extend((", node)
        self.indent()
        for child in node.nodes:
            self.newline(child)
            if isinstance(child, nodes.TemplateData):
                self.write(repr(str(child.data)))
            elif isinstance(child, nodes.Filter) and child.name == "safe" and child.node:
                self.write("str(")
                self.visit(child.node, frame)
                self.write(")")
            else:
                self.write("(escape_text(_value) if (_value := ")
                self.visit(child, frame)
                self.write(").__class__ is str else escape(_value))")
            self.write(",")
        self.outdent()
        self.writeline("))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's
        """An attribute by Python's own way."""
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")
