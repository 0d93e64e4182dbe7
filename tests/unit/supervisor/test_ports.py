"""Ports are stable for a folder and free."""

from pathlib import Path

import pytest

from chassis.supervisor.ports import choose_ports, find_listener, port_candidates

EPHEMERAL_BEGIN = 32_768


def everything_free(_: int) -> bool:
    return True


def test_the_same_folder_gets_the_same_ports() -> None:
    first = choose_ports(["store", "bus"], "/srv/a", everything_free)

    again = choose_ports(["store", "bus"], "/srv/a", everything_free)

    assert first == again


def test_each_name_gets_a_port_of_its_own() -> None:
    ports = choose_ports([str(n) for n in range(40)], "/srv/a", everything_free)

    assert len(set(ports.values())) == 40


def test_a_port_that_is_taken_is_passed_over() -> None:
    taken = choose_ports(["store"], "/srv/a", everything_free)["store"]

    ports = choose_ports(["store"], "/srv/a", lambda port: port != taken)

    assert ports["store"] != taken


def test_no_candidate_is_a_port_that_the_kernel_deals_to_outgoing_connections() -> None:
    assert max(port_candidates("/srv/a")) < EPHEMERAL_BEGIN


def test_too_few_free_ports_are_an_error_that_says_so() -> None:
    with pytest.raises(LookupError, match="no 1 free ports"):
        choose_ports(["store"], "/srv/a", lambda _: False)


def test_the_listener_of_a_port_is_named(tmp_path: Path) -> None:
    a_process_that_listens_on_8080(tmp_path)

    assert find_listener(8080, tmp_path) == "caddy, process 42"


def test_a_port_without_a_listener_names_nobody(tmp_path: Path) -> None:
    a_process_that_listens_on_8080(tmp_path)

    assert find_listener(8081, tmp_path) is None


def a_process_that_listens_on_8080(proc: Path) -> None:
    (proc / "net").mkdir()
    (proc / "net/tcp").write_text(
        "  sl  local_address rem_address   st tx:rx tr:when retrnsmt   uid  timeout inode\n"
        "   0: 0100007F:1F90 00000000:0000 0A 0:0 00:0 00000000     0        0 777 1\n"
    )
    (proc / "42/fd").mkdir(parents=True)
    (proc / "42/comm").write_text("caddy\n")
    (proc / "42/fd/3").symlink_to("socket:[777]")
