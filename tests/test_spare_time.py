"""Which messages say how much time somebody has, and which only bound or describe an item."""

from __future__ import annotations

import pytest

from penchant.assistant.understanding.quantities import Spare, spare_time

HAD = {
    "I have 90 minutes": "1 x 90",
    "I've got two hours to kill": "1 x 120",
    "We have an hour and a half tonight": "1 x 90",
    "a week of commutes of 40 minutes each": "5 x 40",
    "a week of commutes": "5 x 30",
    "something for a week of commutes, nothing sad": "5 x 30",
    "I have two weeks of daily commutes ahead": "10 x 30",
    "music for this week's commutes": "5 x 30",
    "an audiobook for three commutes": "3 x 30",
    "something to fill a two-hour flight": "1 x 120",
    "three evenings": "3 x 180",
    "I only have 45 minutes, nothing sad": "1 x 45",
    "my train ride takes 3 hours, what should I take along?": "1 x 180",
    "albums for a 10 hour flight": "1 x 600",
    "something for my 40 minute commute": "1 x 40",
    "we've three evenings free, something funny": "3 x 180",
    "books for two evenings of 2 hours each": "2 x 120",
    "there are 2 hours left before bed": "1 x 120",
    "fill 4 hours for me": "1 x 240",
    "I have 1 hour 40 minutes, no horror": "1 x 100",
    "a flight of seven hours": "1 x 420",
    "an 8-hour drive with the kids": "1 x 480",
    "I've an evening to spare": "1 x 180",
    "half an hour is all I have": "1 x 30",
    "something for the two hours we have": "1 x 120",
    "during my lunch break of 30 minutes": "1 x 30",
    "I need something for a 3h train ride": "1 x 180",
    "I have half an evening": "1 x 180",
    "我有两个小时": "1 x 120",
    "我们只有一个半小时": "1 x 90",
    "we've 1 hr 40 before the babysitter goes": "1 x 100",
    "my commute is exactly 55 min. fill it": "1 x 55",
    "no time limit, show me long ones too": "none",
}
NOT_HAD = """
    under two hours
    a two-hour film
    a film of about 90 minutes
    no longer than 100 minutes
    at least two hours
    I have a two-hour film in mind
    a film about a ten-hour flight
    something set in one evening
    something from the last 10 years
    I have seen it for two hours
    it took me two hours
    I don't have two hours
    I have two kids
    a book that I can finish in two hours
    shorter than an hour
    the last two hours of it were dull
    I had two hours yesterday
    24 hours in the life of a nurse
    something funny for this evening
    I have a 30 minute limit per recipe
    我想看两个小时的电影
    I have 2 films to choose from
    the two hours I have seen of it
    Casa Limone is a ten-minute walk from the beach
    the beach is a five-minute walk
    a film about a week of commutes
    I have a long commute
    something for my commute
    not more than 5 hrs flight
    I have two hours a week
    a room for two nights
    no rush, her birthday is in november
    I've 400 hours in it
    tower defense, playable in 15 minute breaks
"""


def told(found: Spare | None) -> str:
    if found is None:
        return ""
    return f"{found.time.sittings} x {found.time.minutes:g}" if found.time.minutes else "none"


@pytest.mark.parametrize(("text", "expected"), HAD.items())
def test_time_that_somebody_has(text: str, expected: str) -> None:
    assert told(spare_time(text)) == expected


@pytest.mark.parametrize("text", [line.strip() for line in NOT_HAD.strip().splitlines()])
def test_limits_and_descriptions_are_of_items(text: str) -> None:
    assert spare_time(text) is None


def test_the_words_that_say_it() -> None:
    text = "something funny, I have 90 minutes, no horror"
    found = spare_time(text)
    assert found is not None and text[found.start : found.end] == "I have 90 minutes"
