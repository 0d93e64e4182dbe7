import pytest

from cli.errors import CommandError
from cli.importing.queue_log.naming import Ids


def test_a_name_becomes_an_id_of_its_letters_and_digits() -> None:
    assert Ids("the person", "")["Local/101@from-queue/n"] == "local-101-from-queue-n"


def test_names_in_another_script_have_ids_that_differ_and_stay() -> None:
    ids = Ids("the person", "")

    assert ids["王芳"] != ids["李娜"]
    assert ids["王芳"] == Ids("the person", "")["王芳"] == "x8ac9540bf3a5"


def test_two_names_of_one_id_are_refused_with_the_remedy() -> None:
    ids = Ids("the person", "give an alias")
    assert ids["SIP/100"] == "sip-100"

    with pytest.raises(CommandError, match="would both be sip-100: give an alias"):
        ids["sip.100"]


def test_a_queue_is_the_same_in_any_case() -> None:
    queues = Ids("the queue", "rename one", in_any_case=True)

    # Asterisk writes ENTERQUEUE as it was dialled and CONNECT as it is configured.
    assert queues["Support"] == queues["support"] == "support"
    with pytest.raises(CommandError, match="would both be support-2"):
        assert queues["support 2"] == queues["support-2"]
