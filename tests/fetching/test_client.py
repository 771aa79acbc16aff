"""Polite requests, against a host that misbehaves."""

from __future__ import annotations

import gzip
from contextlib import suppress

import pytest
import urllib3

from sitegen import __version__
from sitegen.errors import FetchError
from sitegen.fetching import client as module
from sitegen.fetching.answers import Answer, Answers, DamagedError
from sitegen.fetching.client import ATTEMPTS, Client, user_agent
from sitegen.fetching.refusals import RefusedError

from .host import Reply, Waits, zipped

BODY = b"a list" * 200


def test_an_answer(host, client):
    host.replies["/x"] = zipped(BODY, **{"Content-Type": "Text/XML; charset=utf-8"})
    answer = client.get(host.at("/x"), pause=1)
    assert (answer.body, answer.type) == (BODY, "text/xml")
    (asked,) = host.asked
    assert asked.headers["user-agent"] == f"sitegen/{__version__}"
    assert asked.headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("contact", "rest"),
    [
        ("", ""),
        ("ann@example.org", " (+mailto:ann@example.org)"),
        ("https://example.org/", " (+https://example.org/)"),
        ("a\r\nX: y", " (+aX:y)"),
        ("é", ""),
    ],
)
def test_how_sitegen_introduces_itself(contact, rest):
    assert user_agent(contact) == f"sitegen/{__version__}{rest}"


def test_requests_to_a_domain_keep_their_distance(host, client, waits):
    host.replies["/x"] = Reply(BODY)
    for _ in range(3):
        client.get(host.at("/x"), pause=3)
    assert waits.slept == [3, 3]
    waits.time += 2
    client.get(host.at("/x"), pause=3)
    assert waits.slept[-1] == 1


@pytest.mark.parametrize(
    ("first", "wait"),
    [
        (Reply(status=429, headers={"Retry-After": "20"}), 20),
        (Reply(status=429), 4),
        (Reply(status=500, body=b"oops"), 4),
        (Reply(status=503, headers={"Retry-After": "what?"}), 4),
        (Reply(BODY, how="cut"), 4),
        (Reply(BODY, how="cut chunks"), 4),
        (Reply(how="hangs up"), 4),
        (Reply(b"not gzip", headers={"Content-Encoding": "gzip"}), 4),
        (Reply(gzip.compress(BODY)[:-20], headers={"Content-Encoding": "gzip"}), 4),
    ],
    ids=lambda value: getattr(value, "how", "") or str(getattr(value, "status", value)),
)
def test_what_goes_wrong_once_is_asked_again(host, client, waits, first, wait):
    host.replies["/x"] = [first, Reply(BODY)]
    assert client.get(host.at("/x"), pause=1).body == BODY
    assert waits.slept == [wait]
    assert len(host.asked) == 2


def test_a_host_that_hangs_is_given_up(host, waits, tmp_path):
    host.replies["/x"] = Reply(how="hangs")
    timeout = urllib3.Timeout(connect=1, read=0.05)
    with (
        Client(Answers(tmp_path), clock=waits.clock, timeout=timeout) as client,
        pytest.raises(FetchError, match="does not go on answering"),
    ):
        client.get(host.at("/x"), pause=1)
    assert len(host.asked) == ATTEMPTS
    assert waits.slept == [4, 8, 16, 32]


def test_a_host_that_drips_is_given_up(host, tmp_path):
    host.replies["/x"] = Reply(BODY, how="drips")
    waits = Waits(step=60)
    with (
        Client(Answers(tmp_path), clock=waits.clock) as client,
        pytest.raises(FetchError, match="too slowly, 5 times"),
    ):
        client.get(host.at("/x"), pause=1)


def test_a_host_that_stays_busy_is_given_up(host, client, waits):
    host.replies["/x"] = Reply(status=503, headers={"Retry-After": "5"})
    with pytest.raises(RefusedError, match="status 503") as caught:
        client.get(host.at("/x"), pause=1)
    assert caught.value.hint == "try again later"
    assert waits.slept == [5, 8, 16, 32]


def test_nobody_waits_for_hours(host, client, waits):
    host.replies["/x"] = Reply(status=429, headers={"Retry-After": "7200"})
    with pytest.raises(FetchError, match="fewer requests") as caught:
        client.get(host.at("/x"), pause=1)
    assert "120 minutes" in caught.value.hint
    assert (waits.slept, len(host.asked)) == ([], 1)


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "nothing at this address"), (403, "refuses"), (401, "password"), (418, "refuses"),
     (410, "gone"), (204, "refuses"), (304, "refuses")],
)  # fmt: skip
def test_what_stays_wrong_is_not_asked_again(host, client, status, said):
    host.replies["/x"] = Reply(status=status, body=b"" if status in {204, 304} else b"why")
    with pytest.raises(RefusedError, match=said) as caught:
        client.get(host.at("/x"), pause=1)
    assert caught.value.status == status
    assert caught.value.file == host.at("/x")
    assert len(host.asked) == 1


