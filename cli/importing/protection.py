"""Chooses how the people of a new site are protected, before anything is recorded of them."""

import grpc.aio
from google.type import date_pb2
from muster.gateway.v1 import protection_service_pb2 as pb
from muster.gateway.v1.protection_service_pb2_grpc import ProtectionServiceStub

from cli.importing.calling import call_patiently
from cli.importing.mapping import ProtectionChoice


async def choose_profile(channel: grpc.aio.Channel, site: str, choice: ProtectionChoice) -> None:
    """Makes a choice the first profile of a site; a site that has one keeps it."""
    protection = ProtectionServiceStub(channel)
    name = f"sites/{site}/protectionProfile"
    asked = pb.GetProtectionProfileRequest(name=name)
    if (await call_patiently(protection.GetProtectionProfile, asked)).version:
        return
    day = choice.agreement_date
    profile = pb.ProtectionProfile(
        name=name,
        rule_set=choice.rule_set,
        agreed_by=choice.agreed_by,
        agreement_date=date_pb2.Date(year=day.year, month=day.month, day=day.day),
    )
    request = pb.UpdateProtectionProfileRequest(profile=profile)
    await call_patiently(protection.UpdateProtectionProfile, request)
