from datetime import date
from pathlib import Path

import pytest

from chassis.supervisor.processes import ProcessId
from chassis.supervisor.runfile import Run, write_run
from cli.importing.board import board_address
from cli.local.layout import find_run_file

DAY = date(1999, 8, 31)


def test_the_gateway_of_the_folder_tells_where_its_board_is(tmp_path: Path) -> None:
    file = find_run_file(tmp_path)
    file.parent.mkdir()
    urls = {"board": "http://127.0.0.1:9999/board", "gRPC": "127.0.0.1:9998"}
    write_run(file, Run(ProcessId(1, 1), "ready", urls, ()))

    here = board_address("127.0.0.1:9998", "bank", DAY, tmp_path)
    elsewhere = board_address("10.0.0.7:9998", "bank", DAY, tmp_path)

    assert here == "http://127.0.0.1:9999/board?site=bank&day=1999-08-31"
    assert elsewhere == "http://10.0.0.7:8080/board?site=bank&day=1999-08-31"


@pytest.mark.parametrize("host", ["muster.example", "[2001:db8::7]"])
def test_behind_tls_the_board_is_where_browsers_reach_the_host(tmp_path: Path, host: str) -> None:
    address = board_address(f"https://{host}:8443", "bank", None, tmp_path)

    assert address == f"https://{host}/board?site=bank"


def test_without_data_no_day_is_named(tmp_path: Path) -> None:
    address = board_address("127.0.0.1:8081", "bank", None, tmp_path)

    assert address == "http://127.0.0.1:8080/board?site=bank"
