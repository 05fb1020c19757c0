"""A real HTTP server on the loopback that speaks the wire protocols of both providers, well or badly."""

from tests.fake_provider.faults import (
    Fault,
    broken_envelope,
    compressed,
    cut_off,
    drips,
    empty,
    error_in_stream,
    filtered,
    huge,
    not_json,
    redirects,
    refuses,
    resets_in_stream,
    says,
    status,
    stays_silent,
    without_usage,
)
from tests.fake_provider.server import FakeProvider, Received

__all__ = [
    "FakeProvider",
    "Fault",
    "Received",
    "broken_envelope",
    "compressed",
    "cut_off",
    "drips",
    "empty",
    "error_in_stream",
    "filtered",
    "huge",
    "not_json",
    "redirects",
    "refuses",
    "resets_in_stream",
    "says",
    "status",
    "stays_silent",
    "without_usage",
]
