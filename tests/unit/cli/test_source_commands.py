from pathlib import Path

import pytest

from cli.main import app

EXAMPLES = Path(__file__).parents[3] / "docs/examples/sources"
MAPPING = str(EXAMPLES / "genesys.toml")


def run(*arguments: str) -> None:
    app(["source", "test", *arguments], standalone_mode=False)


def test_a_recorded_file_is_tried_without_a_server(capsys: pytest.CaptureFixture[str]) -> None:
    run("--mapping", MAPPING, str(EXAMPLES / "genesys.ndjson"))

    assert "9 events: 6 understood, 2 with unknown values" in capsys.readouterr().out


def test_what_is_wrong_with_a_file_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "damaged.json"
    damaged.write_text("[1, 2")

    with pytest.raises(SystemExit):
        run("--mapping", MAPPING, str(damaged))

    said = capsys.readouterr().err
    assert said.startswith(f"muster: {damaged} is no JSON")
    assert said.count("\n") == 1


def test_a_mapping_that_cannot_be_read_is_named_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing, binary = tmp_path / "missing.toml", tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe")

    for file in (missing, binary):
        with pytest.raises(SystemExit):
            run("--mapping", str(file), str(EXAMPLES / "genesys.ndjson"))

    said = capsys.readouterr().err
    assert f"muster: {missing} cannot be read: No such file or directory\n" in said
    assert f"muster: {binary} cannot be read: it is no text in UTF-8\n" in said


def test_what_is_wrong_with_a_mapping_is_named_by_setting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[events]\nid = "id"\n')

    with pytest.raises(SystemExit):
        run("--mapping", str(wrong), str(EXAMPLES / "genesys.ndjson"))

    said = capsys.readouterr().err
    assert f"{wrong} is no mapping of events" in said
    assert "events.time: Field required" in said
    assert "agents: Field required" in said
