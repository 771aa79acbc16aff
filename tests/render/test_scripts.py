from __future__ import annotations

import hashlib

import pytest

from sitegen.errors import SitegenError
from sitegen.i18n.messages import english, spoken
from sitegen.render.scripts import asset_path, published

WORDS = b"// @ts-check\n/** What it is. */\nexport const two = 2; // stays\n"
PAGE = b"import { two } from \"./words.js\";\nimport {\n  three,\n} from './more.js';\n"
MORE = b'export * from "./words.js";\n'


def name(data: bytes, stem: str) -> str:
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:8]}.js"


def test_a_script_imports_files_by_the_names_that_they_are_published_under() -> None:
    found = published({"page.js": PAGE, "more.js": MORE, "words.js": WORDS}, english())
    words, more = found["words.js"], found["more.js"]
    assert words == b"export const two=2;"
    assert more == f'export*from"./{name(words, "words")}";'.encode()
    page = found["page.js"].decode()
    first, second = name(words, "words"), name(more, "more")
    assert page == f"""import{{two}}from"./{first}";import{{three,}}from'./{second}';"""
    assert asset_path("words.js", words) == f"assets/{name(words, 'words')}"


def test_a_script_that_is_no_module_loads_others_by_their_published_names() -> None:
    files = published({"a.js": b'load("./b.js");', "b.js": b"1;"}, english())
    assert files["a.js"] == f'load("./{asset_path("b.js", b"1;")[7:]}");'.encode()


def test_a_change_of_a_script_renames_those_that_import_it() -> None:
    files = {"page.js": PAGE, "more.js": MORE, "words.js": WORDS}
    before, after = (
        published(files, english()),
        published({**files, "words.js": WORDS + b"let a;\n"}, english()),
    )
    assert all(before[name] != after[name] for name in files)


def test_other_files_and_the_order_stay() -> None:
    files = {"b.css": b"/* kept */", "a.js": b"1;", "c.svg": b"\xff"}
    assert published(files, english()) == files
    assert list(published(files, english())) == list(files)


def test_what_is_no_module_of_the_theme_is_left_alone() -> None:
    text = b'import x from"https://example.org/x.js";const y="./words.js";'
    assert published({"a.js": text, "words.js": b""}, english())["a.js"] == text


def test_comments_and_blanks_go_and_nothing_else() -> None:
    def small(script: str) -> str:
        return published({"a.js": script.encode()}, english())["a.js"].decode()

    assert (
        small("/*\n * a\n */ let x = 1;\n  let y = '// b';\n\n  // c\n") == "let x=1;let y='// b';"
    )
    assert (
        small("let x = `\n  // ${ y }  text\n`;\n// not kept\n") == "let x=`\n  // ${ y }  text\n`;"
    )
    assert small("return  / a [/] \\/ /g .test(x)") == "return/ a [/] \\/ /g.test(x)"


def test_an_import_of_nothing_and_a_ring_of_imports_are_errors() -> None:
    with pytest.raises(SitegenError, match=r"page.js imports 'words.js'.*doesn't have"):
        published({"page.js": b'import "./words.js";'}, english())
    ring = {"a.js": b'import "./b.js";', "b.js": b'import "./a.js";'}
    with pytest.raises(SitegenError, match=r"a.js imports b.js imports a.js"):
        published(ring, english())


def test_texts_stand_in_place_of_their_keys() -> None:
    script = {"a.js": b'say(_("site.latest")); say(_("count.papers", { n }));\n'}
    found = published(script, spoken("de", [])[0])["a.js"].decode()
    assert found == 'say("Neu");say(_({"one":"{n} Artikel","other":"{n} Artikel"},{n}));'
    with pytest.raises(SitegenError, match=r"a.js: there is no text 'site.latets'"):
        published({"a.js": b'_("site.latets")'}, english())
