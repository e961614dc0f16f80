"""Days, months, seasons and days of the week: what a message says of them, and which items they let in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Assistant, Session, make_assistant
from penchant.assistant.explanation.words import range_text, speech
from penchant.assistant.understanding.dates import MonthColumns, find_dates
from penchant.assistant.understanding.dates.month_values import months_of
from penchant.assistant.understanding.quantities import NumberFields
from penchant.retriever import Catalogue, Field, Item, MemoryEngine, Schema, build_index
from penchant.retriever.encoding import HashEncoder

TODAY = date(2026, 11, 30)
EVENTS = Schema(
    (
        Field("starts", "number", unit="date", bound="low", words=("starts",)),
        Field("ends", "number", unit="date", bound="high", words=("ends",)),
        Field("kind", "facet"),
    )
)
WORKS = Schema(
    (
        Field("made", "number", unit="year", words=("made",)),
        Field("acquired", "number", unit="date", words=("acquired",), aside=True),
    )
)
FILMS = Schema((Field("release_date", "number", unit="date", words=("release", "date")),))


def event(n: int, start: date, days: int = 1) -> Item:
    end = start + timedelta(days - 1)
    fields = {"starts": start.isoformat(), "ends": end.isoformat(), "kind": ["music", "food"][n % 2]}
    return Item(f"e{n}", f"Event {n}", fields=fields)


def events() -> Catalogue:
    return Catalogue([event(n, date(2027, 1, 1) + timedelta(5 * n), 1 + n % 4) for n in range(73)], EVENTS)


def works() -> Catalogue:
    rows: list[dict[str, Any]] = [{"made": 1900 + n, "acquired": f"{1960 + n}-{1 + n % 12:02}-15"} for n in range(60)]
    return Catalogue([Item(str(n), f"Work {n}", fields=row) for n, row in enumerate(rows)], WORKS)


def films() -> Catalogue:
    rows = [{"release_date": f"{1990 + n}-{1 + n % 12:02}-{1 + n % 28:02}"} for n in range(36)]
    return Catalogue([Item(str(n), f"Film {n}", fields=row) for n, row in enumerate(rows)], FILMS)


def found(catalogue: Catalogue, text: str) -> list[tuple[str, str]]:
    return [(r.facet, r.value) for r in find_dates(text, NumberFields(catalogue), TODAY)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("music in July", ["701..731"]),
        ("something this summer", ["20270601..20270831"]),
        ("after the 15th of August", ["816..1231"]),
        ("before October", ["101..930"]),
        ("no later than 3 March", ["101..303"]),
        ("from April on", ["401..1231"]),
        ("starting in April", ["401..430"]),
        ("the first week of May", ["501..507"]),
        ("the last weekend of May", ["6..7", "525..531"]),
        ("between March and May", ["301..531"]),
        ("10 to 20 June", ["610..620"]),
        ("June 3 - 9", ["603..609"]),
        ("in May or September", ["501..531", "901..930"]),
        ("in late August", ["821..831"]),
        ("on a weekend", ["6..7"]),
        ("Saturdays", ["6..6"]),
        ("in winter", ["1201..1231", "101..229"]),
        ("on 29 February", ["229..229"]),
        ("in February 2027", ["20270201..20270228"]),
        ("after February 2027", [">= 20270301"]),
        ("before the 10th of May 2027", ["<= 20270509"]),
        ("July", ["701..731"]),
        ("after December 2027", [">= 20280101"]),
        ("before January 2027", ["<= 20261231"]),
        ("before January", []),
        ("next weekend", ["20261212..20261213"]),
        ("on the 31st of June", []),
        ("may I see them", []),
        ("my birthday is in May", []),
        ("the sun and the fall of Rome", []),
        ("in 2027", []),  # years alone are read elsewhere
    ],
)
def test_times_of_the_year(text: str, values: list[str]) -> None:
    assert found(events(), text) == [("starts", value) for value in values]


def test_of_what_no_day_is_known_nothing_is_on_a_friday() -> None:
    for made, limits in ((("2019-05", "2018"), 0), (("2019-05-03", "2018"), 1)):
        items = [Item(str(n), f"Film {n}", fields={"release_date": day}) for n, day in enumerate(made)]
        assert len(find_dates("released on a Friday", NumberFields(Catalogue(items, FILMS)), TODAY)) == limits


def test_the_column_that_is_named() -> None:
    assert found(events(), "ends by the 20th of March") == [("ends", "101..320")]


def test_what_is_aside_is_meant_where_it_is_named() -> None:
    assert found(works(), "acquired in May 1985") == [("acquired", "19850501..19850531")]
    assert found(works(), "something in May") == []


def test_a_season_is_none_of_a_release_that_nothing_names() -> None:
    assert found(films(), "a film for the summer") == []
    assert found(films(), "released in the summer") == [("release_date", "601..831")]
    assert found(films(), "she turns ten next week") == []
    assert found(films(), "released this year") == [("release_date", "2026")]
    assert found(films(), "in 2003 or 2004") == [("release_date", "2003"), ("release_date", "2004")]


days = st.dates(date(2020, 1, 1), date(2029, 12, 31))


@given(start=days, length=st.integers(1, 40), low=days, high=days)
def test_single_days_meet_as_spans_do(start: date, length: int, low: date, high: date) -> None:
    low, high = min(low, high), max(low, high)
    catalogue = Catalogue([event(0, start, length)], EVENTS)
    within = catalogue.within("starts", float(f"{low:%Y%m%d}"), float(f"{high:%Y%m%d}"))
    assert bool(within[0]) == (start <= high and start + timedelta(length - 1) >= low)


@given(start=days, length=st.integers(1, 20), month=st.integers(1, 12))
def test_a_month_is_met_by_what_has_a_day_in_it(start: date, length: int, month: int) -> None:
    catalogue = Catalogue([event(0, start, length)], EVENTS)
    expected = any((start + timedelta(n)).month == month for n in range(length))
    assert bool(catalogue.within("starts", month * 100 + 1, month * 100 + 31)[0]) == expected


@given(start=days, length=st.integers(1, 9), weekday=st.integers(1, 7))
def test_a_day_of_the_week_is_met_by_what_has_one(start: date, length: int, weekday: int) -> None:
    catalogue = Catalogue([event(0, start, length)], EVENTS)
    expected = any((start + timedelta(n)).isoweekday() == weekday for n in range(length))
    assert bool(catalogue.within("starts", weekday, weekday)[0]) == expected


@pytest.mark.parametrize(("written", "met"), [("2027-07", True), ("2027-06", False), ("2027", False)])
def test_a_date_without_its_day_tells_its_month_and_one_without_its_month_tells_none(written: str, met: bool) -> None:
    catalogue = Catalogue([Item("a", "A", fields={"release_date": written})], FILMS)
    assert bool(catalogue.within("release_date", 701, 731)[0]) == met
    assert not catalogue.within("release_date", 1, 7)[0]
    assert catalogue.within("release_date", 2027, 2027)[0]


def test_what_is_unknown_is_in_no_month() -> None:
    catalogue = Catalogue([Item("a", "A"), Item("b", "B", fields={"release_date": "2027-07-01"})], FILMS)
    assert catalogue.within("release_date", 701, 731).tolist() == [False, True]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("701..731", "in July"),
        ("301..531", "from March to May"),
        ("816..1231", "from 16 August on"),
        ("6..7", "on Saturday or Sunday"),
        ("20270501..20270531", "in May 2027"),
        ("<= 20270509", "up to 9 May 2027"),
        ("704..704", "on 4 July"),
        (">= 2020", "from 2020 on"),
    ],
)
def test_a_time_is_shown_as_one(value: str, text: str) -> None:
    assert range_text(EVENTS.fields[0], value, speech("en")) == text


def test_a_time_is_shown_in_chinese() -> None:
    assert range_text(EVENTS.fields[0], "20270501..20270531", speech("zh")) == "2027年5月"


@pytest.mark.parametrize(
    ("value", "months"),
    [
        ("May-Jul", {5, 6, 7}),
        ("spring", {3, 4, 5}),
        ("November to January", {11, 12, 1}),
        ("Spring, Autumn", {3, 4, 5, 9, 10, 11}),
        ("year-round", set(range(1, 13))),
        ("Mayfair", set()),
        ("Summer dress", set()),
    ],
)
def test_months_of_a_value(value: str, months: set[int]) -> None:
    assert months_of(value) == months


def plants() -> list[Item]:
    flowering, sowing = ["March to May", "June-August", "Year-round"], ["Spring", "Autumn"]
    rows: list[dict[str, Any]] = [{"flowering": flowering[n % 3], "sowing": sowing[n % 2]} for n in range(24)]
    return [Item(str(n), f"Plant {n}", fields=row) for n, row in enumerate(rows)]


PLANTS = Schema((Field("flowering", "facet"), Field("sowing", "facet")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("something that flowers in July", {("flowering", "June-August"), ("flowering", "Year-round")}),
        ("plants to sow in spring", {("sowing", "Spring")}),
        ("my birthday is in July", set()),
        ("a July rose", set()),
    ],
)
def test_values_that_meet_a_time(text: str, expected: set[tuple[str, str]]) -> None:
    columns = MonthColumns(Catalogue(plants(), PLANTS))
    assert {(said.field, value) for said in columns.find(text) for value in said.values} == expected


@pytest.fixture(scope="module")
def calendar() -> Assistant:
    return make_assistant(build_index(list(events().items), MemoryEngine(), HashEncoder(), EVENTS))


def test_a_month_and_a_day_of_the_week_must_both_be(calendar: Assistant) -> None:
    reply = calendar.reply("music on a Saturday in July", Session())
    shown = [pick.item for pick in reply.picks]
    assert shown
    for item in shown:
        begin, end = (date.fromisoformat(str(item.fields[name])) for name in ("starts", "ends"))
        held = [begin + timedelta(n) for n in range((end - begin).days + 1)]
        assert any(day.month == 7 for day in held) and any(day.isoweekday() == 6 for day in held)
    assert "July" in reply.text


def test_a_month_that_is_refused_is_not_shown(calendar: Assistant) -> None:
    session = calendar.reply("music, but not in January", Session()).session
    reply = calendar.reply("on a Sunday", session)
    assert reply.picks
    assert all("-01-" not in str(pick.item.fields["starts"]) for pick in reply.picks)
    assert {i.value for i in reply.session.interests if i.facet == "starts"} == {"101..131", "7..7"}
