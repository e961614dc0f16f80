"""The commands of the terminal chat, and what they say when they cannot be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from penchant.assistant import Assistant, Session, import_taste
from penchant.assistant.explanation.words import speech
from penchant.retriever import Index, PenchantError
from penchant.ui.cli.terminal import TerminalChat


@pytest.fixture(scope="module")
def assistant(index: Index) -> Assistant:
    return Assistant(index, k=4)


@pytest.fixture
def talk(assistant: Assistant) -> TerminalChat:
    talk = TerminalChat(assistant, Session())
    talk.heard(assistant.reply("drama, no horror", talk.session))
    return talk


def test_what_is_typed_changes_the_session_and_shows_new_picks(talk: TerminalChat) -> None:
    assert talk.command("/interests").startswith("want  genres: Drama\nnever genres: Horror")
    first = talk.picks[0].item
    assert first.title not in talk.command("/dislike 1").split("\n\n", 1)[1]
    assert first.title in talk.command("/undo") and first.title not in talk.command("/redo").split("\n\n", 1)[1]
    assert "genres: Comedy" in talk.command("/edit genres Comedy want") and talk.session.interests[-1].level == "want"
    assert "(pinned)" in talk.command("/edit genres comedy pin")
    assert "genres: Drama (parked)" in talk.command("/topic")
    talk.command("/edit - quiet evenings 0.4")
    assert talk.session.interests[-1].label == "quiet evenings" and talk.session.interests[-1].strength == 0.4


def test_a_dislike_may_have_a_reason(talk: TerminalChat) -> None:
    minutes = talk.picks[0].item.number("minutes")
    talk.command("/dislike 1 minutes more")
    assert all(pick.item.number("minutes", 0) < minutes for pick in talk.picks)


def test_a_taste_goes_out_and_comes_back(talk: TerminalChat, tmp_path: Path) -> None:
    path = tmp_path / "taste.json"
    assert str(path) in talk.command(f"/export {path}")
    assert import_taste(path.read_text()).interests == talk.session.interests
    before = talk.session.interests
    talk.command("/edit genres Drama remove")
    talk.command(f"/import {path}")
    assert talk.session.interests == before
    assert "happy" in talk.command(f"/together {path}") and "Get Out" not in talk.command(f"/together {path}")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("/", "not a command"),
        ("/dance", "/dance is not a command; /help lists them"),
        ("/like", "say which pick, as in /like 2; there are 4"),
        ("/like 9", "say which pick"),
        ("/dislike 1 genres Western", "Western"),
        ("/edit genres", "as in /edit genres comedy never"),
        ("/edit genres Drama much", "'much' is none of want"),
        ("/edit nowhere Drama want", "no facet 'nowhere'"),
        ("/export", "name one file"),
        ("/export /nowhere/at/all.json", "cannot be written"),
        ("/import /nowhere.json", "nowhere.json: cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_said_and_changes_nothing(talk: TerminalChat, line: str, message: str) -> None:
    before = talk.session
    with pytest.raises(PenchantError, match=message):
        talk.command(line)
    assert talk.session is before


def test_a_broken_taste_is_refused_by_name(talk: TerminalChat, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{}")
    with pytest.raises(PenchantError, match=r"broken\.json: format"):
        talk.command(f"/import {tmp_path / 'broken.json'}")


def test_nothing_to_undo_is_no_error(assistant: Assistant) -> None:
    assert TerminalChat(assistant, Session()).command("/undo") == "Nothing to take back."


def test_help_names_every_command(talk: TerminalChat) -> None:
    for name in ("interests", "like", "dislike", "seen", "later", "edit", "undo", "redo", "topic", "export", "import"):
        assert f"/{name}" in speech("en", "terminal").say("help") == talk.command("/help")
        assert f"/{name}" in speech("zh", "terminal").say("help")


def test_it_speaks_as_one_was_spoken_to(talk: TerminalChat) -> None:
    talk.heard(talk.assistant.reply("想看喜剧", talk.session))
    assert talk.command("/redo") == "没有可以恢复的。"
    assert "四部电影" in talk.command("/mode both")
