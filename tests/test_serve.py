"""The preview server, asked over real sockets."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading

import pytest

from sitegen.errors import SitegenError
from sitegen.serve import address, server


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    base = tmp_path_factory.mktemp("serve")
    folder = base / "site"
    files = {
        "index.html": "home",
        "404.html": "lost",
        "a.html": "page a",
        "days/index.html": "days",
        "days/2026-08-18.html": "a day",
        "days.html.txt": "text",
        "rss.xml": "<rss/>",
        "topics/video.atom.xml": "<feed/>",
        "x y&ü.html": "odd",
        "empty.css": "",
        ".hidden": "secret",
        ".git/config": "secret",
        "days/.x.html": "secret",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (base / "secret.txt").write_text("secret")
    (base / "sitesecret.html").write_text("secret")
    (folder / "leak.html").symlink_to(base / "secret.txt")
    return folder


@contextlib.contextmanager
def served(folder, base_url="", host="127.0.0.1", port=0):
    with server(folder, base_url, host, port) as bound:
        thread = threading.Thread(target=bound.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield bound
        finally:
            bound.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def root(site):
    with served(site) as bound:
        yield bound


def ask(bound, path, method="GET"):
    """(status, body, headers) of a request with that very path."""
    connection = http.client.HTTPConnection(*bound.server_address[:2], timeout=20)
    connection.putrequest(method, path, skip_accept_encoding=True)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, answer.headers


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/", "home", "text/html; charset=utf-8"),
        ("/index.html", "home", "text/html; charset=utf-8"),
        ("/a.html", "page a", "text/html; charset=utf-8"),
        ("/a", "page a", "text/html; charset=utf-8"),
        ("/a?x=/b#c", "page a", "text/html; charset=utf-8"),
        ("/days/", "days", "text/html; charset=utf-8"),
        ("/days/2026-08-18", "a day", "text/html; charset=utf-8"),
        ("/rss.xml", "<rss/>", "application/rss+xml"),
        ("/topics/video.atom.xml", "<feed/>", "application/atom+xml"),
        ("/days.html.txt", "text", "text/plain; charset=utf-8"),
        ("/x%20y%26%C3%BC", "odd", "text/html; charset=utf-8"),
        ("/empty.css", "", "text/css; charset=utf-8"),
    ],
)
def test_files_as_a_static_host_sends_them(root, path, body, kind):
    status, found, headers = ask(root, path)
    assert (status, found, headers["Content-Type"]) == (200, body, kind)
    assert headers["Content-Length"] == str(len(body.encode()))
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/missing",
        "/a/",
        "/a.html/",
        "/days/missing.html",
        "/..",
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/days/../../secret.txt",
        "/../sitesecret",
        "//etc/passwd",
        "/%2fetc/passwd",
        "//127.0.0.1/a.html",
        "/.hidden",
        "/%2ehidden",
        "/.git/config",
        "/days/.x",
        "/./a.html",
        "/days//2026-08-18.html",
        "/leak.html",
        "/leak",
        "/a.html%00",
        "/%00",
        "/..%5csecret.txt",
        "/days%5c2026-08-18.html",
        "/%ff%fe",
        "/%",
        "/" + "a" * 5000,
        "//[::1",
        "/http://[",
        "*",
        "a.html",
    ],
)
def test_what_is_not_there_or_not_to_be_seen(root, path):
    status, body, headers = ask(root, path)
    assert status == 404
    assert body == "lost"
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_folder_without_its_slash_is_sent_on(root):
    status, _, headers = ask(root, "/days")
    assert (status, headers["Location"]) == (302, "/days/")
    # Never a way to another host.
    for path in ("//days", "/%2fdays", "//days/..//days"):
        assert not (ask(root, path)[2]["Location"] or "").startswith("//")


def test_head(root):
    status, body, headers = ask(root, "/a", "HEAD")
    assert (status, body, headers["Content-Length"]) == (200, "", "6")
    assert ask(root, "/missing", "HEAD")[:2] == (404, "")
    with socket.create_connection(root.server_address[:2], timeout=20) as client:
        client.sendall(b"HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: client.recv(4096), b""))
    assert answer.endswith(b"\r\n\r\n")


def test_other_methods(root):
    assert ask(root, "/a", "POST")[0] == 501
    assert ask(root, "/a", "DELETE")[0] == 501


@pytest.mark.parametrize("base_url", ["https://example.org/papers/", "https://example.org/papers"])
def test_under_the_path_of_base_url(site, base_url):
    with served(site, base_url) as bound:
        assert address(bound, base_url).endswith(f":{bound.server_address[1]}/papers/")
        assert ask(bound, "/papers/")[:2] == (200, "home")
        assert ask(bound, "/papers/a")[:2] == (200, "page a")
        for path in ("/", "/papers"):
            status, _, headers = ask(bound, path)
            assert (status, headers["Location"]) == (302, "/papers/")
        assert ask(bound, "/papers/days")[2]["Location"] == "/papers/days/"
        assert ask(bound, "/a.html")[:2] == (404, "lost")
        assert ask(bound, "/papersx")[0] == 404


def test_a_site_without_404_page(tmp_path):
    with served(tmp_path) as bound:
        assert ask(bound, "/x")[:2] == (404, "not found\n")


def test_a_site_that_is_replaced_meanwhile(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("1")
    with served(folder) as bound:
        assert ask(bound, "/")[1] == "1"
        folder.rename(tmp_path / "old")
        assert ask(bound, "/")[0] == 404
        folder.mkdir()
        (folder / "index.html").write_text("2")
        assert ask(bound, "/")[1] == "2"


def test_a_taken_port_gives_the_next(site):
    with served(site) as first:
        port = first.server_address[1]
        with served(site, port=port) as second:
            assert port < second.server_address[1] <= port + 20
            assert ask(second, "/")[0] == 200


def test_no_port_left(site, monkeypatch):
    import sitegen.serve

    with served(site) as first:
        monkeypatch.setattr(sitegen.serve, "_TRIES", 1)
        with pytest.raises(SitegenError, match="taken") as caught:
            server(site, "", "127.0.0.1", first.server_address[1])
    assert "--port" in caught.value.hint


def test_the_last_port_has_no_next(site):
    with socket.socket() as taken:
        try:
            taken.bind(("127.0.0.1", 65_535))
            taken.listen()
        except OSError:
            pytest.skip("someone has the last port")
        with pytest.raises(SitegenError, match="taken"):
            server(site, "", "127.0.0.1", 65_535)


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_a_host_that_is_not_ours(site, host):
    with pytest.raises(SitegenError, match=host) as caught:
        server(site, "", host, 0)
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
        assert address(bound, "").startswith("http://[::1]:")
        assert ask(bound, "/")[:2] == (200, "home")


def test_browsers_that_hang_up_are_no_error(tmp_path, capfd):
    (tmp_path / "index.html").write_bytes(b"x" * 30_000_000)
    with served(tmp_path) as bound:
        with socket.create_connection(bound.server_address[:2]) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
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
    assert ask(root, "/")[0] == 200
    assert capfd.readouterr() == ("", "")
