"""Lists of feeds (OPML 2.0, http://opml.org/spec2.opml): folders that readers import."""

from __future__ import annotations

from ..pages import Page, SiteView
from ..pages.feeds import OpmlPage
from .addresses import absolute
from .feed_forms import attribute, text
from .xml_text import filled, xml_text


def render(page: Page, site: SiteView) -> bytes:
    """The file of a page whose data is an `OpmlPage`.

    Raises ValueError for a site without a base URL: no such page is to be planned.
    """
    if not site.base_url:
        raise ValueError("a list of feeds holds absolute addresses: it needs a base URL")
    data: OpmlPage = page.data
    lines = [
        "<?xml version='1.0' encoding='UTF-8'?>",
        '<opml version="2.0">',
        f"<head><title>{text(filled(data.title, page.path))}</title></head>",
        "<body>",
    ]
    for folder, outlines in data.folders:
        lines.append(f'<outline text="{attribute(folder)}">')
        for one in outlines:
            title = attribute(filled(one.title, one.path))
            lines.append(
                f'<outline type="rss" text="{title}" title="{title}"'
                f' description="{attribute(xml_text(one.about))}"'
                f' xmlUrl="{attribute(absolute(site.base_url, one.path))}"'
                f' htmlUrl="{attribute(absolute(site.base_url, one.html_path))}"/>'
            )
        lines.append("</outline>")
    lines.append("</body>\n</opml>\n")
    return "\n".join(lines).encode()
