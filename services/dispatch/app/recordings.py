"""The use cases of opening recordings and of telling who did."""

from dataclasses import dataclass

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from chassis.scope import Scopes
from services.dispatch.app.ports import (
    AccessOrder,
    KeptAccess,
    KeptRecording,
    RecordingAccess,
    RecordingStore,
)
from services.dispatch.app.read_contacts import ReadContacts
from services.dispatch.domain.fate import Reason
from services.dispatch.domain.words import Consent
from services.dispatch.telemetry import DispatchTelemetry


@dataclass(frozen=True, slots=True)
class AccessPage:
    """A part of the accesses; `next_after` is the place where the next one continues, or None."""

    accesses: tuple[KeptAccess, ...]
    next_after: AccessOrder | None


@dataclass(frozen=True, slots=True)
class Opening:
    """Who wants to open which recording, and what for."""

    contact: str
    recording: str
    actor: str
    purpose: str


class Recordings:
    """Opens recordings to which the customer agreed, and keeps who did."""

    def __init__(
        self,
        store: RecordingStore,
        contacts: ReadContacts,
        clock: Clock,
        telemetry: DispatchTelemetry,
    ) -> None:
        self._store = store
        self._contacts = contacts
        self._clock = clock
        self._telemetry = telemetry

    async def open(self, opening: Opening, scopes: Scopes) -> KeptRecording:
        """Returns the recording when it is written down durably that it was opened.

        Refuses with NOT_FOUND/UNKNOWN_RECORDING and FAILED_PRECONDITION/NO_CONSENT.
        """
        if await self._contacts.find(opening.contact, scopes) is None:
            raise _unknown_recording(opening)
        async with self._store.begin() as unit:
            kept = await unit.find_recording(opening.contact, opening.recording)
            if kept is None:
                raise _unknown_recording(opening)
            if kept.consent is not Consent.GIVEN:
                raise _no_consent(opening, kept.consent)
            await unit.write_access(
                RecordingAccess(
                    opening.contact,
                    opening.recording,
                    opening.actor,
                    opening.purpose,
                    self._clock.now(),
                )
            )
        self._telemetry.recording_opened(opening.actor, opening.contact)
        return kept

    async def list_accesses(
        self, contact: str, after: AccessOrder | None, limit: int, scopes: Scopes
    ) -> AccessPage:
        """Returns who opened recordings of a visible contact, the latest first."""
        await self._contacts.get(contact, scopes)
        accesses = await self._store.list_accesses(contact, after, limit + 1)
        shown = tuple(accesses[:limit])
        return AccessPage(shown, shown[-1].order if len(accesses) > limit else None)


def _unknown_recording(opening: Opening) -> Refusal:
    name = f"contacts/{opening.contact}/recordings/{opening.recording}"
    return Refusal(
        Code.NOT_FOUND,
        Reason.UNKNOWN_RECORDING,
        f"{name} does not exist or is not yours to see.",
        metadata={"recording": name},
    )


def _no_consent(opening: Opening, consent: Consent) -> Refusal:
    return Refusal(
        Code.FAILED_PRECONDITION,
        Reason.NO_CONSENT,
        "The customer did not agree to being recorded, as far as anybody reported.",
        metadata={"contact": f"contacts/{opening.contact}", "consent_status": consent.name},
    )
