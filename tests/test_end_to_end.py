"""The whole way, as a maintainer goes it: from an installed wheel to readers' browsers."""

from __future__ import annotations

import contextlib
import functools
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
import venv
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.sites import files_of

pytestmark = pytest.mark.browser

CHECKOUT = Path(__file__).parent.parent
DUMP = CHECKOUT / "content" / "dumps" / "2026-08-19.json"

LINKS = """() => [...document.querySelectorAll("[href], [src]")]
  .filter((e) => e.rel !== "canonical").map((e) => e.href || e.src)"""


@pytest.fixture(scope="module")
def sitegen(tmp_path_factory):
    """The command as a wheel installs it, in an environment that has its dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=CHECKOUT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=False)
    python = folder / "env/bin/python"
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check", "-q"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", wheel], check=True)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    (packages,) = subprocess.check_output([python, "-c", where], text=True).split()
    # Behind its own: what is installed there as a link to the checkout is not seen.
    paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(packages, "dependencies.pth").write_text("\n".join(paths))
    where = "import sitegen; print(sitegen.__file__)"
    assert str(folder) in subprocess.check_output([python, "-c", where], cwd=folder, text=True)
    return folder / "env/bin/sitegen"


@contextlib.contextmanager
def plain_host(folder):
    """A static host that knows nothing of sitegen."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@contextlib.contextmanager
def preview(command, folder):
    """Where `sitegen serve` shows the site."""
    server = subprocess.Popen(
        [command, "serve", "--port", "0"], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    found = (re.search(r"http://127\.0\.0\.1:\S+", line) for line in server.stderr)
    yield next(match[0] for match in found if match)
    server.send_signal(signal.SIGINT)
    server.communicate(timeout=20)
    assert server.returncode == 0


@pytest.fixture
def page(chromium):
    """A page whose faults are collected."""
    context = chromium.new_context()
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    # An icon that is still on its way when the page is left is not missing.
    page.on(
        "requestfailed",
        lambda request: "ABORTED" in request.failure or page.wrong.append(request.url),
    )
    page.on(
        "response", lambda got: got.status < 400 or page.wrong.append(f"{got.status} {got.url}")
    )
    yield page
    context.close()


def follow_all_links(page, folder, host):
    """Open every page of a folder below a host's; what they refer to must be there."""
    asked = {}
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder.parent).as_posix()
        page.goto(f"{host}/{name}", wait_until="load")
        here = [url for url in page.evaluate(LINKS) if url.startswith(host)]
        assert here, name
        asked |= {url.partition("#")[0]: name for url in here}
        canonical = page.query_selector("link[rel=canonical]")
        if canonical is not None:
            own = canonical.get_attribute("href").removesuffix("index.html")
            assert own == f"https://ann.github.io/{name.removesuffix('index.html')}"
    for url, name in asked.items():
        assert url.startswith(f"{host}/repo/"), f"{name} leads out of the site, to {url}"
        assert page.context.request.get(url).status == 200, f"{name} leads to {url}"
    return asked


def test_from_an_empty_folder_to_readers(sitegen, git_alone, page, tmp_path):
    def run(*arguments, cwd=tmp_path):
        command = [sitegen, *arguments]
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    run("init", "papers", "--base-url", "https://ann.github.io/repo/")
    root = tmp_path / "papers"
    assert "14 records" in run("import", DUMP, cwd=root)
    run("build", cwd=root)
    assert "no faults" in run("check", "--strict", cwd=root)
    with preview(sitegen, root) as address:
        assert address.endswith("/repo/")
        seen = page.context.new_page()
        seen.goto(f"{address}about")
        about = root / "content/pages/about.md"
        about.write_text("title: About\nmenu: About\n\nWritten while it was served.\n")
        seen.wait_for_selector("text=Written while it was served.")
        seen.close()

    git_alone(tmp_path, "init", "--bare", "remote.git")
    git_alone(root, "init")
    git_alone(root, "remote", "add", "origin", "../remote.git")
    assert "published as" in run("deploy", cwd=root)
    git_alone(tmp_path, "clone", "-b", "gh-pages", "remote.git", "hosted/repo")
    clone = tmp_path / "hosted/repo"
    shutil.rmtree(clone / ".git")
    assert files_of(clone) == files_of(root / "site")
    assert (clone / ".nojekyll").is_file()

    with plain_host(clone.parent) as host:
        assert len(follow_all_links(page, clone, host)) > 30
        # As a reader goes: from the home page to a paper, to its topic, and back.
        page.goto(f"{host}/repo/")
        page.click("main h3 a")
        title = page.inner_text("h1")
        page.click("main a[href*='topics/']")
        page.get_by_role("link", name=title).click()
        assert page.inner_text("h1") == title
        page.click("header a")
        assert page.url in {f"{host}/repo/", f"{host}/repo/index.html"}
    assert page.wrong == []
