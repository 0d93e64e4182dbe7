"""The gate through which every public call goes: it asks for a purpose where one is due, and writes
down who did what before it happens.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from ipaddress import ip_address

import grpc
from google.protobuf.message import DecodeError, Message

from chassis.access import Authenticator, current_caller
from chassis.errors import Code, Refusal
from chassis.rpc.access import bearer_of
from chassis.rpc.call import Call, Proceed
from chassis.rpc.origin import current_origin
from chassis.telemetry import trace_id
from gateway.api.account_persons import AgentsOf, find_account_persons
from gateway.api.audit_rules import AuditRule, audit_rule_of
from gateway.api.audit_summary import claimed_actor, digest_of, site_of, summary_of
from gateway.api.catalogue import Catalogue, Method
from gateway.api.own_agent import own_agent
from gateway.api.recording_persons import PartakersOf, find_recording_persons, purpose_in
from gateway.api.stated import PURPOSE_HEADER, bind_purpose, stated_purpose
from gateway.app.audit_log import AuditLog
from gateway.app.audit_ports import AuditPlace
from gateway.app.profiles import Profiles
from gateway.app.protection_ports import PersonPlace, Places
from gateway.domain.protection import RULE_SETS, STRICT
from gateway.domain.purpose import PURPOSES, is_purpose
from proof.audit import AuditContent

_MISSING = "PERMISSION_MISSING"
_SMALLEST_GROUP = RULE_SETS[STRICT].smallest_group


class Auditing:
    """Lets calls through that are written down."""

    def __init__(
        self,
        log: AuditLog,
        places: Places,
        profiles: Profiles,
        agents_of: AgentsOf,
        partakers_of: PartakersOf,
    ) -> None:
        self._log = log
        self._places = places
        self._profiles = profiles
        self._agents_of = agents_of
        self._partakers_of = partakers_of

    @asynccontextmanager
    async def through(self, method: Method, request: bytes | None) -> AsyncIterator[None]:
        """Runs the block, which makes the call, once the call is written down and may be made; of a
        change its outcome is written down as well. None: the requests come as a stream.
        """
        rule = audit_rule_of(method.path)
        message = _read(method, request) if rule.may_keep else None
        persons = await self._persons(rule, message)
        if not rule.keeps(persons):
            yield
            return
        # An account is no look at whom it belongs to: she learns of its change without a purpose.
        # Whoever opens a recording states hers in the request.
        concerned = await self._concerned(message)
        contents = [
            await self._content(method, rule, message, person)
            for person in persons or concerned or ("",)
        ]
        if not concerned:
            for content in contents:
                await self._check_purpose(content)
        if not rule.changes:
            for content in contents:
                await self._log.write(replace(content, kind="LOOK"))
            yield
            return
        places = await asyncio.gather(
            *(self._log.write(replace(content, kind="CHANGE")) for content in contents)
        )
        async with self._outcome(contents, places):
            yield

    async def note_missing_permission(
        self, path: str, bearer: str, authenticate: Authenticator
    ) -> None:
        """Writes down a call that was refused for want of its permission."""
        if audit_rule_of(path).may_keep:
            caller = await authenticate(bearer)
            content = _present_content(path, caller.identity.subject)
            await self._log.write(
                replace(content, kind="REFUSAL", outcome=Code.PERMISSION_DENIED.value)
            )

    async def _persons(self, rule: AuditRule, message: Message | None) -> Sequence[str]:
        """Returns the persons whom a call is about. A list of persons is about each of them as long
        as the caller sees too few of them to be a group.
        """
        named = rule.persons_of(message)
        if not (named and rule.lists_persons):
            return named
        places = await self._places.find_places(named)
        seen = [person for person, place in places.items() if _sees(person, place)]
        return seen if len(seen) < _SMALLEST_GROUP else ()

    async def _concerned(self, message: Message | None) -> Sequence[str]:
        """Returns the agents whose accounts a call changes or whose recording it opens, and asks
        for their places at once.
        """
        owners = await find_account_persons(message, self._agents_of)
        concerned = owners or await find_recording_persons(message, self._partakers_of)
        if concerned:
            await self._places.find_places(concerned)
        return concerned

    async def _content(
        self, method: Method, rule: AuditRule, message: Message | None, person: str
    ) -> AuditContent:
        place = await self._places.find_place(person) if person else None
        actor = _actor(rule, message)
        content = replace(_present_content(method.path, actor), person=person)
        if message is not None:
            content = replace(
                content,
                purpose=_printable(purpose_in(message)) or content.purpose,
                site=site_of(message),
                summary=summary_of(message),
                request_digest=digest_of(message),
            )
        return replace(content, site=place.site, team=place.team) if place else content

    async def _check_purpose(self, content: AuditContent) -> None:
        """Refuses a look at somebody else without a purpose where the rules of her site ask for
        one.
        """
        if not content.person or content.person == own_agent():
            return
        if is_purpose(content.purpose):
            return
        if content.purpose or await self._needs_purpose(content):
            refused = Code.FAILED_PRECONDITION.value
            await self._log.write(replace(content, kind="REFUSAL", outcome=refused))
            raise _purpose_required(content.person)

    async def _needs_purpose(self, content: AuditContent) -> bool:
        """Tells what the rules say. Of somebody whom the caller does not see, those of a site where
        nobody chose hold, whether there is such a person or not: nobody learns which.
        """
        seen = _sees(content.person, PersonPlace(content.site, content.team))
        return (await self._profiles.rules_of(content.site if seen else "")).purpose_required

    @asynccontextmanager
    async def _outcome(
        self, contents: Sequence[AuditContent], places: Sequence[AuditPlace]
    ) -> AsyncIterator[None]:
        code = "CANCELLED"
        try:
            yield
            code = "OK"
        except Refusal as refusal:
            code = refusal.code.value
            raise
        except grpc.aio.AioRpcError as error:
            code = error.code().name
            raise
        except Exception:
            code = Code.INTERNAL.value
            raise
        finally:
            outcomes = [
                _outcome_of(content, place, code)
                for content, place in zip(contents, places, strict=True)
            ]
            # The change is made or not; that its outcome is not known stands in the log by itself.
            with suppress(Refusal):
                await asyncio.gather(*(self._log.write(outcome) for outcome in outcomes))


class AskedCalls:
    """The layer around the check of access: what a caller states about her call is at hand within,
    and a call that lacks its permission is written down.
    """

    def __init__(
        self, auditing: Auditing, catalogue: Catalogue, authenticate: Authenticator
    ) -> None:
        self._auditing = auditing
        self._catalogue = catalogue
        self._authenticate = authenticate

    async def __call__(self, call: Call, proceed: Proceed) -> object:
        """Answers the call, or passes on its refusal."""
        with bind_purpose(call.headers.get(PURPOSE_HEADER, "")):
            try:
                return await proceed()
            except Refusal as refusal:
                if refusal.reason == _MISSING and call.method in self._catalogue:
                    # The caller gets the refusal of her call, whatever becomes of the note.
                    with suppress(Refusal):
                        await self._auditing.note_missing_permission(
                            call.method, bearer_of(call.headers), self._authenticate
                        )
                raise


def _read(method: Method, request: bytes | None) -> Message | None:
    """Returns the request; None where it comes as a stream, or is none: its method refuses it."""
    if request is None:
        return None
    message = method.request()
    try:
        message.ParseFromString(request)
    except DecodeError:
        return None
    return message


def _sees(person: str, place: PersonPlace) -> bool:
    return current_caller().identity.scope.sees_agent(person, place.site, place.team)


def _actor(rule: AuditRule, message: Message | None) -> str:
    if not rule.anonymous:
        return current_caller().identity.subject
    return claimed_actor(message) if message is not None else ""


def _present_content(path: str, actor: str) -> AuditContent:
    return AuditContent(
        kind="",
        actor=actor,
        method=path.removeprefix("/"),
        purpose=_printable(stated_purpose()),
        trace_id=trace_id() or "",
        address_class=_address_class(current_origin().address),
    )


def _outcome_of(content: AuditContent, place: AuditPlace, code: str) -> AuditContent:
    return replace(
        content,
        kind="OUTCOME",
        outcome=code,
        summary="",
        change_seq=place.seq,
        change_position=place.position,
    )


def _printable(purpose: str) -> str:
    return "".join(character for character in purpose if character.isprintable())[:250]


def _address_class(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.is_loopback:
        return "LOOPBACK"
    return "PRIVATE" if found.is_private else "PUBLIC"


def _purpose_required(person: str) -> Refusal:
    return Refusal(
        Code.FAILED_PRECONDITION,
        "PURPOSE_REQUIRED",
        f"a look at {person} needs a purpose: send the header {PURPOSE_HEADER} with one of"
        f" {', '.join(PURPOSES)}; other with words after a colon",
        metadata={"person": person, "purposes": ",".join(PURPOSES)},
    )