def test_what_is_known_goes_along(host, client):
    known = {"ETag": '"v1"', "Last-Modified": "Fri, 08 May 2026 00:00:00 GMT"}
    host.replies["/x"] = [Reply(BODY, headers=known), Reply(status=304), Reply(b"new")]
    url = host.at("/x")
    assert client.get(url, pause=1).body == BODY
    assert client.get(url, pause=1).body == BODY
    assert client.get(url, pause=1).body == b"new"
    first, second, third = host.asked
    assert "if-none-match" not in first.headers
    for asked in (second, third):
        assert asked.headers["if-none-match"] == '"v1"'
        assert asked.headers["if-modified-since"] == known["Last-Modified"]


def test_what_turned_out_damaged_is_asked_for_anew(host, client):
    host.replies["/x"] = [Reply(b"half", headers={"ETag": '"v1"'}), Reply(b"half"), Reply(b"whole")]

    def sound(answer: Answer) -> None:
        if answer.body == b"half":
            raise DamagedError("the answer breaks off")

    client.answers.save(Answer(url=host.at("/x"), body=b"half", etag='"v1"'))
    assert client.get(host.at("/x"), pause=1, sound=sound).body == b"whole"
    given = ["if-none-match" in asked.headers for asked in host.asked]
    assert given == [True, False, False]
    kept = client.answers.load(host.at("/x"))
    assert kept is not None
    assert kept.body == b"whole"


def test_a_run_that_was_broken_off_goes_on(host, client, waits):
    host.replies["/x"] = [Reply(b"one"), Reply(b"two")]
    with suppress(KeyboardInterrupt), client.answers.run("feed", waits.now()):
        client.get(host.at("/x"), pause=1)
        raise KeyboardInterrupt
    waits.time += 3600
    with client.answers.run("feed", waits.now()):
        assert client.get(host.at("/x"), pause=1).body == b"one"
    with client.answers.run("feed", waits.now()):
        assert client.get(host.at("/x"), pause=1).body == b"two"


def test_redirects_are_followed(host, client):
    host.replies |= {
        "/a": Reply(status=301, headers={"Location": "/b?x=1"}),
        "/b": Reply(status=307, headers={"Location": host.at("/ü").encode().decode("latin-1")}),
        "/%C3%BC": Reply(BODY),
    }
    assert client.get(host.at("/a"), pause=1).body == BODY
    assert host.paths() == ["/a", "/b", "/%C3%BC"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:,x", "//@/"])
def test_redirects_lead_nowhere_else(host, client, target):
    host.replies["/x"] = Reply(status=302, headers={"Location": target})
    with pytest.raises(FetchError) as caught:
        client.get(host.at("/x"), pause=1)
    assert caught.value.hint
    assert len(host.asked) == 1


def test_a_loop_of_redirects_ends(host, client):
    host.replies["/x"] = Reply(status=302, headers={"Location": "/y"})
    host.replies["/y"] = Reply(status=302, headers={"Location": "/x"})
    with pytest.raises(FetchError, match="more than 5 redirects"):
        client.get(host.at("/x"), pause=1)
    assert len(host.asked) == 6


def test_an_answer_has_its_bounds_unpacked(host, client, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 1 << 20)
    host.replies["/x"] = zipped(bytes(3 << 20))
    with pytest.raises(FetchError, match="more than 1 MB"):
        client.get(host.at("/x"), pause=1)
    assert len(host.asked) == 1


def test_nobody_there(host, client, waits):
    url = host.at("/x")
    host.close()
    with pytest.raises(FetchError, match="takes no connection") as caught:
        client.get(url, pause=1)
    assert caught.value.hint == "try again later"


def test_a_proxy_of_the_system_is_used(host, client, monkeypatch):
    monkeypatch.delenv("no_proxy")
    monkeypatch.setenv("http_proxy", host.at("").replace("//", "//ann:secret@"))
    host.replies["http://papers.invalid/x"] = host.replies["/x"] = Reply(BODY)
    assert client.get("http://papers.invalid/x", pause=1).body == BODY
    (asked,) = host.asked
    assert asked.headers["proxy-authorization"].startswith("Basic ")
