"""Picks for several people as an operation: their wishes and refusals hold, and nobody reads what another said."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from penchant.assistant import Assistant, Edit, Mark, Session, TasteError, UnknownSession, edit, export_taste
from penchant.assistant.past import joint_picks
from penchant.assistant.session import export_household
from penchant.retriever import Index, Interest
from penchant.tools import ArgumentError, Recommender, Together, operations
from penchant.tools.api import PeopleError
from penchant.tools.api.arguments import InterestEdit, Person

OWN = "as quiet as our kitchen after the divorce"


@pytest.fixture
def recommender(index: Index) -> Recommender:
    return Recommender(Assistant(index))


def of(recommender: Recommender, *messages: str) -> str:
    """The handle of a conversation in which these were said."""
    handle = ""
    for message in messages:
        handle = recommender.recommend(message, handle).session_id
    return handle


def ids(found: Together) -> set[str]:
    return {pick.id for pick in found.picks}


def test_a_refusal_of_one_holds_and_each_pick_says_why(recommender: Recommender) -> None:
    ann, bob = of(recommender, "science fiction, no horror"), of(recommender, "a comedy or horror")
    recommender.feedback("Inception", "seen", bob)
    people = [Person(name="Ann", session_id=ann), Person(session_id=bob)]
    found = recommender.recommend_together(people, k=12)
    assert found.agreed and found.session_id == "" and found.picks and not {"i1", "i8"} & ids(found)
    assert {pick.whose for pick in found.picks} <= {"both", "Ann", "person 2"}
    least = [min(one.happiness for one in pick.people) for pick in found.picks]
    assert least == sorted(least, reverse=True)
    for pick in found.picks:
        assert [one.name for one in pick.people] == ["Ann", "person 2"]
        for one in pick.people:
            assert sum(share.value for share in one.shares) == pytest.approx(one.score, abs=1e-5)
    hangover = next(line for line in found.text.splitlines() if "The Hangover" in line)
    assert "(more person 2). Ann " in hangover and "genres: Comedy +" in hangover
    assert all(f'"{pick.title}" {pick.id}' in found.words for pick in found.picks)


def test_nobody_reads_what_another_said(recommender: Recommender) -> None:
    ann, bob = of(recommender, f"a drama, {OWN}", "no horror"), of(recommender, "a comedy")
    recommender.edit_interests([InterestEdit(facet="genres", value="Kitchen sink")], session_id=ann)
    told = recommender.recommend_together([Person(session_id=ann), Person(session_id=bob)], k=12)
    text = told.model_dump_json() + told.words
    assert "own words" in text and "genres: Drama" in text
    for word in ("quiet", "divorce", "itchen", "Horror", ann, bob):
        assert word not in text.replace("The Long Quiet", ""), word


def test_nothing_of_it_is_kept(recommender: Recommender) -> None:
    ann, bob = of(recommender, "a drama"), of(recommender, "a comedy")
    before = recommender.taste(ann), recommender.taste(bob)
    told = recommender.recommend_together([Person(session_id=ann), Person(session_id=bob)], "no thriller", k=12)
    catalogue = recommender.assistant.index.catalogue
    assert not any("Thriller" in catalogue.get(item).values("genres") for item in ids(told))
    assert before == (recommender.taste(ann), recommender.taste(bob))


def test_tastes_and_households_stand_for_people(recommender: Recommender) -> None:
    catalogue = recommender.assistant.index.catalogue
    ann = edit(Session(marks=(Mark("i6", "seen"),)), [Edit("genres", "Drama")], catalogue)
    home = export_household({"Ann": ann, "Bob": edit(Session(), [Edit("genres", "Comedy")], catalogue)})
    found = recommender.recommend_together([Person(taste=home)])
    assert [one.name for one in found.picks[0].people] == ["Ann", "Bob"] and "i6" not in ids(found)
    more = [Person(taste=home), Person(name="Ann", taste=export_taste(Session())), Person(taste=export_taste(ann))]
    names = [one.name for one in recommender.recommend_together(more).picks[0].people]
    assert names == ["Ann", "Bob", "Ann 2", "person 3"]


def test_who_is_missing_or_unreadable_is_told_by_their_place(recommender: Recommender) -> None:
    ann = Person(session_id=of(recommender, "a drama"))
    (operation,) = (one for one in operations(recommender) if one.name == "recommend_together")
    with pytest.raises(PeopleError, match="people: got 1, takes 2 to 12 in all"):
        operation.call({"people": {"session_id": ann.session_id}})
    with pytest.raises(ArgumentError, match=r"people: got a list of 0, takes a list of objects \(at least 1"):
        operation.call({"people": []})
    with pytest.raises(PeopleError, match=r"people\.1: takes either a session_id or a taste"):
        recommender.recommend_together([ann, Person(name="Bob")])
    with pytest.raises(UnknownSession, match=r"people\.1: there is no such conversation.*give another session_id"):
        recommender.recommend_together([ann, Person(session_id="guessed")])
    with pytest.raises(TasteError, match=r"people\.1: .*not JSON"):
        recommender.recommend_together([ann, Person(taste="no taste")])


def test_a_child_among_them_counts(index: Index, tmp_path: Path) -> None:
    recommender = Recommender(Assistant(index))
    child = recommender.recommend("a film", audience="children").session_id
    grown = of(recommender, "horror")
    found = recommender.recommend_together([Person(session_id=grown), Person(session_id=child)], k=12)
    allowed = recommender.assistant.serving("children").index.catalogue.row
    assert found.picks and ids(found) <= allowed.keys() and "i8" not in ids(found)


def test_a_wish_that_is_over_counts_no_more(index: Index) -> None:
    assistant = Assistant(index)
    over = Interest("genres", "Horror", level="never", until=datetime(2020, 1, 1, tzinfo=UTC))
    people = {"Ann": Session(interests=(over,)), "Bob": Session(interests=(Interest("genres", "Horror"),))}
    assert "i8" in {pick.item.id for pick in joint_picks(assistant, people, 12).picks}
