from __future__ import annotations

import pytest

from sitegen.editorial.links import dangling, links

TEXT = """title: A page

See [one](one.md), [two](a/two.md#part "Two") and
[three][3] or ![four](<four.md>).

```
[no](code.md)
```
Or `[no](inline.md)`, <!-- [no](comment.md) --> and <a href="five.md">five</a>.
[web](https://example.org/x.md) [root](/x.md) [page](x.html) [mail](mailto:a.md) [top](#a.md)

[3]: three%20b.md
"""


def test_links_to_other_pages_with_their_lines():
    assert list(links(TEXT)) == [
        ("one.md", 3), ("a/two.md", 3), ("four.md", 4), ("five.md", 9), ("three b.md", 12),
    ]  # fmt: skip


def test_a_fence_that_is_never_closed_is_code_to_the_end():
    assert list(links("[a](a.md)\n~~~~\n[b](b.md)\n")) == [("a.md", 1)]


@pytest.mark.parametrize("target", ["two.md", "../one.md", "./two.md#x", "../days/2026-05-08.md"])
def test_pages_that_are_there(target):
    assert list(dangling(f"[x]({target})", "f", "a", {"one.md", "a/two.md"})) == []


def test_a_page_that_is_not_there_is_named_with_the_nearest():
    (problem,) = dangling("\n\n[x](tow.md)", "content/pages/a/b.md", "a", {"one.md", "a/two.md"})
    assert (problem.file, problem.line) == ("content/pages/a/b.md", 3)
    assert "there is no page a/tow.md" in problem.message
    assert "two.md" in problem.hint
    (problem,) = dangling("[x](../../README.md)", "f", "a", {"one.md"})
    assert "there is no page ../README.md" in problem.message
