"""The page on hosts: what it says to type and to configure does what it says."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sitegen.starting import init
from tests.sites import build_project
from tests.workflow_runner import a_machine

PAGE = (Path(__file__).parents[1] / "content/pages/about/hosting.md").read_text(encoding="utf-8")
TODAY = date(2026, 8, 21)
ADDRESS = "https://papers.example.org/"


def blocks(kind: str) -> list[str]:
    """What stands between fences on the page."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


# ------------------------------------------------------------------- hosts that run commands


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return a_machine(tmp_path_factory.mktemp("machine")) | {"SOURCE_DATE_EPOCH": "1787313600"}


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository with a project."""
    project, bare = tmp_path / "project", tmp_path / "papers.git"
    init(project, "", TODAY)
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", bare], check=True)
    git = ["git", "-C", project, "-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *arguments], check=True)
    subprocess.run([*git, "push", "-q", bare, "HEAD:main"], check=True)
    return bare


def run(commands: str, remote: Path, place: Path, env: Mapping[str, str]) -> str:
    """The commands in a clean clone, and what they print."""
    subprocess.run(["git", "clone", "-q", remote, place], check=True)
    done = subprocess.run(
        ["bash", "-ec", commands], cwd=place, env=env, check=False, timeout=60,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_netlify_and_cloudflare(tmp_path: Path, remote: Path, machine: dict[str, str]) -> None:
    (settings,) = (tomllib.loads(block) for block in blocks("toml"))
    assert settings["build"]["publish"] == "site"
    assert tuple(map(int, settings["build"]["environment"]["PYTHON_VERSION"].split("."))) >= (3, 11)
    out = run(settings["build"]["command"], remote, tmp_path / "a", {**machine, "URL": ADDRESS})
    assert "no faults" in out
    assert ADDRESS in (tmp_path / "a/site/index.html").read_text()
    cloudflare = next(block for block in blocks("sh") if block.startswith("pip install"))
    run(cloudflare, remote, tmp_path / "b", machine)
    assert ADDRESS in (tmp_path / "b/site/index.html").read_text()


@pytest.fixture
def gitlab(tmp_path: Path) -> Any:
    (text,) = blocks("yaml")
    file = tmp_path / ".gitlab-ci.yml"
    file.write_text(text)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci"]
    done = subprocess.run([*command, file], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    return YAML(typ="safe").load(text)


def test_gitlab(tmp_path: Path, remote: Path, machine: dict[str, str], gitlab: Any) -> None:
    pages, fetch = gitlab["pages"], gitlab["fetch"]
    before = "\n".join(gitlab["before_script"])
    env = {
        **machine,
        "CI_PAGES_URL": ADDRESS,
        "CI_SERVER_HOST": "gitlab.example",
        "CI_PROJECT_PATH": "ann/papers",
        "CI_COMMIT_BRANCH": "main",
        "PUSH_TOKEN": "s3cret",
    }
    run("\n".join([before, *pages["script"]]), remote, tmp_path / "a", env)
    assert pages["artifacts"]["paths"] == ["public"]
    assert pages["cache"]["paths"] == [".sitegen", "public"]
    assert ADDRESS in (tmp_path / "a/public/index.html").read_text()

    # What the sources bring is a stand-in here; the address of the remote leads to this machine.
    brings = (
        "sitegen() { cp content/dumps/2026-08-18-first-list.txt content/dumps/2026-08-20.txt; }"
    )
    address = "https://token:s3cret@gitlab.example/ann/papers.git"
    env |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.{remote.as_uri()}.insteadOf",
            "GIT_CONFIG_VALUE_0": address}  # fmt: skip
    run("\n".join([brings, *fetch["script"]]), remote, tmp_path / "b", env)
    git = ["git", "-C", remote, "log", "--format=%an: %s", "--name-only", "-1", "main"]
    done = subprocess.run(git, check=True, capture_output=True, text=True).stdout.split("\n")
    assert done[:3] == ["sitegen: Add new papers", "", "content/dumps/2026-08-20.txt"]
    # And nothing happens where there is nothing new.
    run("\n".join(["sitegen() { :; }", *fetch["script"]]), remote, tmp_path / "c", env)


# ------------------------------------------------------------------- nginx


def nginx() -> str:
    """The program; it stands where users' PATHs do not lead."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    found = shutil.which("nginx", path=path)
    if found is None:
        if os.environ.get("SITEGEN_REQUIRE_NGINX"):
            pytest.fail("nginx is required here")
        pytest.skip("nginx is not installed")
    return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an nginx that is configured as the page says."""
    program = nginx()
    folder = tmp_path_factory.mktemp("nginx")
    init(folder / "papers", ADDRESS, TODAY)
    build_project(folder / "papers")
    (folder / "papers" / "site" / ".hidden").write_text("x")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (text,) = blocks("nginx")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    text = text.replace("/srv/papers/site", str(folder / "papers" / "site"))
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{one}_temp_path {folder}/{one};\n" for one in places)
    # As Debian's mime.types has them.
    types = (
        "text/html html; text/css css; application/javascript js; text/xml xml; text/plain txt;"
        "application/json json; image/svg+xml svg; image/png png;"
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{ }}\nhttp {{\naccess_log off;\ntypes {{ {types} }}\n{temporary}{text}}}\n"
    )
    command = [program, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        for _ in range(200):
            with socket.socket() as here:
                if here.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, process.communicate()[1]
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.communicate(timeout=10)


def ask(port: int, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": "papers.example.org", **headers})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_nginx_answers_as_other_hosts_do(served: int) -> None:
    for path in ("/", "/index.html", "/archive", "/topics/", "/topics/index.html"):
        answer, body = ask(served, path)
        assert answer.status == 200, path
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert b"<!doctype html>" in body.lower()
    # A folder leads to itself with a slash: relative links would go astray without.
    answer, _ = ask(served, "/topics")
    assert (answer.status, answer.headers["Location"][-8:]) == (301, "/topics/")


@pytest.mark.parametrize("path", ["/nowhere", "/days/2020-01-01.html", "/days/", "/.hidden"])
def test_nginx_says_what_is_not_there(served: int, path: str) -> None:
    answer, body = ask(served, path)
    assert answer.status == 404
    assert b"papers.example.org" in body, "our own page"


def test_nginx_knows_types_packs_and_lets_assets_be_kept(served: int) -> None:
    for path, kind in {
        "/rss.xml": "application/rss+xml",
        "/atom.xml": "application/atom+xml",
        "/days.atom.xml": "application/atom+xml",
        "/feed.json": "application/feed+json",
        "/sitemap.xml": "text/xml",
        "/robots.txt": "text/plain; charset=utf-8",
    }.items():
        answer, _ = ask(served, path)
        assert (answer.status, answer.headers["Content-Type"].partition("; ")[0]) == (
            200,
            kind.partition("; ")[0],
        ), path
    answer, body = ask(served, "/", **{"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    style = re.search(rb"assets/style\.[0-9a-f]+\.css", gzip.decompress(body))
    assert style
    answer, _ = ask(served, f"/{style[0].decode()}")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    answer, _ = ask(served, "/", **{"If-None-Match": ask(served, "/")[0].headers["ETag"]})
    assert answer.status == 304
