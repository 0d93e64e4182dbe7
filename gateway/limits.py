"""Wires the limits of calls."""

from chassis.process import Ground
from gateway.api.limiting import Limiting, Rates
from gateway.api.origins import CurrentPlace
from gateway.config import GatewaySettings
from gateway.domain.rates import Rate
from gateway.telemetry import declare_limit_metrics


def assemble_limits(ground: Ground[GatewaySettings], current_place: CurrentPlace) -> Limiting:
    """Returns what lets calls through that their callers may make now."""
    settings = ground.settings
    rates = Rates(
        Rate(settings.calls_per_second, settings.calls_at_once),
        Rate(settings.anonymous_calls_per_second, settings.anonymous_calls_at_once),
    )
    refused = ground.telemetry.metrics(declare_limit_metrics)
    return Limiting(rates, lambda: current_place().address_class, refused)
