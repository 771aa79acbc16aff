"""Handing a message to an SMTP server (RFC 5321), one recipient at a time.

What may go away by itself (a broken line, an answer 4xx) is tried again, a bounded number of times
and from a new connection; what will not is told. A refusal of one recipient leaves the others
theirs; a server that cannot be reached or does not let us in ends the run.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from email.policy import SMTP
from email.utils import parseaddr
from typing import Final, Literal, NamedTuple

from ..config.feeds import MailSettings
from ..errors import PublicationError, UsageError
from .ledger import Ledger
from .message import Message

USER: Final = "SITEGEN_SMTP_USER"
PASSWORD: Final = "SITEGEN_SMTP_PASSWORD"  # noqa: S105 - the variable's name
TRIES: Final = 3
_PAUSE: Final = 2.0  # seconds before the second try; twice as many before the third
_TIMEOUT: Final = 30.0  # seconds
_PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
_OWN: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Outcome(NamedTuple):
    """What became of one recipient's message, and what the server said if it refused."""

    address: str
    state: Literal["sent", "failed", "unsure"]
    why: str = ""


class Server(NamedTuple):
    """Where mail is handed over. Without a user there is no login."""

    host: str
    port: int
    tls: Literal["starttls", "tls", "none"]
    user: str = ""
    password: str = ""

    @classmethod
    def of(cls, settings: MailSettings, environment: dict[str, str]) -> Server:
        """The server that settings and environment name. Raises UsageError for what is missing."""
        if not settings.host or not settings.sender:
            missing = "mail.host" if not settings.host else "mail.from"
            raise UsageError(f"{missing} is not set", hint="[mail] in site.toml says who sends")
        user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
        if bool(user) != bool(password):
            raise UsageError(f"of {USER} and {PASSWORD} one is set", hint="set both, or neither")
        if user and settings.tls == "none" and settings.host not in _OWN:
            raise UsageError(
                'with mail.tls = "none" the password would travel for all to read',
                hint='set "starttls" or "tls", or unset the login',
            )
        port = settings.port or _PORTS[settings.tls]
        return cls(settings.host, port, settings.tls, user, password)

    def connect(self) -> smtplib.SMTP:
        """A connection, encrypted and logged in as the settings say."""
        secure = ssl.create_default_context()
        if self.tls == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=_TIMEOUT, context=secure
            )
        else:
            line = smtplib.SMTP(self.host, self.port, timeout=_TIMEOUT)
        try:
            if self.tls == "starttls":
                line.starttls(context=secure)
            if self.user:
                line.login(self.user, self.password)
            line.ehlo_or_helo_if_needed()
        except BaseException:
            line.close()
            raise
        return line


def send(
    message: Message,
    addresses: Sequence[str],
    server: Server,
    ledger: Ledger,
    now: datetime,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Outcome]:
    """Send to those who are owed the message, and tell of each as it is done.

    Raises PublicationError where the server cannot be used at all; who was done is in the ledger.
    """
    line = _Line(server, pause)
    try:
        for address in ledger.owed(addresses):
            yield _to_one(line, message, address, ledger, now)
    finally:
        line.close()


def _to_one(line: _Line, message: Message, address: str, ledger: Ledger, now: datetime) -> Outcome:
    data = message.to(address, now=now).as_bytes(policy=SMTP)
    sender = parseaddr(message.sender)[1]
    why = ""
    for number in range(TRIES):
        line.wait(number)
        began = False
        try:
            smtp = line.open()
            _accepted(smtp.mail(sender))
            _accepted(smtp.rcpt(address))
            ledger.note(address, "begun")
            began = True
            _accepted(smtp.data(data))
        except _RefusedError as refused:
            ledger.note(address, "failed")
            line.reset()
            why = str(refused)
            if not refused.passing:
                break
        except smtplib.SMTPDataError as error:  # before any of the message was sent
            ledger.note(address, "failed")
            line.close()
            why = f"{error.smtp_code} {_text(error.smtp_error)}"
            if error.smtp_code >= 500:
                break
        except (smtplib.SMTPException, OSError) as error:
            line.close()
            if began:
                return Outcome(address, "unsure", str(error))
            why = str(error)
        else:
            ledger.note(address, "sent")
            return Outcome(address, "sent")
    return Outcome(address, "failed", why)


class _RefusedError(Exception):
    """An answer that is no yes. `passing`: asked again, the server may say otherwise."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code} {text}")
        self.passing = 400 <= code < 500


def _accepted(answer: tuple[int, bytes]) -> None:
    code, text = answer
    if not 200 <= code < 300:
        raise _RefusedError(code, _text(text))


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer


class _Line:
    """A connection that is opened when it is needed, and again when it broke."""

    def __init__(self, server: Server, pause: Callable[[float], None]) -> None:
        self._server = server
        self._pause = pause
        self._smtp: smtplib.SMTP | None = None

    def wait(self, number: int) -> None:
        """Before the second try a little, before the third more."""
        if number:
            self._pause(_PAUSE * 2 ** (number - 1))

    def open(self) -> smtplib.SMTP:
        """The connection. Raises PublicationError if there is none to be had."""
        for number in range(TRIES):
            if self._smtp is not None:
                break
            self.wait(number)
            try:
                self._smtp = self._server.connect()
            except smtplib.SMTPAuthenticationError as error:
                raise self._useless(
                    f"does not let us in: {_text(error.smtp_error)}",
                    f"correct {USER} and {PASSWORD}",
                ) from error
            except smtplib.SMTPNotSupportedError as error:
                raise self._useless(str(error), "see mail.tls, and the login") from error
            except ssl.SSLCertVerificationError as error:
                raise self._useless(
                    f"has a certificate that cannot be trusted: {error.verify_message}",
                    "give mail.host as the certificate names it; SSL_CERT_FILE in the environment"
                    " names a file with the certificate of a server of your own",
                ) from error
            except (smtplib.SMTPException, OSError) as error:
                if number == TRIES - 1:
                    raise self._useless(
                        f"cannot be reached: {error}", "check mail.host, mail.port and mail.tls"
                    ) from error
        assert self._smtp is not None  # noqa: S101
        return self._smtp

    def _useless(self, message: str, hint: str) -> PublicationError:
        return PublicationError(f"{self._server.host}:{self._server.port} {message}", hint=hint)

    def reset(self) -> None:
        """Forget the message that was refused, in the server as well."""
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self.close()

    def close(self) -> None:
        """End the connection, politely where that works."""
        if self._smtp is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None
