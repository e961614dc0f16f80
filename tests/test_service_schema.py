"""The OpenAPI schema says what the service does: made-up requests to every route, in and out of what it allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from penchant.assistant import Assistant
from penchant.retriever import Index
from penchant.tools import Recommender
from penchant.tools.http.middleware import Limits
from penchant.tools.http.service import build_app

from .loopback import serving

ROUTES = [
    "GET /v1/models",
    "GET /v1/models/{name}",
    "POST /v1/chat/completions",
    "POST /api/recommend",
    "POST /api/interests",
    "POST /api/edit_interests",
    "POST /api/feedback",
    "POST /api/explain",
    "POST /api/compare",
    "POST /api/for_you",
    "POST /api/bring_taste",
    "POST /api/fit_time",
    "POST /api/recommend_together",
    "POST /api/forget",
    "GET /api/catalogue",
    "GET /healthz",
    "GET /readyz",
]


@pytest.fixture(scope="module")
def schema(index: Index) -> Iterator[Any]:
    with serving(build_app(Recommender(Assistant(index, k=2)), "films", limits=Limits(per_minute=0))) as url:
        import schemathesis

        yield schemathesis.openapi.from_url(f"{url}/openapi.json")


def test_the_schema_names_every_route(schema: Any) -> None:
    operations = [found.ok() for found in schema.get_all_operations()]
    assert sorted(f"{one.method.upper()} {one.path}" for one in operations) == sorted(ROUTES)
    assert all(one.definition.raw["operationId"] for one in operations)


TRIED = [
    (route, mode) for route in ROUTES for mode in ("positive", "negative") if "POST" in route or mode == "positive"
]


@pytest.mark.parametrize(("route", "mode"), TRIED, ids=[f"{route}, {mode}" for route, mode in TRIED])
def test_a_route_keeps_to_the_schema(schema: Any, route: str, mode: str) -> None:
    """No made-up request brings the service down, and every answer has the form that the schema promises."""
    from schemathesis import GenerationMode

    method, path = route.split()
    strategy = schema[path][method].as_strategy(generation_mode=GenerationMode(mode))

    @settings(max_examples=12, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=strategy)
    def keeps_to_it(case: Any) -> None:
        case.call_and_validate()

    keeps_to_it()
