"""Daily roots by mail: what arrived there is beyond the reach of whoever runs the database."""

import asyncio
import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal

from proof.daily_root import DailyRoot, root_to_json

TlsMode = Literal["none", "starttls", "tls"]
_TIMEOUT_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server and how to speak to it; without a host there is none."""

    host: str
    port: int
    tls: TlsMode
    user: str
    password: str
    sender: str


class RootMails:
    """Sends roots; the file of leaves stays behind, since it is large and the root vouches for
    it.
    """

    def __init__(self, server: MailServer) -> None:
        self._server = server

    @property
    def is_set(self) -> bool:
        """Whether there is a server."""
        return bool(self._server.host)

    async def send(self, root: DailyRoot, recipients: Sequence[str]) -> None:
        """Sends a root to all; OSError if the server did not take it for each of them."""
        await asyncio.to_thread(self._send, _message(root, self._server.sender, recipients))

    def _send(self, message: EmailMessage) -> None:
        smtp = self._connect()
        try:
            if self._server.user:
                smtp.login(self._server.user, self._server.password)
            refused = smtp.send_message(message)
            # What was taken is not sent again because the goodbye failed.
            with suppress(smtplib.SMTPException):
                smtp.quit()
        finally:
            smtp.close()
        if refused:
            raise OSError(f"refused for {', '.join(sorted(refused))}")

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.tls == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(
                server.host, server.port, timeout=_TIMEOUT_SECONDS, context=context
            )
        smtp = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT_SECONDS)
        if server.tls == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        return smtp


def _message(root: DailyRoot, sender: str, recipients: Sequence[str]) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = f"Muster: daily root of {root.site}, {root.day}"
    message["From"] = sender
    message["To"] = ", ".join(recipients)
    message.set_content(
        f"Site {root.site}, {root.day} (UTC): links {root.first_seq} to {root.last_seq}, "
        f"{root.entry_count} entries.\n\n"
        f"Hash of the last link: {root.last_hash.hex()}\n\n"
        "Keep this message. With the attached root, `muster verify log` shows whether the log of "
        "that day and of all days before it was altered since.\n"
    )
    message.add_attachment(
        root_to_json(root).encode(),
        maintype="application",
        subtype="json",
        filename=f"{root.site}-{root.day}.root.json",
    )
    return message
