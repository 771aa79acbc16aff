"""What digests call the parts of a paper, as labels and as columns of tables.

Data: names as `markdown_marks.folded` gives them, in English, Chinese and Japanese.
"""

from __future__ import annotations

from typing import Final


def _names(text: str) -> tuple[str, ...]:
    """The names in a text, which bars and line ends part."""
    return tuple(name.strip() for line in text.splitlines() for name in line.split("|") if name)


# A field of `markdown_entries.Entry` -> what it is called.
_FIELDS: Final = {
    "title": """title|paper title|标题|题目|论文标题|论文题目|英文标题|题名
        標題|論文タイトル|タイトル""",
    "authors": """author|authors|first author|authors list|author list
        作者|作者列表|论文作者|著者""",
    "abstract": """abstract|摘要|英文摘要|原文摘要|论文摘要|概要|abstract (en)|original abstract""",
    "summary": """summary|tldr|tl;dr|ai summary|one-sentence summary|short summary|key points
        一句话要点|一句话总结|总结|要点|简介|中文摘要|摘要翻译|中文总结|核心要点|ai总结|内容概要|highlights""",
    "link": """link|links|url|pdf|pdf link|pdf url|paper|papers|paper link|paper url|arxiv
        arxiv link|arxiv url|abs|html|链接|论文链接|论文|论文地址|原文链接|原文|source|论文原文|地址
        paper & code|アドレス|リンク|下载|read|full text|view""",
    "id": "id|arxiv id|paper id|arxiv编号|编号|论文id",
    "date": """date|publish date|published|published date|publication date|published on|pub date
        submitdate|submitted|submission date|submit date
        发布日期|日期|提交日期|发表日期|发布时间|时间|提交时间|time|日付|发表时间|day|posted|created""",
    "code": """code|github|repo|repository|code link|code url|official code
        代码|代码链接|开源代码|コード""",
    "project": """project|project page|homepage|website|demo|webpage|project link
        项目主页|项目|主页""",
    "tags": """keywords|keyword|tags|tag|topics|topic|field
        关键词|标签|关键字|领域标签|キーワード""",
    "categories": """category|categories|main category|primary category|subjects|subject
        arxiv category|arxiv categories|分类|类别|arxiv所属领域|领域|所属领域|学科|カテゴリ""",
    "comment": "comment|comments|备注|note|notes|remark|评论|author comments|journal ref",
    "venue": """venue|conference|journal|published in|publication|pub|会议|期刊|来源|会议/期刊""",
    "upvotes": "upvotes|votes|likes|upvote|点赞|投票",
}

# Names that are known, and hold nothing of a record's.
_PASSED_OVER: Final = """#|no|index|序号|title (zh)|abstract (zh)|title (cn)|title zh|中文标题
    标题翻译|标题 (zh)|updated|updated date|update date|last updated|更新日期|translation|translate
    翻译|kimi|chatpaper|机构|affiliation|affiliations|institution|单位|score|评分|citations|stars"""

FIELD_OF: Final = {
    name: field for field, text in _FIELDS.items() for name in _names(text)
} | dict.fromkeys(_names(_PASSED_OVER), "")

# In a table, "paper" heads the titles more often than the links.
COLUMN_OF: Final = FIELD_OF | dict.fromkeys(
    ("paper", "papers", "论文", "name", "论文名称"), "title?"
)

# Texts of links that name what they lead to, and no title.
LINK_WORDS: Final = frozenset(FIELD_OF) | frozenset(
    _names(
        """here|page|this|webpage|video|slides|dataset|data|model|models|hf|huggingface
        hugging face|openreview|acl|doi|cvf|ieee|springer|blog|twitter|x|poster|supp|supplementary
        bibtex|cite|details|more|detail|详情|查看|阅读|null|none|n/a|-|paper-pdf|arxiv page
        back to top|返回首页"""
    )
)

# Headings that name no topic.
NO_TOPIC: Final = frozenset(
    _names(
        """papers|paper|contents|table of contents|目录|toc|daily papers|论文列表|arxiv|paper list
        list|今日论文|arxiv papers|arxiv daily|daily arxiv|latest papers|papers today|论文|updates
        summary|overview|paper details|论文详情|index|news"""
    )
)
