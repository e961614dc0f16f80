"""For the time that somebody has, one thing that fits comes before several that fit less well."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, Reply, Session
from penchant.assistant.filling import filling
from penchant.assistant.session import SpareTime
from penchant.retriever import Index, Pick

ONE = {
    "I have 90 minutes, something funny": ("film", "Airplane!"),
    "I have two hours, a thriller": ("film", "Night of the Living Dead"),
    "we have 100 minutes, something scary": ("film", "The Babadook"),
    "I have an hour, a sad album": ("album", "21"),
    "I have 45 minutes, jazz": ("album", "A Love Supreme"),
    "I have 5 hours for a book about space": ("book", "The Hitchhiker's Guide to the Galaxy"),
}
"""What is said, and the kind and title of what comes first: it takes two thirds of the time or more."""
SEVERAL = {
    "a week of commutes of 40 minutes each, something funny": "two or more sittings",
    "a few short funny films, I have two hours": "said in words",
    "some jazz, I have two hours": "no record is as long",
    "I have four hours, comedies": "no comedy is as long",
    "albums for a 10 hour flight": "no record is as long",
}


@pytest.fixture(scope="module")
def assistant(demo_index: Index) -> Assistant:
    return Assistant(demo_index)


def minutes(assistant: Assistant, reply: Reply) -> list[float]:
    row = assistant.index.catalogue.row
    return [float(assistant._lengths.minutes[row[pick.item.id]]) for pick in reply.picks]


@pytest.mark.parametrize("message", ONE)
def test_one_that_fits_comes_first(assistant: Assistant, message: str) -> None:
    reply = assistant.reply(message)
    total, took = reply.session.screen.time.total, minutes(assistant, reply)
    assert reply.filling and not reply.filling.together and "Each of these fits into" in reply.text
    assert (reply.picks[0].item.fields["kind"], reply.picks[0].item.title) == ONE[message]
    assert 2 / 3 * total <= took[0] and max(took) <= total


@pytest.mark.parametrize("message", SEVERAL)
def test_several_where_they_are_asked_for_or_nothing_comes_near(assistant: Assistant, message: str) -> None:
    reply = assistant.reply(message)
    assert reply.filling and reply.filling.together and len(reply.picks) > 1
    assert sum(minutes(assistant, reply)) <= reply.session.screen.time.total


def test_several_may_be_asked_for_afterwards(assistant: Assistant) -> None:
    one = assistant.reply("I have two hours, something funny")
    assert one.filling and not one.filling.together
    few = assistant.reply("rather a few short ones", one.session)
    assert few.filling and few.filling.together and few.session.screen.time == SpareTime(120, several=True)


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("a few short ones, I have two hours", True),
        ("I have two hours for a couple of albums", True),
        ("several films, we have five hours", True),
        ("three short novels, I have 8 hours", True),
        ("a double feature, we have four hours", True),
        ("我有三个小时，想看几部短片", True),
        ("I have a few hours, I have 3 hours", False),
        ("I have a couple of free hours, say I have 2 hours", False),
        ("I have 90 minutes, a short film", False),
        ("two short hours, I have 2 hours", False),
        ("I have two hours, comedies", False),
    ],
)
def test_words_that_ask_for_several(assistant: Assistant, text: str, several: bool) -> None:
    time = assistant.hear(text, Session())[1].screen.time
    assert time and time.for_several is several


def test_what_comes_near_and_fits_nearly_as_well(demo_index: Index) -> None:
    """By the figures alone: of the score and the length."""
    lengths = Assistant(demo_index)._lengths
    rows = {int(m): n for n, m in enumerate(lengths.minutes.tolist()) if m == m}
    catalogue = demo_index.catalogue

    def picks(*scored: tuple[int, float]) -> list[Pick]:
        return [Pick(catalogue.items[rows[length]], score, ()) for length, score in scored]

    def found(*scored: tuple[int, float], several: bool = False) -> list[int]:
        filled = filling(picks(*scored), SpareTime(100, several=several), lengths, catalogue, 2)
        return [int(lengths.minutes[catalogue.row[pick.item.id]]) for pick in filled.picks]

    assert found((46, 1.0), (49, 0.98), (92, 0.9), (91, 0.0)) == [92, 46]  # nearly as good, and one of them
    assert found((46, 1.0), (49, 0.98), (92, 0.5), (91, 0.0)) == [46, 49]  # as long, and no fit
    assert found((46, 1.0), (49, 0.98), (60, 0.98), (91, 0.0)) == [46, 49]  # fits, and not as long
    assert found((46, 1.0), (49, 0.98), (92, 0.9), (91, 0.0), several=True) == [46, 49]
