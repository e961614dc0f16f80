"""Marks that a history brings: works on a list, and works that were liked when they were seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from penchant.assistant import (
    Assistant,
    Mark,
    Session,
    Understanding,
    export_taste,
    feedback,
    import_taste,
    merge,
    set_mode,
    start_topic,
    undo,
)
from penchant.retriever import Index, Interest, SearchConfig, search

LISTED = Session(
    marks=(Mark("i1", "wanted"), Mark("i2", "wanted"), Mark("i3", "liked", also="seen"), Mark("i4", "liked"))
)


@pytest.fixture(scope="module")
def assistant(index: Index) -> Assistant:
    return Assistant(index, k=12)


def shown(assistant: Assistant, session: Session) -> set[str]:
    return {pick.item.id for pick in assistant.answer(session).picks}


def test_what_was_liked_is_not_new_seen_or_not(assistant: Assistant) -> None:
    assert {"i1", "i2"} <= shown(assistant, LISTED) and not {"i3", "i4"} & shown(assistant, LISTED)
    assert shown(assistant, set_mode(LISTED, "seen")) == {"i3", "i4"}


def test_the_list_is_a_mode_of_its_own(assistant: Assistant) -> None:
    listed = set_mode(LISTED, "list")
    assert shown(assistant, listed) == {"i1", "i2"}
    assert shown(assistant, assistant.reply("a thriller", listed).session) == {"i1", "i2"}
    assert "no horror" not in assistant.answer(set_mode(Session(), "list")).text
    assert "Nothing is on your list" in assistant.answer(set_mode(Session(), "list")).text


def test_what_is_put_off_stays_on_the_list(assistant: Assistant) -> None:
    listed = set_mode(LISTED, "list").show(["i1"])
    schema = assistant.index.schema
    later = merge(listed, Understanding("more"), "something else", schema, 0.6)
    assert shown(assistant, later) == {"i2"}
    assert shown(assistant, start_topic(later)) == {"i1", "i2"}
    again = merge(later, Understanding("new_topic", (Interest("genres", "Sci-Fi"),)), "now", schema, 0.6)
    assert shown(assistant, again) == {"i1", "i2"} and undo(later).marks == listed.marks


def test_a_thumb_does_not_make_what_was_seen_new_again(assistant: Assistant) -> None:
    catalogue = assistant.index.catalogue
    seen = feedback(Session(), "seen", "i1", catalogue)
    assert feedback(seen, "like", "i1", catalogue).marks == (Mark("i1", "liked", also="seen"),)
    assert "i1" not in shown(assistant, feedback(seen, "like", "i1", catalogue))
    assert feedback(LISTED, "clear", "i3", catalogue).marks == tuple(m for m in LISTED.marks if m.item != "i3")


def test_what_was_seen_and_is_put_off_is_not_new_with_the_next_topic(assistant: Assistant) -> None:
    day = date(2024, 5, 6)
    before = Session(marks=(Mark("i1", "seen", seen_on=day),))
    off = assistant.dated(before, feedback(before, "later", "i1", assistant.index.catalogue))
    assert off.marks == (Mark("i1", "later", "seen", day),)
    assert "i1" not in shown(assistant, set_mode(off, "seen"))
    assert start_topic(off).marks == before.marks and "i1" not in shown(assistant, start_topic(off))


def test_what_a_limit_costs_is_counted_among_what_may_be_shown(assistant: Assistant) -> None:
    """Of what is on the list: the rest of the catalogue would not come back."""
    never = Interest("genres", "Drama", level="never")
    for mode, marked in (("list", LISTED), ("seen", LISTED)):
        session = set_mode(replace(marked, interests=(never,)), mode)  # type: ignore[arg-type]
        ways = assistant.answer(session).relaxations
        free = shown(assistant, replace(session, interests=()))
        assert sum(way.gains for way in ways) == len(free) - len(shown(assistant, session))


def test_marks_come_back_from_a_file(tmp_path: Path) -> None:
    assert import_taste(export_taste(LISTED)).marks == LISTED.marks


def test_a_taste_of_before_there_were_lists_still_opens() -> None:
    before = (
        export_taste(Session(marks=(Mark("i1", "liked"),)))
        .replace('"version": 6', '"version": 2')
        .replace(',\n      "also": ""', "")
    )
    assert '"also"' not in before and import_taste(before).marks == (Mark("i1", "liked"),)


def test_what_is_said_counts_before_a_profile(index: Index) -> None:
    """Values of long standing do not push aside the one that was just asked for."""
    profile = tuple(Interest("genres", value, 0.3, source="profile") for value in ("Sci-Fi", "Thriller"))
    said = Interest("genres", "Comedy", turn=1)
    first = search(index, (said, *profile), 3, turn=1, search_config=SearchConfig(places=3)).picks[0]
    assert first.item.title == "The Hangover"
    assert search(index, profile, 3).picks[0].item.values("genres") == ("Sci-Fi", "Thriller")
    page = search(index, (said, *profile), 5, turn=1)
    alone = search(index, (said,), 5, turn=1)
    assert sum("Comedy" in pick.item.values("genres") for pick in page.picks) == sum(
        "Comedy" in pick.item.values("genres") for pick in alone.picks
    )
