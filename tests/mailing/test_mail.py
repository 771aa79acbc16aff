# ruff: noqa: ARG002 - a server hands over more than is looked at
"""The digest by e-mail, through a real SMTP server on loopback."""

from __future__ import annotations

import re
import ssl
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Smtp  # noqa: N811
from aiosmtpd.smtp import AuthResult
from click.testing import CliRunner

from sitegen.cli import main
from sitegen.config.feeds import MailSettings
from sitegen.errors import PublicationError, UsageError
from sitegen.mailing import Ledger, Server, read_recipients, send
from tests.sites import daily_json, parse, project, text_of

NOW = datetime(2026, 5, 9, 7, tzinfo=UTC)
SETTINGS = """
title = "Papers & <more>"
base_url = "https://x.example/p/"
feed_id = "x.example,2026"
[mail]
from = "Papers <papers@x.example>"
unsubscribe = "https://x.example/end?who={address}"
host = "127.0.0.1"
port = PORT
tls = "none"
"""


class Box:
    """Keeps what it is sent; refuses and breaks off as it is told."""

    def __init__(self):
        self.got = []
        self.answers = {}  # address -> what is said to the next messages

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        said = self.answers.get(address, [])
        if said and said[0].startswith("rcpt "):
            return said.pop(0).removeprefix("rcpt ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        (address,) = envelope.rcpt_tos
        said = self.answers.get(address, [])
        answer = said.pop(0) if said else "250 OK"
        if answer == "vanish":
            server.transport.abort()
            return "250 OK"
        if answer.startswith("250"):
            self.got.append((address, envelope.content))
        return answer


class Loopback(Controller):
    """On whatever port is free."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def box():
    return Box()


@pytest.fixture
def port(box):
    controller = Loopback(box, hostname="127.0.0.1", port=0)
    controller.start()
    yield controller.port
    controller.stop()


@pytest.fixture
def root(tmp_path, port):
    root = project(tmp_path / "site", SETTINGS.replace("PORT", str(port)))
    dumps = root / "content/dumps"
    dumps.mkdir()
    papers = [
        {"id": f"2605.0000{n}", "title": f"Video <b>& models</b> of sort {n}", "upvotes": n}
        for n in range(3)
    ]
    (dumps / "2026-05-08.json").write_text(daily_json("2026-05-08", papers))
    (root / "recipients.txt").write_text("# all\nann@x.example\nBo <bo@x.example>\n")
    return root


def run(root: Path, *options: str, status: int = 0):
    done = CliRunner().invoke(main, ["mail", "-C", str(root), *options])
    assert done.exit_code == status, done.output
    return done


def parts(data: bytes):
    message = message_from_bytes(data, policy=policy.default)
    assert message.defects == []
    return message, *[message.get_body((kind,)).get_content() for kind in ("plain", "html")]


def test_everyone_gets_a_message_of_their_own_that_reads_well(root, box):
    run(root, "--send")
    assert [address for address, _ in box.got] == ["ann@x.example", "bo@x.example"]
    message, plain, html = parts(box.got[1][1])
    assert message["To"] == "bo@x.example"
    assert message["From"] == "Papers <papers@x.example>"
    assert message["Subject"] == "Papers & <more>: Friday 8 May 2026 (3 papers)"
    assert message["Message-ID"] == "<2026-05-08@x.example>"
    assert message["List-Id"] == "<digest.x.example>"
    assert message["List-Unsubscribe"] == "<https://x.example/end?who=bo%40x.example>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "ann@" not in box.got[1][1].decode()
    page = "https://x.example/p/papers/2605/2605.00001.html"
    for text in (plain, text_of(html)):
        assert "Video <b>& models</b> of sort 1" in text
        assert "We introduce a method" in " ".join(text.split())
        assert "Ada Lovelace" in text
    assert page in plain
    assert max(map(len, plain.splitlines())) <= 78
    links = {one.get("href") for one in parse(html).iter("a")}
    assert {page, "https://arxiv.org/abs/2605.00001", "https://x.example/p/"} <= links
    assert all(link.startswith("https://") for link in links)


def test_a_second_run_after_a_failure_sends_to_nobody_twice(root, box, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    box.answers["bo@x.example"] = ["rcpt 550 no such user"]
    failed = run(root, "--send", status=1)
    assert "550 no such user" in failed.stderr
    run(root, "--send")
    run(root, "--send")
    assert [address for address, _ in box.got] == ["ann@x.example", "bo@x.example"]
    assert "has it already" in run(root, "--dry-run").stdout


def test_a_line_that_breaks_off_leaves_nobody_with_two(root, box, monkeypatch):
    box.answers["ann@x.example"] = ["vanish"]
    assert "may not have arrived" in run(root, "--send", status=1).stderr
    assert "broke off" in run(root, "--send", status=1).stderr
    assert [address for address, _ in box.got] == ["bo@x.example"]


def test_what_passes_is_tried_again_a_bounded_number_of_times(root, box, port, tmp_path):
    message = _message(root)
    box.answers["ann@x.example"] = ["451 later", "rcpt 450 later"]
    box.answers["bo@x.example"] = ["451 later"] * 9
    waits = []
    server = Server("127.0.0.1", port, "none")
    with Ledger(tmp_path / "ledger", message.id) as ledger:
        both = ["ann@x.example", "bo@x.example"]
        first, second = send(message, both, server, ledger, NOW, waits.append)
        assert ledger.owed(both) == ["bo@x.example"]
    assert (first.state, second.state, second.why) == ("sent", "failed", "451 later")
    assert waits == [2.0, 4.0, 2.0, 4.0]
    assert len(box.answers["bo@x.example"]) == 6


def _message(root):
    from sitegen.config import load_project
    from sitegen.mailing.compose import compose
    from sitegen.options import Options
    from sitegen.plan import Choice

    return compose(load_project(root), Options(executor="serial"), Choice())[0]


def test_without_a_project_dumps_are_named(root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["mail", "-q", str(root / "content/dumps")])
    message, plain, _ = parts(done.stdout_bytes)
    assert message["Message-ID"] == "<2026-05-08@sitegen.invalid>"
    assert "https://arxiv.org/abs/2605.00001" in plain
    assert CliRunner().invoke(main, ["mail"]).exit_code == 2
    assert CliRunner().invoke(main, ["mail", "--send"]).exit_code == 2


def test_a_file_is_the_same_each_time_and_a_dry_run_sends_nothing(root, box, tmp_path):
    for name in ("a.eml", "b.eml"):
        run(root, "-o", str(tmp_path / name))
    assert (tmp_path / "a.eml").read_bytes() == (tmp_path / "b.eml").read_bytes()
    assert "ann@x.example: would be sent" in run(root, "--dry-run").stdout
    assert box.got == []
    assert not (root / ".sitegen/mail").exists()


def test_days_weeks_and_rankings(root):
    for options, name, first in [
        (["--day", "2026-05-08"], "2026-05-08", 0),
        (["--week", "2026-W19"], "2026-W19", 0),
        (["--since", "2026-05-01"], "2026-05-01.2026-05-08", 0),
        (["--week", "2026-W19", "--trending"], "2026-W19.trending", 2),
    ]:
        message, plain, _ = parts(run(root, *options).stdout_bytes)
        assert message["Message-ID"] == f"<{name}@x.example>"
        assert plain.index(f"sort {first}") < plain.index("sort 1")
        assert message["To"] == "undisclosed-recipients:;"
    assert "2 votes" in plain
    assert "no list has 2026-05-01" in run(root, "--day", "2026-05-01", status=1).stderr
    run(root, "--day", "2026-05-01", "--since", "2026-05-01", status=2)
    run(root, "--week", "2026-19", status=2)


@pytest.mark.parametrize(
    "settings",
    [
        'unsubscribe = "https://x.example/end"',  # who clicked?
        'unsubscribe = "http://x.example/end?who={address}"',
        'unsubscribe = "mailto:x@x.example?subject={address}"',
        'unsubscribe = "https://x.example/end?who={address}"\none_click = false',
        "",
    ],
)
def test_one_click_is_promised_only_where_it_can_be_kept(root, settings):
    file = root / "content/site.toml"
    file.write_text(re.sub("unsubscribe = .*", settings, file.read_text()))
    message = _message(root).to("ann@x.example")
    assert message["List-Unsubscribe"]
    assert message["List-Unsubscribe-Post"] is None


def test_long_addresses_in_headers_stay_whole(root):
    way = f"https://x.example/{'long/' * 30}ü?who={{address}}"
    file = root / "content/site.toml"
    text = re.sub("unsubscribe = .*", f'unsubscribe = "{way}"', file.read_text())
    file.write_text(text.replace('"Papers <', f'"{"Ünsere Papers " * 9} <'))
    data = _message(root).to("ann@x.example").as_bytes(policy=policy.SMTP)
    ready = way.replace("ü", "%C3%BC").replace("{address}", "ann%40x.example")
    assert f"List-Unsubscribe: <{ready}>\r\n".encode() in data
    assert all(len(line) <= 78 for line in data.splitlines() if b"List-Unsub" not in line)
    assert parts(data)[0]["From"].startswith("Ünsere Papers Ünsere")


NOTE = """Read [these](../papers/2605/2605.00000.html) & <script>track()</script>*those*.

1. First ![a cat](cat.png)
2. [Second](https://y.example/)
"""


def test_the_editors_note_stands_on_top(root):
    notes = root / "content/days"
    notes.mkdir()
    (notes / "2026-05-08.md").write_text(NOTE)
    (root / "content/dumps/2026-05-07.json").write_text(
        daily_json("2026-05-07", [{"id": "2605.00009", "title": "Another"}])
    )
    (notes / "2026-05-07.md").write_text("x" * 30_000)
    _, plain, html = parts(run(root).stdout_bytes)
    to_paper = "https://x.example/p/papers/2605/2605.00000.html"
    assert plain.splitlines()[4:9] == [
        "",
        f"Read these ({to_paper}) & those.",
        "",
        "- First a cat",
        "- Second (https://y.example/)",
    ]
    assert f' href="{to_paper}">these</a> &amp; <em>those</em>.' in html
    assert "<script" not in html
    assert "<img" not in html
    _, plain, html = parts(run(root, "--since", "2026-05-07").stdout_bytes)
    said = " ".join(plain.split())
    assert "Thursday 7 May 2026 The editor’s note is too long" in said
    assert "Friday 8 May 2026 Read these" in said
    assert 'href="https://x.example/p/days/2026-05-07.html">read it' in html
    _, plain, html = parts(run(root, "--trending").stdout_bytes)
    assert "First a cat" not in plain + html
    assert "First a cat" in parts(run(root, "--base-url", "").stdout_bytes)[1]


def test_a_large_day_is_cut_to_what_mail_programs_show(root):
    papers = [
        {"id": f"2605.{n:05}", "title": f"Title {n} " + "ü" * 60, "summary": "We do. " + "é " * 300}
        for n in range(10, 400)
    ]
    (root / "content/dumps/2026-05-09.json").write_text(daily_json("2026-05-09", papers))
    data = run(root).stdout_bytes
    message, plain, html = parts(data)
    assert 50_000 < len(data) <= 100_000
    shown = html.count("<b>Title")
    assert f"{390 - shown} more papers on the site" in html
    assert (
        f"{390 - shown} more papers on the site: https://x.example/p/days/2026-05-09.html" in plain
    )
    assert "390 papers" in message["Subject"]


def test_a_site_without_an_address_leads_to_the_papers_elsewhere(root):
    settings = root / "content/site.toml"
    settings.write_text(settings.read_text().replace('base_url = "https://x.example/p/"', ""))
    _, plain, html = parts(run(root).stdout_bytes)
    assert "https://arxiv.org/abs/2605.00001" in plain
    assert "x.example/p/" not in plain + html


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # on loopback alone
def test_a_login_is_used_and_never_sent_for_all_to_read(root, box):
    def allow(server, session, envelope, mechanism, data):
        good = (data.login, data.password) == (b"me", b"secret")
        return AuthResult(success=good, handled=good)

    class Guarded(Loopback):
        def factory(self):
            return Smtp(
                self.handler, authenticator=allow, auth_required=True, auth_require_tls=False
            )

    controller = Guarded(box, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        port = controller.port
        settings = MailSettings(host="127.0.0.1", port=port, tls="none", sender="a@x.example")
        login = {"SITEGEN_SMTP_USER": "me", "SITEGEN_SMTP_PASSWORD": "secret"}
        message = _message(root)
        with Ledger(root / ".sitegen/mail", message.id) as ledger:
            wrong = Server.of(settings, {**login, "SITEGEN_SMTP_PASSWORD": "guess"})
            with pytest.raises(PublicationError, match="does not let us in"):
                list(send(message, ["ann@x.example"], wrong, ledger, NOW))
            good = Server.of(settings, login)
            (done,) = send(message, ["ann@x.example"], good, ledger, NOW)
        assert done.state == "sent"
    finally:
        controller.stop()
    with pytest.raises(UsageError, match="for all to read"):
        Server.of(MailSettings(host="mail.example", sender="a@x.example", tls="none"), login)
    with pytest.raises(UsageError, match="one is set"):
        Server.of(settings, {"SITEGEN_SMTP_USER": "me"})
    with pytest.raises(UsageError, match=r"mail\.host is not set"):
        Server.of(MailSettings(), {})


def test_the_line_is_encrypted_and_the_login_taken_from_the_environment(
    root, box, tmp_path, monkeypatch
):
    logins = []

    def allow(server, session, envelope, mechanism, data):
        logins.append((session.ssl is not None, data.login, data.password))
        return AuthResult(success=True)

    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    secured = {"tls_context": context, "require_starttls": True}
    controller = Loopback(
        box, hostname="127.0.0.1", port=0, authenticator=allow, auth_required=True, **secured
    )
    monkeypatch.setenv("SITEGEN_SMTP_USER", "me")
    monkeypatch.setenv("SITEGEN_SMTP_PASSWORD", "secret")
    controller.start()
    try:
        settings = root / "content/site.toml"
        text = re.sub("port = .*", f"port = {controller.port}", settings.read_text())
        settings.write_text(text.replace('"none"', '"starttls"'))
        unknown = run(root, "--send", status=1).stderr
        assert f"127.0.0.1:{controller.port} has a certificate that cannot be trusted" in unknown
        assert "SSL_CERT_FILE" in unknown
        assert (logins, box.got) == ([], [])
        authority.cert_pem.write_to_path(tmp_path / "authority.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        run(root, "--send")
    finally:
        controller.stop()
    assert [address for address, _ in box.got] == ["ann@x.example", "bo@x.example"]
    assert logins == [(True, b"me", b"secret")]
    assert "secret" not in b"".join(data for _, data in box.got).decode()


def test_a_server_that_is_not_there_ends_the_run(root, tmp_path, port):
    message = _message(root)
    waits = []
    with (
        Ledger(tmp_path, message.id) as ledger,
        pytest.raises(PublicationError, match="cannot be reached"),
    ):
        # Nothing speaks TLS at that port.
        list(send(message, ["a@x.example"], Server("127.0.0.1", port, "tls"), ledger, NOW,
                  waits.append))  # fmt: skip
    assert waits == [2.0, 4.0]


def test_the_list_of_recipients(tmp_path):
    path = tmp_path / "r.txt"
    path.write_text("\ufeffann@x.example\n\n# no one\n Ann <ANN@x.example> \n")
    found, problems = read_recipients(path, "r.txt")
    assert [one.address for one in found] == ["ann@x.example"]
    assert [(one.line, one.message) for one in problems] == [
        (4, "ANN@x.example stands in line 1 already")
    ]
    path.write_text("ann@x.example\nann at example\n")
    with pytest.raises(UsageError) as error:
        read_recipients(path, "r.txt")
    assert (error.value.file, error.value.line) == ("r.txt", 2)


def test_the_ledger_forgives_a_torn_line_and_lets_one_run_in(tmp_path):
    with Ledger(tmp_path, "<a>") as ledger:
        ledger.note("ann@x.example", "sent")
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(path.read_bytes() + b'{"message":"<a>","addr')
    with Ledger(tmp_path, "<a>") as ledger:
        ledger.note("bo@x.example", "begun")
        with pytest.raises(PublicationError, match="sending mail"), Ledger(tmp_path, "<a>"):
            pass
    with Ledger(tmp_path, "<a>") as ledger:
        assert [ledger.state(f"{name}@X.example") for name in ("ann", "bo", "cy")] == [
            "sent", "begun", None,
        ]  # fmt: skip
    with Ledger(tmp_path, "<b>") as ledger:
        assert ledger.state("ann@x.example") is None


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 640])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_html_part_fits_the_screen_and_its_light(root, chromium, tmp_path, width, scheme):
    (root / "content/days").mkdir()
    (root / "content/days/2026-05-08.md").write_text(f"{NOTE}\n{'x' * 200}\n\n    {'y ' * 200}\n")
    (root / "content/dumps/2026-05-08-b.json").write_text(
        daily_json("2026-05-08", [{"id": "2605.00009", "title": "W" * 200, "summary": "Z" * 200}])
    )
    _, _, html = parts(run(root).stdout_bytes)
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(html)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("a", has_text="sort 1").is_visible()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 26)"
    assert dark == (scheme == "dark")
    assert asked == []
    page.screenshot(path=tmp_path / f"{width}-{scheme}.png", full_page=True)
    page.close()
