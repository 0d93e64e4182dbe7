"""What outsiders are told of the contracts."""

import pytest
from google.protobuf.descriptor import Descriptor

from gateway.api.catalogue import FILES, read_catalogue, service_names
from gateway.api.reflection import public_contracts

CATALOGUE = read_catalogue()
CONTRACTS = public_contracts(CATALOGUE)


def test_every_public_method_is_told_and_no_other() -> None:
    told = {
        f"/{service}/{method}"
        for service in service_names(CATALOGUE)
        for method in CONTRACTS.FindServiceByName(service).methods_by_name
    }

    assert told == set(CATALOGUE)


def test_the_messages_of_public_methods_are_whole() -> None:
    for method in CATALOGUE.values():
        for message in (method.input, method.output):
            told = CONTRACTS.FindMessageTypeByName(message.full_name)
            assert _shape(told) == _shape(message)


def test_a_file_of_which_nothing_is_public_is_not_told() -> None:
    with pytest.raises(KeyError):
        CONTRACTS.FindFileByName("muster/process/v1/process_service.proto")


def test_a_message_that_internal_methods_alone_need_is_not_told() -> None:
    taken = {method.input.full_name for method in CATALOGUE.values()}
    internal = [
        method.input_type.full_name
        for file in FILES
        for service in file.services_by_name.values()
        for method in service.methods
        if method.input_type.full_name not in taken
    ]

    assert internal
    for name in internal:
        with pytest.raises(KeyError):
            CONTRACTS.FindMessageTypeByName(name)


def _shape(message: Descriptor) -> list[tuple[str, int, int]]:
    return [(field.name, field.number, field.type) for field in message.fields]
