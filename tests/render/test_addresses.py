import pytest

from sitegen.render.addresses import absolute, relative


@pytest.mark.parametrize(
    ("path", "start", "expected"),
    [
        ("papers/a.html", "atom.xml", "papers/a.html"),
        ("papers/a.html", "topics/x.atom.xml", "../papers/a.html"),
        ("topics/x.html", "topics/x.atom.xml", "x.html"),
        ("index.html", "a/b/c.xml", "../../index.html"),
        ("a/x.html", "a/b/c.xml", "../../a/x.html"),
        ("a:b c.html", "atom.xml", "a%3Ab%20c.html"),
    ],
)
def test_relative_addresses(path, start, expected):
    assert relative(path, start) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("papers/2605/2605.00001.html", "https://x.example/d/papers/2605/2605.00001.html"),
        ("a b/é?#%.html", "https://x.example/d/a%20b/%C3%A9%3F%23%25.html"),
        ("\ud800", "https://x.example/d/%ED%A0%80"),
    ],
)
def test_absolute_addresses(path, expected):
    assert absolute("https://x.example/d/", path) == expected
