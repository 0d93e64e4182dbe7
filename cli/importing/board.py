"""Where the board is that shows what was imported."""

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from cli.local.layout import find_run

_USUAL_PORT = 8080


def board_address(gateway: str, site: str, day: date | None, folder: Path) -> str:
    """Returns the board's address for a day of a site.

    It is exact where the gateway runs in `folder`; elsewhere the usual port is assumed.
    """
    query = f"?site={site}" + (f"&day={day.isoformat()}" if day else "")
    run = find_run(folder)
    if run is not None and run.urls.get("gRPC") == gateway and "board" in run.urls:
        return run.urls["board"] + query
    if gateway.startswith("https://"):
        return f"https://{_host_of(gateway)}/board{query}"
    host = gateway.removeprefix("http://").rpartition(":")[0] or "127.0.0.1"
    return f"http://{host}:{_USUAL_PORT}/board{query}"


def _host_of(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return f"[{host}]" if ":" in host else host
