"""The preview server, asked over real sockets."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from sitegen.errors import Problem, SitegenError
from sitegen.preview import bind, server
from sitegen.preview.state import Board, State

BOARD = Board(State(version="v-1"))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "days").mkdir()
    (folder / "days/index.html").write_text("days")
    (folder / "a.css").write_text("a {}")
    (folder / "big.bin").write_bytes(b"x" * 3_000_000)
    return folder


@contextlib.contextmanager
def served(folder, home="/", host="127.0.0.1", port=0, missing=lambda: None):
    board = Board(State(version="v-1", home=home))
    with bind(folder, board, host, port, missing) as bound:
        bound.board = board
        thread = threading.Thread(target=bound.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield bound
        finally:
            board.close()
            bound.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def root(site):
    with served(site) as bound:
        yield bound


def ask(bound, path, method="GET", **headers):
    """(status, body, headers) of a request with that very path."""
    connection = http.client.HTTPConnection(*bound.server_address[:2], timeout=20)
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, answer.headers


def test_files_of_all_sizes_arrive_whole(site, root):
    assert ask(root, "/a.css")[:2] == (200, "a {}")
    status, body, headers = ask(root, "/big.bin")
    assert (status, len(body), headers["Content-Length"]) == (200, 3_000_000, "3000000")
    assert ask(root, "/missing")[0] == 404


def test_one_connection_takes_many_requests(root):
    connection = http.client.HTTPConnection(*root.server_address[:2], timeout=20)
    for path, status in (("/days", 302), ("/a.css", 200), ("/missing", 404), ("/a.css", 304)):
        connection.request("GET", path, headers={"If-None-Match": "*"} if status == 304 else {})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == status
    connection.close()


def test_head(root):
    status, body, headers = ask(root, "/a.css", "HEAD")
    assert (status, body, headers["Content-Length"]) == (200, "", "4")
    assert ask(root, "/missing", "HEAD")[:2] == (404, "")
    with socket.create_connection(root.server_address[:2], timeout=20) as client:
        client.sendall(b"HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: client.recv(4096), b""))
    assert answer.endswith(b"\r\n\r\n")


def test_other_methods(root):
    assert ask(root, "/a", "POST")[0] == 501
    assert ask(root, "/a", "DELETE")[0] == 501


def test_a_site_that_is_replaced_meanwhile(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "a.css").write_text("1")
    missed = []
    with served(folder, missing=lambda: missed.append(1)) as bound:
        assert ask(bound, "/a.css")[1] == "1"
        assert ask(bound, "/b.css")[0] == 404
        assert missed == []
        folder.rename(tmp_path / "old")
        assert ask(bound, "/a.css")[0] == 404
        assert missed == [1]
        folder.mkdir()
        (folder / "a.css").write_text("2")
        assert ask(bound, "/a.css")[1] == "2"


def heard(client):
    """The next event, past the beats that say that the server is there."""
    lines = iter(client.readline, b"")
    return next(json.loads(line[6:]) for line in lines if line.startswith(b"data: "))


def test_events_tell_the_state_and_what_follows(site, monkeypatch):
    monkeypatch.setattr(server, "_HEARTBEAT", 0.01)
    with served(site, "/papers/") as bound:
        with urllib.request.urlopen(f"{bound.address}.sitegen/events", timeout=20) as client:
            assert client.headers["Content-Type"] == "text/event-stream"
            assert heard(client) == {"version": "v-1", "home": "/papers/", "problems": []}
            assert client.readline() == b"\n"
            assert client.readline() == b":\n"  # a beat
            wrong = Problem(file="content/x.md", line=3, message="a\nb")
            bound.board.tell(State(version="v-2", home="/papers/", problems=(wrong,)))
            told = heard(client)
            assert told["version"] == "v-2"
            assert told["problems"][0]["line"] == 3
            assert told["problems"][0]["message"] == "a\nb"
            bound.board.close()
            assert client.read().replace(b":\n\n", b"") in {b"", b"\n"}
        # A page that was open when the site moved to another path hears of it as well.
        moved = urllib.request.urlopen(
            bound.address.replace("/papers/", "/.sitegen/events"), timeout=20
        )
        with moved:
            assert heard(moved)["home"] == "/papers/"


def test_fifty_clients_at_once_and_one_that_never_reads(site):
    with served(site) as bound:
        sleeper = socket.create_connection(bound.server_address[:2])
        sleeper.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        for _ in range(20):
            sleeper.sendall(b"GET /big.bin HTTP/1.1\r\nHost: x\r\n\r\n")
        waiting = [
            urllib.request.urlopen(f"{bound.address}.sitegen/events", timeout=20) for _ in range(50)
        ]
        with ThreadPoolExecutor(50) as pool:
            found = list(pool.map(lambda _: ask(bound, "/big.bin")[0], range(50)))
        assert found == [200] * 50
        bound.board.tell(State(version="v-2"))
        for client in waiting:
            assert heard(client)["version"] == "v-1"
            assert heard(client)["version"] == "v-2"
            client.close()
        sleeper.close()


def test_a_client_that_never_reads_is_let_go(site, monkeypatch):
    monkeypatch.setattr(server._Handler, "timeout", 0.2)
    (site / "huge.bin").write_bytes(bytes(30_000_000))
    with served(site) as bound, socket.create_connection(bound.server_address[:2]) as sleeper:
        sleeper.sendall(b"GET /huge.bin HTTP/1.1\r\nHost: x\r\n\r\n")
        deadline = time.monotonic() + 20
        while "process_request_thread" not in threads() and time.monotonic() < deadline:
            time.sleep(0.01)
        while "process_request_thread" in threads() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert "process_request_thread" not in threads()


def threads():
    return " ".join(thread.name for thread in threading.enumerate())


def test_a_taken_port_gives_the_next(site):
    with served(site) as first:
        port = first.server_address[1]
        with served(site, "/papers/", port=port) as second:
            assert port < second.server_address[1] <= port + 20
            assert second.address == f"http://127.0.0.1:{second.server_address[1]}/papers/"
            assert ask(second, "/papers/a.css")[0] == 200


def test_no_port_left(site, monkeypatch):
    with served(site) as first:
        monkeypatch.setattr(server, "_TRIES", 1)
        with pytest.raises(SitegenError, match="taken") as caught:
            bind(site, BOARD, "127.0.0.1", first.server_address[1])
    assert "--port" in caught.value.hint


def test_the_last_port_has_no_next(site):
    with socket.socket() as taken:
        try:
            taken.bind(("127.0.0.1", 65_535))
            taken.listen()
        except OSError:
            pytest.skip("someone has the last port")
        with pytest.raises(SitegenError, match="taken"):
            bind(site, BOARD, "127.0.0.1", 65_535)


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_a_host_that_is_not_ours(site, host):
    with pytest.raises(SitegenError, match=host) as caught:
        bind(site, BOARD, host, 0)
    assert "--host" in caught.value.hint


def test_ipv6(site):
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("no IPv6 here")
    with served(site, host="::1") as bound:
        assert bound.address.startswith("http://[::1]:")
        assert ask(bound, "/a.css")[:2] == (200, "a {}")


def test_browsers_that_hang_up_are_no_error(tmp_path, capfd):
    (tmp_path / "a.bin").write_bytes(b"x" * 30_000_000)
    with served(tmp_path) as bound:
        with socket.create_connection(bound.server_address[:2]) as client:
            client.sendall(b"GET /a.bin HTTP/1.1\r\nHost: x\r\n\r\n")
            client.recv(10)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        assert ask(bound, "/missing")[0] == 404
    assert capfd.readouterr() == ("", "")


def test_garbage_is_answered_and_no_crash(root, capfd):
    for line in (b"\x00\xff\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\r\n"):
        with socket.create_connection(root.server_address[:2], timeout=20) as client:
            client.sendall(line)
            client.shutdown(socket.SHUT_WR)
            while client.recv(4096):
                pass
    assert ask(root, "/a.css")[0] == 200
    assert capfd.readouterr() == ("", "")
