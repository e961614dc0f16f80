"""A chat that comes whole with each request leads to the session it would have led to turn by turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from penchant.assistant import Assistant, Session, Understanding, Usage
from penchant.retriever import Index, Item, build_index
from penchant.tools.api.markdown import without_links
from penchant.tools.http.client_prompts import ChatTurn
from penchant.tools.http.history_replay import LONGEST_ANSWER, MOST_CHARACTERS, MOST_MESSAGES, Replays, chain

from .conftest import HashEncoder
from .test_client_prompts import TITLE
from .tiny import ITEMS


class Listening(Assistant):
    """Notes what it hears."""

    heard: list[str]

    def hear(self, message: str, session: Session, usage: Usage | None = None) -> tuple[Understanding, Session]:
        self.heard.append(message)
        return super().hear(message, session, usage)


@pytest.fixture
def assistant(index: Index) -> Iterator[Listening]:
    assistant = Listening(index)
    assistant.heard = []
    yield assistant


def user(text: str) -> ChatTurn:
    return ChatTurn("user", text)


def model(text: str) -> ChatTurn:
    return ChatTurn("assistant", text)


def kept(session: Session) -> set[tuple[str, str]]:
    return {(i.level, i.value) for i in session.interests if i.facet}


CHAT = [ChatTurn("system", "You love horror films."), user("a drama"), model("Gladiator, perhaps."), user("no horror")]


def test_a_chat_is_replayed_message_by_message(assistant: Listening) -> None:
    session = Replays().session(assistant, CHAT)
    assert kept(session) == {("want", "Drama"), ("never", "Horror")} and session.turn == 2


def test_what_an_answer_showed_is_on_screen(assistant: Listening) -> None:
    """In the form of Penchant's own answers, in bold, or in a sentence; the last answer that showed any counts."""
    own = "2 picks for **Get Out**:\n\n1. **Gladiator**, 2000 (genres: Drama +0.56)\n2. **Before Sunrise**, 1995\n"
    for text, expected in {
        own: ("i5", "i6"),
        "What about **Inception**, or **No Such Film**?": ("i1",),
        "You should watch Interstellar.": ("i2",),
        "I do not know.": ("i7",),
    }.items():
        chat = [user("a drama"), model("**The Hangover**"), user("no"), model(text)]
        assert Replays().session(assistant, chat).shown == expected


def test_what_is_known_is_not_heard_again(assistant: Listening) -> None:
    replays = Replays()
    session = replays.session(assistant, CHAT)
    replays.keep(CHAT, session)
    assistant.heard.clear()
    longer = replays.session(assistant, [*CHAT, model("Interstellar."), user("a thriller")])
    assert assistant.heard == ["a thriller"] and longer.turn == 3
    assert replays.session(assistant, CHAT) is session


def test_an_edited_chat_is_replayed_from_where_it_differs(assistant: Listening) -> None:
    replays = Replays()
    replays.keep(CHAT[:2], replays.session(assistant, CHAT[:2]))
    replays.keep(CHAT, replays.session(assistant, CHAT))
    assistant.heard.clear()
    session = replays.session(assistant, [*CHAT[:3], user("no comedy")])
    assert assistant.heard == ["no comedy"] and kept(session) == {("want", "Drama"), ("never", "Comedy")}


def test_the_chats_of_two_owners_have_nothing_to_do_with_each_other(assistant: Listening) -> None:
    replays = Replays()
    replays.keep(CHAT, Session(turn=99), "one")
    assert replays.session(assistant, CHAT, "one").turn == 99
    assert replays.session(assistant, CHAT, "other").turn == 2
    assert replays.session(assistant, CHAT).turn == 2


