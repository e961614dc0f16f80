"""Picks for two from two tastes, a household in one file, and how a person asks for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from penchant.assistant import Assistant, Edit, Mark, Session, TasteError, edit, export_taste, set_mode
from penchant.assistant.past import joint_picks
from penchant.assistant.session import export_household, import_household
from penchant.retriever import Index, PenchantError
from penchant.ui.cli.command import app
from penchant.ui.cli.console.files import read_people
from penchant.ui.cli.tastes import asked_together
from penchant.ui.page.state.chat_edits import edited
from penchant.ui.page.state.chat_state import ChatState
from penchant.ui.page.state.events import TasteText


@pytest.fixture
def assistant(index: Index) -> Assistant:
    return Assistant(index, k=5)


def wanting(assistant: Assistant, *edits: Edit, marks: tuple[Mark, ...] = ()) -> Session:
    return edit(Session(marks=marks), edits, assistant.index.catalogue)


def test_a_never_of_one_is_kept_and_each_pick_says_whose_it_is(assistant: Assistant) -> None:
    ann = wanting(assistant, Edit("genres", "Sci-Fi"), Edit("genres", "Horror", level="never"))
    bob = wanting(assistant, Edit("genres", "Horror"), Edit("genres", "Comedy"), marks=(Mark("i1", "seen"),))
    found = joint_picks(assistant, {"Ann": ann, "Bob": bob}, k=12)
    shown = {pick.item.id: pick for pick in found.picks}
    assert found.agreed and "i8" not in shown and "i1" not in shown  # Get Out is horror; Bob has seen Inception
    assert shown["i7"].words == "more Bob" and shown["i2"].words == "more Ann"
    assert {pick.words for pick in found.picks} <= {"both", "more Ann", "more Bob"}
    assert "1. " in found.text and "(more Bob; Ann " in found.text
    least = [min(pick.happiness.values()) for pick in found.picks]
    assert least == sorted(least, reverse=True)


def test_what_both_like_as_much_is_both(assistant: Assistant) -> None:
    both = wanting(assistant, Edit("genres", "Drama"))
    found = joint_picks(assistant, {"Ann": both, "Bob": both}, k=3)
    assert [pick.words for pick in found.picks] == ["both"] * 3
    three = joint_picks(assistant, {"Ann": both, "Bob": both, "Cem": both}, k=1)
    assert [pick.words for pick in three.picks] == ["all"]


def test_lists_and_times_of_any_of_them_hold(assistant: Assistant) -> None:
    ann = set_mode(Session(marks=(Mark("i6", "wanted"), Mark("i2", "wanted"))), "list")
    bob = Session(marks=(Mark("i7", "wanted"), Mark("i4", "seen")))
    assert {p.item.id for p in joint_picks(assistant, {"a": ann, "b": bob}).picks} == {"i2", "i6", "i7"}
    short = assistant.fit_time(bob, 110).session
    assert {p.item.id for p in joint_picks(assistant, {"a": ann, "b": short}).picks} == {"i6", "i7"}


def test_the_page_keeps_to_lists_and_times_for_two(assistant: Assistant) -> None:
    listed = Session(marks=(Mark("i6", "wanted"), Mark("i2", "wanted"), Mark("i7", "wanted")))
    chat = ChatState(session=assistant.fit_time(set_mode(listed, "list"), 110).session)
    both = edited(chat, TasteText(act="guest", text=export_taste(Session())), assistant)
    assert both.group and {pick.picks[0].item.id for pick in both.group.picks} == {"i6", "i7"}


def test_a_household_is_one_file(assistant: Assistant) -> None:
    members = {"Ann": wanting(assistant, Edit("genres", "Drama")), "Bob 李": Session(marks=(Mark("i1", "liked"),))}
    again = import_household(export_household(members))
    assert list(again) == list(members)
    assert again["Ann"].interests == members["Ann"].interests and again["Bob 李"].marks == members["Bob 李"].marks


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not a household"),
        ('{"format": "penchant household", "version": 2, "members": {"A": {}}}', "version"),
        ('{"format": "penchant household", "version": 1, "members": {}}', "members"),
        ('{"format": "penchant household", "version": 1, "members": {"Ann": {"format": "x"}}}', "Ann: "),
    ],
)
def test_a_broken_household_is_refused_with_the_place(text: str, said: str) -> None:
    with pytest.raises(TasteError, match=said):
        import_household(text)


def test_a_household_of_nobody_is_not_written() -> None:
    with pytest.raises(TasteError, match="1 to 12 members, not 0"):
        export_household({})


def test_files_name_their_people(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "taste.json").write_text(export_taste(Session()), encoding="utf-8")
    (tmp_path / "home.json").write_text(export_household({"Ann": Session(), "Bob": Session()}), encoding="utf-8")
    same = [tmp_path / "x" / "taste.json", tmp_path / "y" / "taste.json"]
    assert list(read_people(same)) == ["taste", "taste 2"]
    assert list(read_people([tmp_path / "home.json", same[0]])) == ["Ann", "Bob", "taste"]
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")
    with pytest.raises(PenchantError, match=r"bad\.json"):
        read_people([tmp_path / "bad.json"])


def test_a_household_is_made_of_tastes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, mark in (("ann", "i1"), ("bob", "i2")):
        Path(f"{name}.json").write_text(export_taste(Session(marks=(Mark(mark, "liked"),))), encoding="utf-8")
    made = CliRunner().invoke(app, ["taste", "household", "ann.json", "bob.json", "--into", "home.json"])
    assert made.exit_code == 0 and "penchant taste together home.json" in made.stdout
    assert list(json.loads(Path("home.json").read_text())["members"]) == ["ann", "bob"]
    again = CliRunner().invoke(app, ["taste", "household", "ann.json", "--into", "home.json"])
    assert isinstance(again.exception, PenchantError) and "is there already" in str(again.exception)


def test_a_message_counts_for_everybody(assistant: Assistant) -> None:
    people = {
        "Ann": wanting(assistant, Edit("genres", "Sci-Fi")),
        "Bob": wanting(assistant, Edit("genres", "Drama", level="never")),
    }
    found = json.loads(asked_together(assistant, ["a film", "no thriller"], people, as_json=True))
    shown = [assistant.index.catalogue.get(pick["id"]) for pick in found["picks"]]
    assert shown and not {"Drama", "Thriller"} & {genre for item in shown for genre in item.values("genres")}
    assert all(set(pick["happiness"]) == {"Ann", "Bob"} for pick in found["picks"])
    assert asked_together(assistant, ["a film"], people).startswith("1. ")
