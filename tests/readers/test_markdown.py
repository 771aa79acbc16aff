# ruff: noqa: E501 - the lines of digests are long
"""Digests in the shapes in which repositories publish them; the papers are invented."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import clean
from sitegen.errors import Problem
from sitegen.model import Record
from sitegen.readers import Content, choose, markdown

DUMPS = Path(__file__).resolve().parents[1] / "dumps" / "markdown"

Found = tuple[list[Record], list[Problem]]


def read(text: str | bytes, name: str = "x.md") -> Found:
    found = list(markdown.read(Content.of(text, name), name))
    problems = [one for one in found if isinstance(one, Problem)]
    return [one for one in found if isinstance(one, Record)], problems


def sniff(text: str, name: str = "x.md") -> int:
    return markdown.sniff(Content.of(text, name).head, name)


def facts(record: Record) -> tuple[str, str | None, tuple[str, ...]]:
    return record.title, record.ids.get("arxiv"), record.authors


ABS = "https://arxiv.org/abs"


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("*.md")), ids=lambda path: path.name)
def test_dumps_are_read_as_expected(dump: Path, outcome) -> None:
    expected = json.loads(dump.with_suffix(".json").read_text())
    assert outcome(markdown, dump.read_bytes(), dump.name) == expected


# ------------------------------------------------------------------------------ tables

TABLE = f"""## Updated on 2024.06.21

## SLAM

