"""A Daily Papers page as it is served, and as browsers save it: made after what is known of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from email.charset import QP, Charset
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from html import escape, unescape
from typing import Any

ADDRESS = "https://huggingface.co/papers/date/2024-06-03"
_COMMENT = re.compile(r"<!-- saved from.*?-->\n")
_NAVIGATION = """<div class="SVELTE_HYDRATER contents" data-target="MainHeader"
 data-props="{&quot;authLight&quot;:{&quot;csrfToken&quot;:&quot;x&quot;}}"><header></header></div>"""
_SCRIPTS = """<script>window.hubConfig = {"features":{"signupDisabled":false},"env":"x"};</script>
<script type="application/ld+json">{"@type":"WebSite"}</script>"""


def page(body: str, url: str = ADDRESS) -> str:
    """A page of the site around a body."""
    return (
        f"<!doctype html>\n<!-- saved from url=({len(url):04}){url} -->\n"
        f'<html class=""><head><meta charset="utf-8">\n<title>Daily Papers - Hugging Face</title>'
        f'<meta property="og:url" content="{url}"></head>\n<body>\n{body}\n</body></html>'
    )


def article(number: int, title: str = "An Article's Title", votes: str = "42") -> str:
    """What the page shows of a paper."""
    return f"""
<article class="relative flex flex-col overflow-hidden rounded-xl border">
  <a href="/papers/2406.0000{number}" class="shadow"><img src="x.png"></a>
  <div class="pointer-events-none">Submitted by
    <div class="flex"><img alt=""> akhaliq</div></div>
  <div><div data-target="UpvoteControl"><a href="/login?next=%2Fpapers"><svg></svg>
    <div class="leading-none">{votes}</div></a></div>
  <h3 class="mb-1"><a href="/papers/2406.0000{number}" class="line-clamp-3">{title}</a></h3>
  <ul><li title="Ann Ay"></li><li class="text-gray-600">· <span>12 authors</span></li></ul>
  <a href="/papers/2406.0000{number}#community">7</a></div>
</article>"""


def served(*papers: dict[str, Any]) -> str:
    """The page as it is served: what it embeds, and what it shows of that."""
    props = {
        "canSubmit": False,
        "dailyPapers": list(papers),
        "dateString": "2024-06-03",
        "isLast": False,
        "lastDate": "2024-06-04T00:00:00.000Z",
        "periodType": "day",
        "prevDate": "2024-05-31",
    }
    titles = (" ".join(one["paper"]["title"].split()) for one in papers)
    shown = "".join(article(number, escape(title)) for number, title in enumerate(titles, 1))
    whole = page(
        f'{_SCRIPTS}<div class="flex min-h-dvh">{_NAVIGATION}<main class="flex flex-1">'
        '<div class="SVELTE_HYDRATER contents" data-target="DailyPapers" '
        f'data-props="{escape(json.dumps(props, ensure_ascii=False))}"><section class="container">'
        f'<a href="/papers/date/2024-05-31">Previous</a>{shown}</section></div></main></div>'
    )
    return whole.replace("</head>", '<link rel="stylesheet" href="/front/build/style.css"></head>')


def _absolute(text: str) -> str:
    return re.sub(r'(href|src)="/', r'\1="https://huggingface.co/', text)


def complete(text: str) -> str:
    """Chromium's “webpage, complete”: files in a folder beside, a comment, absolute addresses."""
    beside = "./Daily%20Papers%20-%20Hugging%20Face_files/"
    text = text.replace('href="/front/build/', f'href="{beside}')
    return _absolute(text.replace('src="x', f'src="{beside}x'))


def firefox(text: str) -> str:
    """Without a comment, and less escaped within attributes than it was served."""
    text = _absolute(_COMMENT.sub("", text))
    return text.replace("&lt;", "<").replace("&gt;", ">")


def single_file(text: str) -> str:
    """SingleFile: all style sheets inside, no scripts, the shorter quotation marks, a comment."""
    text = re.sub(r"<script.*?</script>", "", _COMMENT.sub("", text))
    comment = f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n-->"
    text = text.replace("<head>", f"<head>{comment}<style>{'.a{color:red}' * 9_000}</style>")

    def requoted(found: re.Match[str]) -> str:
        raw = unescape(found[1]).replace("&", "&amp;").replace("'", "&#39;")
        return f"data-props='{raw}'"

    return re.sub(r'data-props="([^"]*)"', requoted, _absolute(text))


def reordered(text: str) -> str:
    """With attributes in another order."""
    text = re.sub(r'(data-target="\w+")\s(data-props="[^"]*")', r"\2\n \1", text)
    return re.sub(r"<meta (property=\S+) (content=[^>]+)>", r"<meta \2 \1>", text)


def mhtml(text: str) -> str:
    """Chromium's “webpage, single file”."""
    whole = MIMEMultipart("related", type="text/html")
    whole["From"] = "<Saved by Blink>"
    whole["Snapshot-Content-Location"] = ADDRESS
    whole["Subject"] = "Daily Papers - Hugging Face"
    part = MIMENonMultipart("text", "html")
    part["Content-Location"] = ADDRESS
    charset = Charset("utf-8")
    charset.body_encoding = QP
    part.set_payload(text, charset)
    whole.attach(part)
    style = MIMENonMultipart("text", "css")
    style.set_payload("a { color: red }")
    whole.attach(style)
    return whole.as_string()


SAVED: dict[str, Callable[[str], str]] = {
    one.__name__: one for one in (complete, firefox, single_file, reordered, mhtml)
}
