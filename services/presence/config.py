"""The settings of presence."""

from typing import Literal

from pydantic import SecretStr

from chassis.config import ProcessSettings, setting


class PresenceSettings(ProcessSettings):
    """Settings of the process `presence`: those that all processes share, how much may wait, and
    where daily roots go.
    """

    most_pending_reports: int = setting(
        "How many reports may wait for their commit; beyond it callers are told to come later.",
        unit="reports",
        default=50_000,
    )
    root_folder: str = setting(
        "The folder into which daily roots are exported; none if empty. Somebody else should take "
        "them away from there.",
        default="",
    )
    smtp_host: str = setting(
        "The mail server that takes daily roots; none if empty.",
        default="",
    )
    smtp_port: int = setting("Its port.", default=587)
    smtp_tls: Literal["none", "starttls", "tls"] = setting(
        "How the connection to it is protected.", default="starttls"
    )
    smtp_user: str = setting("The user at it; none if empty.", default="")
    smtp_password: SecretStr = setting("The password of that user.", default=SecretStr(""))
    smtp_sender: str = setting(
        "The address from which daily roots are sent.", default="muster@localhost"
    )