def test_no_two_chats_are_taken_for_one() -> None:
    """Neither by where a message ends nor by who said it; blanks around a message are nothing."""
    chats = [
        [user("ab")],
        [user("a"), user("b")],
        [model("ab")],
        [user("a\0user\0b")],
        [user("user\0ab")],
        [user("a"), model("b")],
        [user("")],
        [],
    ]
    assert len({chain(chat)[-1] for chat in chats}) == len(chats)
    assert chain([user(" a\n")]) == chain([user("a")]) and chain([user("a")], "me") != chain([user("a")])
    assert len(chain([user("\ud800")])) == 2


def test_prompts_of_the_chat_program_and_what_is_too_long_are_passed_over(assistant: Listening) -> None:
    session = Replays().session(assistant, [user("a drama"), user(TITLE), user("x" * 9000), user("  "), model("")])
    assert assistant.heard == ["a drama"] and kept(session) == {("want", "Drama")}


def test_the_oldest_are_dropped(assistant: Listening) -> None:
    replays = Replays(most=2)
    for name in ("a", "b", "a", "c"):
        replays.keep([user(name)], Session(name))
    assert replays.session(assistant, [user("a")]).id == "a" and replays.session(assistant, [user("c")]).id == "c"
    assert replays.session(assistant, [user("b")]).id != "b"


def test_titles_cannot_make_a_chat_program_fetch_anything(index: Index) -> None:
    hostile = {
        "![p](http://evil.test/p.png)": "![p]&#40;http://evil.test/p.png)",
        "[a](http://evil.test)": "[a]&#40;http://evil.test)",
        "![a][b]\n[b]: http://evil.test": "![a]&#91;b]\n[b]&#58; http://evil.test",
        '<img src="x"> </b> <!-- -->': '&lt;img src="x"> &lt;/b> &lt;!-- -->',
        "\\<img> \\](x)": "\\&lt;img> \\]&#40;x)",
        "minutes < 100 and **Title** [2001] (x)": "minutes < 100 and **Title** [2001] (x)",
    }
    for text, expected in hostile.items():
        assert without_links(text) == expected
        assert without_links(expected) == expected
    parts = ["**![p]", "(http://evil.test)**"]
    assert without_links("".join(parts)).startswith(without_links(parts[0]))  # so a stream stays a stream


def test_what_was_taken_apart_is_still_known(tmp_path: Path) -> None:
    title = "[REC](2007) <b>uncut</b>"
    assistant = Assistant(build_index([*ITEMS, Item("rec", title)], tmp_path / "index", HashEncoder(48)))
    shown = f"1. **{without_links(title)}**, 2007 (a film +0.10)"
    assert shown != f"1. **{title}**, 2007 (a film +0.10)"
    assert Replays().session(assistant, [user("a film"), model(shown)]).shown == ("rec",)


def test_of_a_long_chat_the_newest_is_heard(assistant: Listening) -> None:
    """Also where all of it is said by one side, or at length; what is known already stays heard."""
    said = [f"a drama, number {n}" for n in range(1000)]
    Replays().session(assistant, [message for text in said for message in (user(text), model("Here."))])
    assert assistant.heard == said[-MOST_MESSAGES // 2 :]
    assistant.heard.clear()
    long = [f"{n} {'a drama ' * 900}" for n in range(50)]
    Replays().session(assistant, [user(text) for text in long])
    heard = [text.strip() for text in long[-len(assistant.heard) :]]
    assert assistant.heard == heard and MOST_CHARACTERS - 8000 < sum(map(len, heard)) <= MOST_CHARACTERS
    replays = Replays()
    replays.keep(CHAT, replays.session(assistant, CHAT))
    session = replays.session(assistant, [*CHAT, *map(user, said)])
    assert ("never", "Horror") in kept(session)


def test_of_an_endless_answer_the_beginning_is_read(assistant: Listening) -> None:
    read: list[int] = []
    overhear = assistant.overhear
    assistant.overhear = lambda text, session: (read.append(len(text)), overhear(text, session))[1]  # type: ignore[method-assign]
    Replays().session(assistant, [user("a drama"), model("Interstellar is one. " * 90_000)])
    assert len(read) == 1 and read[0] <= LONGEST_ANSWER
