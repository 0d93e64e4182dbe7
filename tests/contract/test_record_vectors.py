"""Checkpoints, daily roots, leaves and receipts that were given away must stay readable."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from google.protobuf import json_format

from cli.verify.receipts import read_receipt
from cli.verify.roots import load_root
from proof.daily_root import root_from_json, root_to_json
from proof.keys import read_public_keys
from proof.leaves import agree, read_leaves
from proof.receipt import judge_receipt
from services.presence.rpc.record_answers import receipt_answer
from tests.contract.record_examples import CHECKPOINT, KEY, LEAVES_FILE, RECEIPT, ROOT

GOLDEN = Path(__file__).parent / "golden"
VECTORS: dict[str, Any] = json.loads((GOLDEN / "record_vectors.json").read_text())
KEYS = read_public_keys(VECTORS["public_key"])
ISSUED = datetime(2026, 3, 30, tzinfo=UTC)


def test_a_checkpoint_is_signed_over_the_bytes_of_the_vector() -> None:
    vector = VECTORS["checkpoint"]

    assert CHECKPOINT.key_id == KEY.key_id == vector["key_id"]
    assert CHECKPOINT.signed_bytes.hex() == vector["signed_bytes"]
    assert CHECKPOINT.signature.hex() == vector["signature"]
    assert CHECKPOINT.is_signed(KEYS)


def test_a_daily_root_is_signed_over_the_bytes_of_the_vector() -> None:
    vector = VECTORS["daily_root"]

    assert ROOT.signed_bytes.hex() == vector["signed_bytes"]
    assert ROOT.hash.hex() == vector["hash"]
    assert ROOT.is_signed(KEYS)


def test_the_file_of_a_daily_root_is_the_one_that_was_given_away() -> None:
    file = GOLDEN / "2026-03-29.root.json"

    assert root_to_json(ROOT) == file.read_text()
    assert root_from_json(file.read_text()) == ROOT


def test_the_file_of_leaves_is_the_one_that_was_given_away() -> None:
    raw = bytes.fromhex(VECTORS["leaves"])

    assert raw == LEAVES_FILE
    assert agree(read_leaves(raw), ROOT)


def test_a_receipt_is_the_one_that_was_given_away() -> None:
    message = receipt_answer(RECEIPT, ISSUED)

    assert json.loads(json_format.MessageToJson(message)) == json.loads(
        (GOLDEN / "receipt.json").read_text()
    )


def test_a_receipt_that_was_given_away_is_valid_for_ever() -> None:
    receipt = read_receipt(GOLDEN / "receipt.json")

    judgement = judge_receipt(receipt, KEYS, [load_root(GOLDEN / "2026-03-29.root.json")])

    assert judgement.faults == ()
    assert len(judgement.entries) == 3
    assert judgement.rooted_links == 1
