from __future__ import annotations

import pytest

from sitegen.formats.json import literals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "{'a': [1, 2.5e3, None], \"b\": (True, False)}",
            {"a": [1, 2500.0, None], "b": [True, False]},
        ),
        (r"{'a': 'it\'s \u00e9 \_'}", {"a": "it's é \\_"}),
        ("{'a': 'b' 'c'}", {"a": "bc"}),
        ("{'a': 'say \"b\"', 2: {}}", {"a": 'say "b"', 2: {}}),
        ("{'a': '\\ud800\\x07\t'}", {"a": "\ud800\x07\t"}),
    ],
)
def test_literals(text: str, value: object) -> None:
    assert literals.value(text) == value
    assert literals.read(text + ", more", 0) == (value, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "{'a': f()}",
        "{'a': x}",
        "{'a': 1 + 1}",
        "{'a': b'x'}",
        "{'a': [i for i in ()]}",
        "{'a': __import__('os')}",
        "{'a': {{}: 1}}",
        "{'a': " + "[" * 100_000,
        "{'a': '" + "x" * 3_000_000 + "'}",
        "{'a': [" + "1," * 300_000 + "]}",
        "{'a': " + "9" * 5_000 + "}",
        "{'a': 1",
        "{'a': 1} {'b': 2}",
        "",
    ],
    ids=range(14),
)
def test_what_is_no_literal_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="literal"):
        literals.value(text)


@pytest.mark.parametrize("text", ["{'a': 'b", "{'a': [1, ", "{'a': Tr", "{"])
def test_a_literal_that_is_cut_has_no_end(text: str) -> None:
    assert literals.read(text, 0) is None
