"""Questions of a catalogue and of what is shown that once went wrong: what something is good for, columns by the words
said, counts, two compared, one pointed at, and what is taken back."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, Reply, Session
from penchant.assistant.understanding.cues import is_undo
from penchant.retriever import Field, Item, Schema, build_index

from .conftest import HashEncoder

SCHEMA = Schema(
    (
        Field("brand", "name"),
        Field("kind", "facet"),
        Field("price", "number", unit="EUR"),
        Field("rating", "number", unit="rating"),
        Field("motor_speed", "number"),
        Field("quick_heating", "number"),
        Field("has_timer", "category"),
        Field("is_sold_now", "category"),
    )
)
ROWS = [
    ("Alto", "Nord", "grinder", 90, 4.1, 3, 20, "yes", "no"),
    ("Basso", "Nord", "grinder", 60, 4.6, 9, 5, "no", "no"),
    ("Canto", "Ost", "grinder", 30, 3.2, 5, 40, "yes", "yes"),
    ("Duo", "Ost", "kettle", 40, 3.9, 1, 10, "no", "no"),
]
ITEMS = [
    Item(row[0].casefold(), row[0], "", {f.name: (v if isinstance(v, int | float) else (str(v),)) for f, v in pairs})
    for row in ROWS
    for pairs in (list(zip(SCHEMA.fields, row[1:], strict=True)),)
]
ANSWERS = {
    "is Basso good for a camping trip?": "The catalogue does not say that of **Basso**.",
    "is Basso any good?": "Yes. The rating of **Basso** is 4.6.",
    "which has the quickest heating?": "**Canto** is the one with the highest quick heating: 40.",
    "which one is the cheapest?": "**Canto** is the cheapest: €30.",
    "which of these is sold at the moment?": "Only **Canto** is listed as is sold now.",
    "how many kettles do you have?": "kettle: the catalogue has 1, of 4 in all.",
    "how many are there?": "The catalogue has 4 in all. What you asked for (grinder) is true of 3.",
    "what brands do you stock?": "The catalogue has these, by brand: Nord (2) and Ost (2).",
    "what does motor speed mean?": "The catalogue does not explain “motor speed”.",
    "is Alto better than Canto?": "By rating, **Alto** is ahead: **Alto** 4.1, **Canto** 3.2.",
    "the cheapest one": "**Canto** is the cheapest: €30.",
    "why not Duo?": "**Duo** is not here because",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(build_index(ITEMS, tmp_path_factory.mktemp("grinders"), HashEncoder(), SCHEMA), k=3)


@pytest.fixture(scope="module")
def wished(assistant: Assistant) -> Reply:
    return assistant.reply("a grinder", Session())


@pytest.mark.parametrize(("question", "told"), ANSWERS.items(), ids=ANSWERS)
def test_a_question_is_answered_and_changes_nothing(
    assistant: Assistant, wished: Reply, question: str, told: str
) -> None:
    reply = assistant.reply(question, wished.session)
    assert reply.text.startswith(told)
    before, after = wished.session, reply.session
    assert (after.interests, after.marks, after.shown) == (before.interests, before.marks, before.shown)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_that_is_pointed_at_is_the_one_that_is_taken(assistant: Assistant, wished: Reply, place: int) -> None:
    pointed = assistant.reply(f"the {('first', 'second', 'third')[place]} one", wished.session)
    title = wished.picks[place].item.title
    assert title in pointed.text
    assert "Enjoy" not in pointed.text
    assert pointed.session.interests == wished.session.interests
    assert assistant.reply("ok I'll take it", pointed.session).text == f"A good choice. Enjoy **{title}**."


@pytest.mark.parametrize("words", ["undo", "take that back", "oh no, undo that please"])
def test_what_is_taken_back_is_the_last_change_whatever_was_asked_since(
    assistant: Assistant, wished: Reply, words: str
) -> None:
    limited = assistant.reply("under 50 euros", wished.session)
    asked = assistant.reply("why?", limited.session)
    assert assistant.reply(words, asked.session).session.interests == wished.session.interests


@pytest.mark.parametrize("words", ["undo the horror limit", "I want to take back control", "that came back"])
def test_more_than_an_undo_is_no_undo(words: str) -> None:
    assert not is_undo(words)
