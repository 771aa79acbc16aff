"""What goes wrong in a template, told by the template's file and line."""

from __future__ import annotations

from types import TracebackType

import jinja2

from ..errors import SitegenError

UNDEFINED_HINT = "a page's data is described in sitegen/pages/; outside of blocks there is none"


def explained(error: Exception, *, theme: str = "") -> SitegenError:
    """The error as one that ends a command, with the place in the template it comes from."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return SitegenError(
            error.message or "a syntax error",
            hint="correct the template",
            file=error.filename or error.name or "",
            line=error.lineno,
        )
    file, line = _place(error.__traceback__)
    if isinstance(error, jinja2.TemplateNotFound):
        of_theme = f" in the theme {theme!r}" if theme else ""
        return SitegenError(
            f"there is no template {error.name!r}{of_theme}",
            hint="add it, or correct the name",
            file=file,
            line=line,
        )
    if isinstance(error, SitegenError):
        return SitegenError(error.message, hint=error.hint, file=file or error.file, line=line)
    undefined = isinstance(error, jinja2.UndefinedError)
    return SitegenError(
        str(error) or type(error).__name__,
        hint=UNDEFINED_HINT if undefined else "correct the template",
        file=file,
        line=line,
    )


def _place(traceback: TracebackType | None) -> tuple[str, int]:
    """File and line of the innermost template among the frames; "" and 0 without one.

    Jinja rewrites tracebacks only for what passes through `Template.render`; its compiled
    modules know their template and its lines all the same.
    """
    place = ("", 0)
    while traceback is not None:
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, jinja2.Template):
            line = template.get_corresponding_lineno(traceback.tb_lineno)
            place = (template.filename or template.name or "", line)
        elif place == ("", 0) and traceback.tb_frame.f_code.co_name in ("template", "top-level"):
            place = (traceback.tb_frame.f_code.co_filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place
