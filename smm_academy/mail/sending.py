"""Sends letters: over SMTP, or into files where no server is set (the demonstration)."""

import smtplib
import ssl
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from smm_academy.config import Settings
from smm_academy.mail.letters import Letter

TIMEOUT_SECONDS = 20
SMTPS_PORT = 465
UNSUBSCRIBE = "List-Unsubscribe"


class LetterPolicy(EmailPolicy):
    """How letters are written down: as usual, but an address for programs stays in one piece.

    The standard library would write a long one as an encoded word, which mail programs do not
    read in this header.
    """

    def fold(self, name: str, value: str) -> str:
        """Return a header as text."""
        if name == UNSUBSCRIBE:
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a header as it is sent."""
        if name == UNSUBSCRIBE:
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


POLICY = LetterPolicy(linesep="\r\n")


def send(settings: Settings, payload: Mapping[str, Any], at: datetime) -> None:
    """Send the letter of a job.

    Raises ``OSError`` or ``smtplib.SMTPException`` when it does not get through; the job is then
    tried again.
    """
    message = compose(settings, Letter(**payload), at)
    if settings.smtp_url:
        _send_by_smtp(settings.smtp_url, message)
    else:
        _keep(settings.instance / "mail", message, at)


def compose(settings: Settings, letter: Letter, at: datetime) -> EmailMessage:
    """Return a letter as an e-mail message."""
    message = EmailMessage(policy=POLICY)
    message["From"] = Address("SMM Academy", addr_spec=settings.mail_from)
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        # RFC 8058: the mail program itself shows the way out, and posts there by one click.
        message[UNSUBSCRIBE] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    return message


def _send_by_smtp(url: str, message: EmailMessage) -> None:
    address = urlsplit(url)
    host = address.hostname or "localhost"
    if address.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host,
            address.port or SMTPS_PORT,
            timeout=TIMEOUT_SECONDS,
            context=ssl.create_default_context(),
        )
    else:
        server = smtplib.SMTP(host, address.port or 25, timeout=TIMEOUT_SECONDS)
    with server:
        if address.scheme != "smtps" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        server.send_message(message)


def _keep(folder: Path, message: EmailMessage, at: datetime) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    identity = message["Message-ID"].strip("<>").split("@")[0]
    (folder / f"{at:%Y%m%d-%H%M%S}-{identity}.eml").write_bytes(message.as_bytes())
