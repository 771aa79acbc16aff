"""Message files: complete, alike, and taken together from several places."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from sitegen.errors import UsageError
from sitegen.i18n.messages import english, placeholders, spoken

ROOT = Path(__file__).parents[2]
LANGUAGES = ("de", "zh")
OWN = sorted((ROOT / "sitegen/data/messages").glob("*.toml"))
TEMPLATES = sorted((ROOT / "themes").glob("*/*.html"))
SCRIPTS = sorted((ROOT / "themes").glob("*/*.js"))
TAG = re.compile(r"<[^<>]*>")


def test_every_language_that_comes_with_sitegen_is_tested():
    assert {path.stem for path in OWN} == {"en", *LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_have_the_same_texts_placeholders_and_markup(language):
    words, problems = spoken(language, [])
    assert problems == ()
    assert words.language == language
    for key, text in english().texts.items():
        other = words.texts[key]
        assert placeholders(other) == placeholders(text), key
        assert isinstance(other, str) == isinstance(text, str), key
        if isinstance(text, str) and isinstance(other, str):
            assert sorted(TAG.findall(other)) == sorted(TAG.findall(text)), key


def test_every_text_is_used_and_every_text_used_is_there():
    code = [*(ROOT / "sitegen").rglob("*.py"), *TEMPLATES, *SCRIPTS]
    text = "".join(path.read_text(encoding="utf-8") for path in code)
    known = set(english().texts)
    asked = set(re.findall(r"""\b(?:_|words|text)\(["']([a-z_]+\.[a-z_]+)["']""", text))
    assert asked - known == set()
    named = {f"{table}.{name}" for table, name in re.findall(r"\b([a-z]+)\.([a-z_]+)", text)}
    computed = ("trending.", "feed.trending_", "subscribe.", "date.", "language.")
    assert {key for key in known - named if not key.startswith(computed)} == set()


# What is not said in any language: names, signs, numbers.
UNSPOKEN = {"A", "a", "ArXiv", "BibTeX", "Atom", "PDF", "404"}
SPOKEN_ATTRIBUTE = re.compile(r'(?:aria-label|title|placeholder|alt|abbr|data-label)="?([^"<>{ ]+)')
WORD = re.compile(r"[A-Za-z]{2,}")
SENTENCE = re.compile(r"[A-Z][a-z]+|[a-z] ")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_template_says_anything_itself(path):
    tree = jinja2.Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    marked = "".join(node.data for node in tree.find_all(nodes.TemplateData))
    marked = re.sub(r"<(style|script)\b.*?</\1>|<!--.*?-->", "", marked, flags=re.DOTALL)
    # A tag may be cut by what stands in it, so that its end is the next one, wherever that is.
    said = [word for text in TAG.sub("\n", marked).split("\n") for word in WORD.findall(text)]
    said += [found for found in SPOKEN_ATTRIBUTE.findall(marked) if WORD.search(found)]
    assert [word for word in said if word not in UNSPOKEN] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_expression_of_a_template_says_anything_itself(path):
    tree = jinja2.Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    constants = [node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)]
    asked = [
        node.args[0].value
        for node in tree.find_all(nodes.Call)
        if isinstance(node.node, nodes.Name) and node.node.name == "_" and node.args
    ]
    said = [
        text for text in constants if text not in asked and re.search(r"[A-Z][a-z]+|[a-z] ", text)
    ]
    names = ("Atom", "Feedly", "Inoreader", "NewsBlur", "Feedbin", "The Old Reader", " Feed")
    said = [text for text in said if "://" not in text and not text.startswith("<")]
    assert [text for text in said if text not in names] == []


def test_a_project_and_a_theme_say_some_texts_in_their_own_way(tmp_path):
    own, theme = tmp_path / "own", tmp_path / "theme"
    for folder, text in ((own, "Newest"), (theme, "Fresh")):
        folder.mkdir()
        (folder / "en.toml").write_text(f'[site]\nlatest = "{text}"\n', encoding="utf-8")
    (theme / "en.toml").write_text('[site]\nlatest = "Fresh"\nclub = "Club"\n', encoding="utf-8")
    words, problems = spoken("en", [own, theme])
    assert (words("site.latest"), words("site.club"), problems) == ("Newest", "Club", ())
    words, problems = spoken("de", [own, theme])
    assert (words("site.latest"), words("site.club")) == ("Neu", "Club")
    assert "1 texts of the pages are not in 'de' and stay English: site.club" in str(problems[0])


def test_a_language_is_added_by_a_file(tmp_path):
    (tmp_path / "fr.toml").write_text('[site]\nlatest = "Récents"\n', encoding="utf-8")
    words, problems = spoken("fr-CA", [tmp_path])
    assert (words.language, words("site.latest"), words("site.archive")) == (
        "fr-CA", "Récents", "Archive",
    )  # fmt: skip
    assert "stay English" in problems[0].message
    assert "content/messages/fr.toml" in str(problems[0])


def test_a_region_speaks_the_language_and_a_case_is_no_matter():
    assert spoken("de-AT", [])[0]("site.latest") == "Neu"
    assert spoken("de-AT", [])[0].language == "de-AT"
    assert spoken("en-GB", [])[0].language == "en-GB"
    assert spoken("EN", [])[1] == ()


def test_an_unknown_language_is_english_with_a_warning():
    words, (problem,) = spoken("tlh", [], "content/site.toml")
    assert (words.language, words("site.latest")) == ("en", "Latest")
    assert problem.severity == "warning"
    assert str(problem) == (
        "warning: content/site.toml: nobody has the texts of the pages in 'tlh': they are English"
        " (write content/messages/tlh.toml, or choose one of: de, en, zh)"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[site]\nlatets = "x"', r"'site.latets' is unknown.*'site.latest'"),
        ('[day]\nsources = "{source}"', r"unknown placeholder \{source\}.*\{sources\}"),
        ('[day]\nsources = "{sources"', "a brace that belongs to no placeholder"),
        ('[count]\npapers = "{n} x"', "has plural forms"),
        ('[site]\nlatest = { other = "x" }', "has no plural forms"),
        ('[count]\npapers = { one = "x" }', "is no text"),
        ("[site]\nlatest = 1", "is no text"),
        ('latest = "x"', "stands outside of a table"),
        ("[site", "not valid TOML"),
        ("\udcff", "is not UTF-8"),
    ],
)
def test_what_fits_nowhere_is_an_error_that_names_file_and_text(tmp_path, text, message):
    (tmp_path / "de.toml").write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(UsageError, match=rf"de.toml: .*{message}"):
        spoken("de", [tmp_path])
