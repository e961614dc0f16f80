"""States of a country are found by name wherever they stand in a message, and by their codes in capitals."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding import RuleTagger
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.retriever import Catalogue, read_catalogue


@cache
def tagger() -> RuleTagger:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "trails.json"
        states = ("UT", "TX", "CO", ["CA", "NV"], "NY", "OR")
        rows = [{"name": f"Trail {n} Loop", "state": states[n % 6], "km": 3 + n} for n in range(24)]
        file.write_text(json.dumps(rows))
        read = read_catalogue([file])
    return RuleTagger(Gazetteer(Catalogue(read.items, read.schema)), spans=span_model())


@pytest.mark.parametrize(
    ("message", "states"),
    [
        ("Texas please", {"Texas"}),
        ("parks in UT", {"Utah"}),
        ("something in Nevada", {"Nevada"}),
        ("a trail in NY", {"New York"}),
        ("a long one or a short one", set()),
    ],
)
def test_states_are_found_as_people_write_them(message: str, states: set[str]) -> None:
    said = tagger().understand(message, Session())
    assert {i.value for i in said.interests if i.facet == "state"} == states