|Publish Date|Title|Authors|PDF|Code|
|---|---|---|---|---|
|**2024-06-20**|**Mapping by Touch**|Ann Ay et.al.|[2406.00001v2]({ABS}/2406.00001v2)|null|
|**2024-06-19**|**On \\| Bars_and_ Lines**|Ben Be et.al.|[2406.00002v1]({ABS}/2406.00002v1)|**[link](https://github.com/b/e)**|

<p align=right>(<a href=#updated>back to top</a>)</p>

## NeRF

|Publish Date|Title|Authors|PDF|Code|
|---|---|---|---|---|
|**2024-06-20**|**Mapping by Touch**|Ann Ay et.al.|[2406.00001v2]({ABS}/2406.00001v2)|null|
"""


def test_tables_under_topics():
    assert sniff(TABLE) == 80
    records, problems = read(TABLE)
    assert [facts(record) for record in records] == [
        ("Mapping by Touch", "2406.00001", ("Ann Ay",)),
        ("On | Bars_and_ Lines", "2406.00002", ("Ben Be",)),
        ("Mapping by Touch", "2406.00001", ("Ann Ay",)),
    ]
    assert [record.tags for record in records] == [("SLAM",), ("SLAM",), ("NeRF",)]
    assert [record.line for record in records] == [7, 8, 16]
    assert [record.place for record in records] == [0, 1, 2]
    assert records[0].published == date(2024, 6, 20)
    assert {record.header_day for record in records} == {"2024-06-21"}
    assert [record.code for record in records] == ["", "https://github.com/b/e", ""]
    assert records[0].url == f"{ABS}/2406.00001v2"
    assert len(problems) == 1  # no abstracts, said once


def test_columns_are_known_by_their_heads_in_any_order():
    text = """
| # | PDF | Authors | Updated | Paper Title | Published | Venue | Category |
|:-:|:---|---:|---|---|---|---|---|
| 1 | [pdf](https://arxiv.org/pdf/2406.00001v1) | A. Ay, B. Be | 2024-06-22 | Mapping by Touch | 2024-06-20 | ICRA 2024 | cs.RO, cs.AI |
"""
    (record,), _ = read(text)
    assert facts(record) == ("Mapping by Touch", "2406.00001", ("A. Ay", "B. Be"))
    assert record.published == date(2024, 6, 20)
    assert (record.url, record.pdf) == (f"{ABS}/2406.00001", "https://arxiv.org/pdf/2406.00001v1")
    assert (record.venue, record.categories) == ("ICRA 2024", ("cs.RO", "cs.AI"))


def test_abstracts_in_cells_with_bars_of_their_own():
    text = f"""# Daily Papers
Last update: 2025-03-12

## Time Series
| **Title** | **Date** | **Abstract** | **Comment** |
| --- | --- | --- | --- |
| **[The Norm $|x|$ | of It]({ABS}/2503.00001v1)** | 2025-03-07 | <details><summary>Show</summary><p>We show a | b.</p></details> | <details><summary>8 pa...</summary><p>8 pages</p></details> |
| **[Another]({ABS}/2503.00002v1)** | 2025-03-06 | <details><summary>Show</summary><p>So do we.</p></details> |  |
"""
    first, second = read(text)[0]
    assert (first.title, first.abstract) == ("The Norm $|x|$ | of It", "We show a | b.")
    assert (first.comment, first.published) == ("8 pages", date(2025, 3, 7))
    assert (second.title, second.abstract, second.header_day) == (
        "Another", "So do we.", "2025-03-12",
    )  # fmt: skip
    assert first.tags == ("Time Series",)


def test_an_id_may_stand_in_a_file_name():
    text = """---
layout: default
title: arXiv·cs.CV - 2025-10-12
---
| # | 题目 | 一句话要点 | 关键词 |
|---:|---|---|---|
| 1 | [Video Without End](./papers/251000001v1-video-without-end.html) | 提出一种方法 | 视频, 流 |
| 2 | [Video With an End](./papers/2510.00002v3.html) | 提出另一种方法 | 视频 |
| 3 | [Video of 2025](./papers/20251012-video.html) | 提出第三种方法 | 视频 |
"""
    records, _ = read(text)
    assert [record.ids.get("arxiv") for record in records] == ["2510.00001", "2510.00002", None]
    assert (records[0].abstract, records[0].tags) == ("提出一种方法", ("视频", "流"))
    assert {record.header_day for record in records} == {"2025-10-12"}


def test_a_table_without_telling_heads_is_read_by_the_shapes_of_its_cells():
    text = f"""
| A | B | C | D |
|---|---|---|---|
| [2406.00001]({ABS}/2406.00001) | 2024-06-20 | Ann Ay, Ben Be | Mapping by Touch and Sound |
| Only | some | words | here |
"""
    (record,), _ = read(text)
    assert facts(record) == ("Mapping by Touch and Sound", "2406.00001", ("Ann Ay", "Ben Be"))
    assert record.published == date(2024, 6, 20)


def test_other_tables_hold_no_papers():
    text = """
| Option | Default | Description |
|---|---|---|
| `--title` | none | the title |

| Title | Date |
|---|---|
| A Blog Post About Things | 2024-01-01 |
"""
    assert read(text)[0] == []


# ------------------------------------------------------------------------------- lists

BULLETS = f"""> Updated on 2022.12.02

## SLAM

- 2022-11-30, **Racks and Shelves: Their Layout**, Ann Ay et.al., Paper: [{ABS}/2211.00001v1]({ABS}/2211.00001v1)
- 2022-11-29, **Video of 360°, a View**, Ben Be et.al., Paper: [{ABS}/2211.00002v1]({ABS}/2211.00002v1), Code: **[https://github.com/b/e](https://github.com/b/e)**

<p align=right>(<a href=#top>back to top</a>)</p>

[badge]: https://github.com/x/y/graphs/contributors
"""


def test_lists_of_date_title_author_and_links():
    assert sniff(BULLETS) == 80
    records, _ = read(BULLETS)
    assert [facts(record) for record in records] == [
        ("Racks and Shelves: Their Layout", "2211.00001", ("Ann Ay",)),
        ("Video of 360°, a View", "2211.00002", ("Ben Be",)),
    ]
    assert [record.published for record in records] == [date(2022, 11, 30), date(2022, 11, 29)]
    assert [record.code for record in records] == ["", "https://github.com/b/e"]
    assert {record.header_day for record in records} == {"2022-12-02"}
    assert {record.tags for record in records} == {("SLAM",)}


ITEMS = {
    f"- [Maps of Touch]({ABS}/2406.00001), Jane Doe, John Q. Public, ICLR 2025. [[code](https://github.com/x/y)]": (
        "Maps of Touch", "2406.00001", ("Jane Doe", "John Q. Public"),
    ),
    f"* **[Maps of Touch]({ABS}/2406.00001)** - Jane Doe et al.": (
        "Maps of Touch", "2406.00001", ("Jane Doe",),
    ),
    f"- \\[[ArXiv]({ABS}/2406.00001)\\] Orca: Maps of Touch. `2024.11`": (
        "Orca: Maps of Touch", "2406.00001", (),
    ),
    f"1. **Maps of Touch** [[paper]({ABS}/2406.00001)] [[code](https://github.com/x/y)]": (
        "Maps of Touch", "2406.00001", (),
    ),
    f"- (2024-06-03) Maps of Touch [arXiv:2406.00001]({ABS}/2406.00001)": (
        "Maps of Touch", "2406.00001", (),
    ),
    f'+ <a href="{ABS}/2406.00001">Maps of Touch</a>': ("Maps of Touch", "2406.00001", ()),
    f"- Maps of Touch: {ABS}/2406.00001": ("Maps of Touch", "2406.00001", ()),
}  # fmt: skip


@pytest.mark.parametrize(("item", "expected"), ITEMS.items())
def test_items_of_lists(item, expected):
    (record,), _ = read(f"# Papers\n\n{item}\n")
    assert facts(record) == expected


def test_items_with_labelled_items_below():
    text = f"""# arXiv digest, June 3, 2024
1. **Paper number one is nice**
   - Authors: A. Ay, B. Be
   - Link: {ABS}/2406.00001
   - Abstract: It is
     long.
2. **Paper number two is nice**
   - **作者**: C. Ce 等
   - **链接**: [arXiv]({ABS}/2406.00002)
   - **摘要**: That.
"""
    first, second = read(text)[0]
    assert facts(first) == ("Paper number one is nice", "2406.00001", ("A. Ay", "B. Be"))
    assert facts(second) == ("Paper number two is nice", "2406.00002", ("C. Ce",))
    assert (first.abstract, second.abstract) == ("It is long.", "That.")
    assert first.header_day == "2024-06-03"


# ---------------------------------------------------------------------------- sections

SECTIONS = """# UniMap: Maps of Everything

**Title (ZH)**: 地图

**Authors**: Ann Ay, Ben Be

**Link**: [PDF](https://arxiv.org/pdf/2603.00001)

**Abstract**: Maps are 87\\% useful.
We show it.

**Abstract (ZH)**: 地图很有用。

---
# Second Map

**Authors**: Cy Ce

**Link**: [PDF](https://arxiv.org/pdf/2603.00002)

**Abstract**: So is this.

---
"""


def test_a_section_for_each_paper():
    assert sniff(SECTIONS) == 80
    first, second = read(SECTIONS, "1-Apr-2026-IR.md")[0]
    assert facts(first) == ("UniMap: Maps of Everything", "2603.00001", ("Ann Ay", "Ben Be"))
    assert first.abstract == "Maps are 87% useful. We show it."
    assert (first.url, first.pdf) == (f"{ABS}/2603.00001", "https://arxiv.org/pdf/2603.00001")
    assert (second.title, second.abstract, second.tags) == ("Second Map", "So is this.", ())
    assert first.header_day == "2026-04-01"  # of the file's name, which has no ISO date


def test_numbered_headings_with_links_and_quoted_abstracts():
    text = f"""# 📚 每日 arXiv 论文精选 | 2026年04月06日

> 🎯 今日精选 **2** 篇

## 🔐 一、安全研究

> 探索

### 1. ["Safe" Maps, Securely]({ABS}/2604.00001)

**<font color=#1a73e8>作者：</font>** Ann Ay, Ben Be 等 6 位作者  
**<font color=#188038>arXiv所属领域：</font>** cs.CR

**<font color=#5f6368>摘要：</font>**
> Maps -- of models.
This is the second line.

---

### 2. [The Second]({ABS}/2604.00002)

**<font color=#1a73e8>作者：</font>** Cy Ce

**<font color=#5f6368>摘要：</font>**
> Short.

## 📊 今日统计

| 类别 | 数量 |
|---|---|
| 安全 | 2 |
"""  # noqa: W291 - a line break of Markdown's
    first, second = read(text)[0]
    assert facts(first) == ('"Safe" Maps, Securely', "2604.00001", ("Ann Ay", "Ben Be"))
    assert first.abstract == "Maps -- of models. This is the second line."
    assert (first.tags, first.categories) == (("安全研究",), ("cs.CR",))
    assert (second.title, second.header_day) == ("The Second", "2026-04-06")


def test_headings_in_bold_with_a_line_of_links():
    text = """# Attack Papers
**update at 2025-02-08 09:51:13**

## **1. Maps under Attack: A Survey**

受攻击的地图 cs.CR

47 pages, 6 figures

**SubmitDate**: 2024-07-27    [abs](http://arxiv.org/abs/2405.00001v3) [paper-pdf](http://arxiv.org/pdf/2405.00001v3)

**Authors**: Ann Ay, Ben Be

**Abstract**: Attacks: they exist.

摘要: 攻击存在。

"""
    (record,), problems = read(text)
    assert facts(record) == ("Maps under Attack: A Survey", "2405.00001", ("Ann Ay", "Ben Be"))
    assert (record.abstract, record.published) == ("Attacks: they exist.", date(2024, 7, 27))
    assert (record.url, record.pdf) == (
        "http://arxiv.org/abs/2405.00001v3", "http://arxiv.org/pdf/2405.00001v3",
    )  # fmt: skip
    assert record.header_day == "2025-02-08"
    assert problems == []


def test_an_index_whose_headings_lead_to_pages():
    text = "# 📅 2026-03-05 精选笔记\n\n> 共 **3** 篇\n\n---\n\n" + "\n---\n\n".join(
        f"### [A Long Enough Title for Paper {number}](paper-{number}.md)\n\n🧩 多模态\n\n"
        f"提出一种框架，通过三个步骤实现了精度的显著提升，并且在四个公开数据集上全面优于现有的方法。\n"
        for number in range(3)
    )
    assert sniff(text) == 50
    records, problems = read(text)
    assert [record.title for record in records] == [
        f"A Long Enough Title for Paper {number}" for number in range(3)
    ]
    assert records[0].abstract.startswith("提出一种框架")
    assert (records[0].tags, records[0].header_day) == (("多模态",), "2026-03-05")
    assert (records[0].ids, records[0].url) == ({}, "")
    assert problems == []


def test_details_hold_the_rest_of_a_paper():
    text = f"""<div id=toc></div>

# Table of Contents

- [cs.CV](#cs.CV) [Total: 2]

<div id='cs.CV'></div>

# cs.CV [[Back]](#toc)

### [1] [Maps of Light]({ABS}/2505.00001)
*Ann Ay,Ben Be*

Main category: cs.CV

TL;DR: Light is mapped.

<details>
  <summary>Details</summary>
Motivation: Because.

Abstract: All of the light.

[Link]({ABS}/2505.00001)
</details>

### [2] [Maps of Shade]({ABS}/2505.00002)
*Cy Ce*

TL;DR: Shade is mapped.
"""
    first, second = read(text)[0]
    assert facts(first) == ("Maps of Light", "2505.00001", ("Ann Ay", "Ben Be"))
    assert (first.abstract, first.categories, first.tags) == ("All of the light.", ("cs.CV",), ())
    assert facts(second) == ("Maps of Shade", "2505.00002", ("Cy Ce",))
    assert second.abstract == "Shade is mapped."


def test_days_and_labels_below_plain_headings():
    text = f"""# daily-papers

## 2024-05-06

### First Paper Here

[arXiv]({ABS}/2405.00001)

**Authors:** A. Ay, B. Be

**Summary:** It does this.

---

## 2024-05-05

### Second Paper Here

**Authors:** C. Ce | **Published:** 2024-05-02 | **Link:** {ABS}/2405.00002
**Code:** https://github.com/c/ce
**Keywords:** maps; light

"""
    first, second = read(text)[0]
    assert facts(first) == ("First Paper Here", "2405.00001", ("A. Ay", "B. Be"))
    assert (first.abstract, first.header_day) == ("It does this.", "2024-05-06")
    assert facts(second) == ("Second Paper Here", "2405.00002", ("C. Ce",))
    assert (second.published, second.header_day) == (date(2024, 5, 2), "2024-05-05")
    assert (second.code, second.tags) == ("https://github.com/c/ce", ("maps", "light"))


def test_headings_as_labels():
    text = f"""## A Paper With Parts
### Authors
A. Ay, B. Be
### Abstract
This is the first.

And a second paragraph.
### Link
{ABS}/2405.00001
## Another Paper With Parts
### Authors
C. Ce
### Abstract
Text.
"""
    first, second = read(text)[0]
    assert facts(first) == ("A Paper With Parts", "2405.00001", ("A. Ay", "B. Be"))
    assert first.abstract == "This is the first.\n\nAnd a second paragraph."
    assert facts(second) == ("Another Paper With Parts", None, ("C. Ce",))


def test_titles_under_labels():
    text = f"""**Title**: One Paper Title
**Authors**: A. Ay; B. Be
**Link**: {ABS}/2405.00001v1

**Title**: Another Paper Title
**Authors**: C. Ce
**Link**: {ABS}/2405.00002v1
**Abstract**: Text.
"""
    first, second = read(text)[0]
    assert facts(first) == ("One Paper Title", "2405.00001", ("A. Ay", "B. Be"))
    assert facts(second) == ("Another Paper Title", "2405.00002", ("C. Ce",))
    assert second.abstract == "Text."


def test_titles_in_bold_with_a_line_of_links():
    text = f"""# Awesome Maps

**LocalMap: From Local to Global**\\
Siggraph 2024. [[paper]({ABS}/2405.00001)] [[code](https://github.com/l/m)]

**Maps by Regression of Everything**\\
ICCV 2023. [[paper](https://openaccess.thecvf.com/content/x.html)]
"""
    first, second = read(text)[0]
    assert facts(first) == ("LocalMap: From Local to Global", "2405.00001", ())
    assert first.code == "https://github.com/l/m"
    assert (second.title, second.url) == (
        "Maps by Regression of Everything", "https://openaccess.thecvf.com/content/x.html",
    )  # fmt: skip


# ------------------------------------------------------------------ what is no digest

README = """# My project
Some text with a [link](https://example.org) and **bold**.

## Installation
- run `pip install x`
- **Note**: do this

| Option | Default | Description |
|---|---|---|
| `--a` | 1 | the a |

```markdown
- [Not a Paper](https://arxiv.org/abs/2406.00001)
```

## References
- [Ay et al., OpenThing](https://arxiv.org/abs/2406.00002)

More prose goes here, about how to use this and that.

And a lot more prose here.

Even more of it.
"""
OTHERS = {
    "readme": README,
    "about": "---\ntitle: About\n---\n# About\nSee [the help](help.md).\n\n## Who\nAnn Ay.\n",
    "changelog": "# Changelog\n## 0.1.0 (2024-05-06)\n- **Added**: things\n- [#1](https://x.org/1)\n",
    "docs": "# Documentation\n"
    + "".join(f"### [Page {n}](p{n}.md)\nAll about how the part {n} works.\n\n" for n in range(9)),
    "json": '[{"title": "**A**", "url": "https://arxiv.org/abs/2406.00001"}]',
    "html": f"<!doctype html>\n{BULLETS}",
    "text": "Daily Papers\n\nby AK\n\nA Title of a Paper\n\nIts abstract. " + "word " * 99,
    "cards": f"#paper\nTitle: On Cards\nBy: Ann Ay\narXiv: {ABS}/2405.00001\n\n",
    "empty": "",
    "no papers": "# 📅 2026-03-05\n\n> 共 **0** 篇\n",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_files_are_not_claimed(text):
    assert sniff(text) == 0


def test_blocks_of_code_hold_no_papers():
    assert "Not a Paper" not in [record.title for record in read(README)[0]]


def test_the_reader_is_found_and_chosen():
    for text in (TABLE, BULLETS, SECTIONS):
        reader = choose(Content.of(text, "x.md"))
        assert reader is not None
        assert reader.NAME == "markdown"


# --------------------------------------------------------------- the samples, and worse

SAMPLES = {
    "table-cv-arxiv-daily-2022-03.md": (202, r"^\|\*\*\d{4}.*?\|\*\*(.+?)\*\*\|"),
    "bullets-cv-arxiv-daily-wechat.md": (839, r"^- [\d-]+, \*\*(.+?)\*\*, "),
    "sections-1-Apr-2026-IR.md": (17, r"^# (.+?) ?$"),
    "numbered-2026-04-06.md": (17, r"^### \d+\. \[(.+?)\]\("),
    "index-2026-03-05.md": (20, r"^### \[(.+?)\]\("),
    "indextable-2025-10-12.md": (109, r"^\| \d+ \| \[(.+?)\]\("),
}


@pytest.mark.parametrize(("name", "expected"), SAMPLES.items())
def test_samples(shared: Path, name, expected):
    number, pattern = expected
    path = shared / "dumps" / "markdown" / name
    text = path.read_text()
    reader = choose(Content.of(text, name))
    assert reader is not None
    assert reader.NAME == "markdown"
    records, problems = read(text, name)
    assert len(records) == number
    assert all(problem.severity == "warning" for problem in problems)
    titles = [clean.title(found) for found in re.findall(pattern, text, re.MULTILINE)]
    assert [record.title for record in records] == titles
    ids = set(re.findall(r"arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{5})", text))
    if ids:
        assert {record.ids["arxiv"] for record in records} == ids
        assert all(record.authors for record in records)
    if name.startswith("indextable"):
        assert all(record.ids["arxiv"].startswith("2510.") for record in records)
    if name.startswith(("table", "bullets")):
        assert all(record.published and record.tags for record in records)
        assert {len(record.authors) for record in records} == {1}
        code = re.findall(r"(?:Code: \*\*\[|\*\*\[link\]\()(https?://[^\])]+)", text)
        assert sorted(record.code for record in records if record.code) == sorted(code)
    else:
        assert all(record.abstract for record in records)
    assert {record.header_day for record in records} == {
        {
            "table": "2022-03-01", "bullets": "2022-12-02", "sections": "2026-04-01",
            "numbered": "2026-04-06", "index": "2026-03-05", "indextable": "2025-10-12",
        }[name.split("-")[0]]
    }  # fmt: skip


@given(st.sampled_from([TABLE, BULLETS, SECTIONS, README]), st.data())
def test_nothing_is_raised_for_a_mutated_digest(text, data):
    at = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 80))
    junk = data.draw(st.text("[]()|*_`<>#-: \n\\$表1a", max_size=40))
    mutated = text[:at] + junk + text[at + length :]
    sniff(mutated)
    for record in read(mutated.encode())[0]:
        assert record.title
        assert record.url == "" or record.url.startswith(("http://", "https://"))


def test_an_item_with_a_link_and_no_word_beside_it_is_no_paper():
    text = f"* [PDF]({ABS}/2405.00001)\n\n- [A Paper on Ants]({ABS}/2405.00002)\n"
    sniff(text)
    assert [record.title for record in read(text)[0]] == ["A Paper on Ants"]


@given(st.text("[]()|*_`<>#-: \n\\$1aA.,/h", max_size=300))
def test_nothing_is_raised_for_any_text(text):
    sniff(text)
    read(text)


LONG = 200_000
HOSTILE = {
    "brackets": "- " + "[" * LONG,
    "links": "- **T t** " + "[a](b" * LONG,
    "nested": "- " + "[a[b]" * LONG,
    "bold": "- " + "**a" * LONG,
    "bars": "|Title|Authors|PDF|\n|-|-|-|\n|" + "[x|" * LONG,
    "hashes": "# " + "# " * LONG,
    "blanks": "**Authors**: a" + " " * LONG + "b",
    "comments": "<!--" * LONG,
    "tags": '<a href="x">' * LONG,
    "brackets behind": f"- [a b]({ABS}/2405.00001) " + "(" * LONG,
    "lines": "## T title here\n**Abstract**: x\n" + "word word\n" * LONG,
    "headings": "# a\n" * LONG,
    "commas": "**Authors**: " + ", A B" * LONG,
    "rules": "- " * LONG + "x",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_takes_time_in_proportion(text):
    """Quadratic work on these would take hours."""
    sniff(text)
    read(text)
