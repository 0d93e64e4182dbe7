"""Lets only refusals out of a handler: what else goes wrong is logged here, and told to nobody."""

from typing import Any

import grpc
from structlog.typing import FilteringBoundLogger

from chassis.errors import SHARED_DOMAIN, Code, Refusal
from chassis.rpc.call import Call, Proceed, RelayedError
from chassis.telemetry import trace_id


class ErrorLayer:
    """Turns an unknown exception into INTERNAL with the trace id, by which the log line is found.

    That a peer is gone or late is no defect of ours: the caller learns that it may try again.
    """

    def __init__(self, log: FilteringBoundLogger) -> None:
        self._log = log

    async def __call__(self, call: Call, proceed: Proceed) -> Any:
        """Answers, or raises Refusal, RelayedError or a cancellation, and nothing else."""
        try:
            return await proceed()
        except (Refusal, RelayedError):
            raise
        except grpc.aio.AioRpcError as error:
            raise self._peer_failed(call, error) from error
        except Exception as error:
            self._log.error("rpc.failed", method=call.method, exc_info=error)
            raise internal_error() from error

    def _peer_failed(self, call: Call, error: grpc.aio.AioRpcError) -> Refusal:
        code = error.code()
        details = error.details()
        self._log.warning("rpc.peer_failed", method=call.method, code=code.name, details=details)
        if code is grpc.StatusCode.UNAVAILABLE:
            message = "a process behind this one does not answer"
            reason = "BACKEND_UNAVAILABLE"
            return Refusal(Code.UNAVAILABLE, reason, message, domain=SHARED_DOMAIN)
        if code is grpc.StatusCode.DEADLINE_EXCEEDED:
            message = "a process behind this one did not answer in time"
            reason = "DEADLINE_PASSED"
            return Refusal(Code.DEADLINE_EXCEEDED, reason, message, domain=SHARED_DOMAIN)
        return internal_error()


def internal_error() -> Refusal:
    """A defect, as the caller may know it: nothing but the trace id."""
    trace = trace_id() or ""
    return Refusal(
        Code.INTERNAL,
        "INTERNAL_ERROR",
        f"internal error, trace {trace}",
        metadata={"trace": trace},
        domain=SHARED_DOMAIN,
    )
