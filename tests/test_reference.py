"""The page that is made of the code is as the code is now."""

from __future__ import annotations

import re

from sitegen import pages
from tests.reference import PAGE, written


def test_the_page_on_what_templates_get_is_that_of_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == written(), "run: make reference"


def test_it_names_every_structure_and_the_fields_of_one() -> None:
    text = written()
    assert set(re.findall(r"(?m)^### (\w+)$", text)) == set(pages.__all__)
    card = text.partition("### PaperCard\n")[2].partition("\n### ")[0]
    fields = re.findall(r"(?m)^\| `(\w+)` \|", card)
    assert tuple(fields) == pages.PaperCard.__struct_fields__
