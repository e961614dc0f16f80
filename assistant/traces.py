"""Turns as spans of OpenTelemetry, sent where the setting `traces` says; off without it.

Knows spans and exporters. Names of parts are all that is in them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points, version
from typing import TYPE_CHECKING

from penchant.retriever import PenchantError

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer, TracerProvider

_EXPORTERS = "opentelemetry_traces_exporter"
"""The entry points by which exporters are found, as OpenTelemetry has them: console comes with its SDK."""


class TurnSpans:
    """The spans of one turn, each inside the one that was open when it began, and the first in the caller's own."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer
        self._open: list[Span] = []

    def begun(self, part: str) -> Callable[[], None]:
        from opentelemetry.trace import set_span_in_context

        inside = set_span_in_context(self._open[-1]) if self._open else None
        span = self._tracer.start_span(part, context=inside)
        self._open.append(span)

        def end() -> None:
            span.end()
            self._open.remove(span)

        return end

    def happened(self, event: str) -> None:
        if self._open:
            self._open[-1].add_event(event)


def turn_spans(provider: TracerProvider) -> Callable[[], TurnSpans]:
    """What makes the watch of each turn, for a program that has OpenTelemetry set up."""
    tracer = provider.get_tracer("penchant", version("penchant"))
    return lambda: TurnSpans(tracer)


@cache
def exporting(name: str) -> TracerProvider:
    """A provider whose spans go to an exporter by its name: "console", or "otlp", which is told where to send them by
    the variables OTEL_EXPORTER_OTLP_*. Raises PenchantError."""
    try:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise PenchantError("traces need the telemetry extra: pip install 'penchant[telemetry]'") from error
    found = {one.name: one for one in entry_points(group=_EXPORTERS)}
    if name not in found:
        raise PenchantError(f"PENCHANT_TRACES must be one of {', '.join(sorted(found))}, not {name!r}")
    provider = TracerProvider(resource=Resource.create({"service.name": "penchant"}))
    provider.add_span_processor(BatchSpanProcessor(found[name].load()()))
    return provider
