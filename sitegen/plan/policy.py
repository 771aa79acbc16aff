"""What a browser may do with a page: the Content Security Policy that every page carries.

Content Security Policy Level 3 (https://www.w3.org/TR/CSP3/), in a meta element, since a static
host lets nobody choose headers. Whatever escaping should ever miss, no script of a dump runs and
nothing is asked of another host.
"""

from __future__ import annotations

from typing import Final

from ..config.feeds import origin

# Styles in attributes hold numbers alone ("--n:25"); style sheets have pictures in themselves.
_DIRECTIVES: Final = (
    "default-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
)


def policy(form_action: str) -> str:
    """The policy of a site whose forms go to an address ("": it has none)."""
    goes_to = origin(form_action) if form_action else "'none'"
    return ";".join((*_DIRECTIVES, f"form-action {goes_to}"))
