"""A place by its parts: a town where the catalogue writes it with its state, and a state by its name for its code."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding import RuleTagger
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.retriever import Catalogue, Item, infer_schema

AMERICAN = ("Boston, MA", "Austin, TX", "Dallas, TX", "Salem, MA", "Springfield, IL", "Springfield, MA")
FRENCH = ("Lyon, France", "Nice, France", "Turin, Italy", "Genoa, Italy", "Ghent, Belgium", "Bruges, Belgium")
AUTHORS = ("Le Guin, Ursula", "Lem, Stanislaw", "Banks, Iain", "Leckie, Ann", "Egan, Greg", "Watts, Peter")


def tagger(names: tuple[str, ...], field: str = "location") -> RuleTagger:
    items = [Item(str(n), f"Job {n}", fields={field: names[n % 6]}) for n in range(24)]
    return RuleTagger(Gazetteer(Catalogue(items, infer_schema(items))), spans=span_model())


def places(tagger: RuleTagger, message: str) -> set[tuple[str, str]]:
    said = tagger.understand(message, Session())
    assert not said.note
    return {(i.value, i.level) for i in said.interests if i.facet}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("something in Boston", {("Boston, MA", "want")}),
        ("anything in Texas?", {("Austin, TX", "want"), ("Dallas, TX", "want")}),
        ("Springfield", {("Springfield, IL", "want"), ("Springfield, MA", "want")}),
        ("not in Massachusetts", {(name, "never") for name in AMERICAN if name.endswith("MA")}),
        ("Springfield, IL", {("Springfield, IL", "want")}),
    ],
)
def test_towns_and_states(message: str, expected: set[tuple[str, str]]) -> None:
    assert places(tagger(AMERICAN), message) == expected


def test_countries_written_out() -> None:
    french = tagger(FRENCH)
    assert places(french, "a week in Lyon") == {("Lyon, France", "want")}
    assert places(french, "nothing in Italy") == {("Turin, Italy", "never"), ("Genoa, Italy", "never")}
    assert places(french, "a Genoese one") == {("Genoa, Italy", "want")}
    assert places(french, "Belgian, please") == {("Ghent, Belgium", "want"), ("Bruges, Belgium", "want")}


def test_where_the_thing_is_comes_before_where_its_owner_is() -> None:
    fields = [{"head office": AMERICAN[(n + 1) % 6], "city": AMERICAN[n % 6]} for n in range(24)]
    items = [Item(str(n), f"Job {n}", fields=held) for n, held in enumerate(fields)]
    both = RuleTagger(Gazetteer(Catalogue(items, infer_schema(items))), spans=span_model())
    found = {(i.facet, i.value) for i in both.understand("work in Boston", Session()).interests if i.facet}
    assert found == {("city", "Boston, MA")}


def test_names_with_commas_are_no_places() -> None:
    assert not tagger(AUTHORS, "author")._gazetteer.broader


def test_groups_of_countries() -> None:
    names = ("Norway", "Sweden", "Spain", "UAE", "Japan", "Chile")
    world = tagger(names, "country")
    assert places(world, "somewhere in Scandinavia") == {("Norway", "want"), ("Sweden", "want")}
    assert places(world, "something Iberian") == {("Spain", "want")}
    assert places(world, "nothing from the Middle East") == {("UAE", "never")}
    assert places(world, "anything South American?") == {("Chile", "want")}
    assert places(world, "an East Asian one") == {("Japan", "want")}
