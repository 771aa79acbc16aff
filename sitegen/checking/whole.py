"""What is known of a site when every file has been looked at: what its rules go by. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .looking import Summary
from .site import HOME, Site
from .sitemaps import Sitemap


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A site as a whole. `pages` and `sitemaps` by path."""

    site: Site
    pages: Mapping[str, Summary]
    sitemaps: Mapping[str, Sitemap]
    robots: str = ""  # robots.txt
    today: date
    stale_after: int = 0  # days; 0: never

    @cached_property
    def reached(self) -> frozenset[str]:
        """The pages that links lead to from the home page, and that page."""
        if HOME not in self.pages:
            return frozenset()
        reached = {HOME}
        ahead = [HOME]
        while ahead:
            for number in self.pages[ahead.pop()].ways:
                path = self.site.entries[number].path
                if path not in reached and path in self.pages:
                    reached.add(path)
                    ahead.append(path)
        return frozenset(reached)
