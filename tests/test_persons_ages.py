"""A decade that is somebody's age is no time; and one that is a time stays one."""

from __future__ import annotations

import pytest

from penchant.assistant.understanding.quantities import find_ranges
from penchant.retriever import Field, Schema

SCHEMA = Schema((Field("year", "number", unit="year"),))

AGES = (
    "my brother is in his late 20s and likes war films",
    "for a woman in her seventies",
    "a couple, mid 40s, date night",
    "two blokes in their fifties",
    "Guy, late 40s, loves westerns",
    "Woman, 30s. Romance please",
    "she is approaching her fifties",
    "we are all mid 20s",
    "I'm late thirties and bored",
    "men in their sixties",
)
TIMES = {
    "something from the thirties": "1930..1939",
    "a thriller of the 80s": "1980..1989",
    "90s films": "1990..1999",
    "in the forties, black and white": "1940..1949",
    "my husband, 80s action fan": "1980..1989",
    "a romance for my mum, from the sixties": "1960..1969",
    "for my dad: 70s thrillers": "1970..1979",
    "early 90s horror": "1990..1999",
    "boys in the thirties": "1930..1939",
    "before the late 60s": "< 1960",
    "my sister likes the eighties": "1980..1989",
}


@pytest.mark.parametrize("text", AGES)
def test_how_old_somebody_is_says_nothing_of_years(text: str) -> None:
    assert not find_ranges(text, SCHEMA)


@pytest.mark.parametrize(("text", "expected"), TIMES.items(), ids=TIMES)
def test_a_decade_beside_a_person_may_be_a_time(text: str, expected: str) -> None:
    assert [r.value for r in find_ranges(text, SCHEMA)] == [expected]
