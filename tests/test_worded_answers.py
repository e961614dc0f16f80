"""A model words the answers to questions about what is on screen, and says nothing else than the composed answer."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, LanguageModel, Reply, Session
from penchant.assistant.wiring import make_assistant, with_model
from penchant.retriever import Index

from .openai_server import Answer, Body, OpenAIServer, Page, Words
from .scripted_model import ScriptedModel, answer

ASK = answer(intent="ask")
WHY, SHORTEST, COMPARE, WHETHER = (
    "why is the first one there?",
    "which is the shortest?",
    "compare the first two",
    "is the first one a comedy?",
)


@pytest.fixture(scope="module")
def rules(index: Index) -> Assistant:
    return make_assistant(index, k=3)


@pytest.fixture(scope="module")
def before(rules: Assistant) -> Session:
    """Three thrillers are on screen: Blade Runner 2049, Get Out and Inception."""
    reply = rules.reply("a thriller", Session())
    assert [pick.item.title for pick in reply.picks] == ["Blade Runner 2049", "Get Out", "Inception"]
    return reply.session


def worded(rules: Assistant, before: Session, question: str, words: str) -> tuple[Reply, ScriptedModel]:
    chat = ScriptedModel.of(ASK, words)
    reply = with_model(rules, chat.language_model()).reply(question, before)
    chat.assert_complete()
    return reply, chat


GOOD = [
    (WHY, "You wanted a Thriller, and **Blade Runner 2049** is just that, so it comes first."),
    (WHY, "**Blade Runner 2049** is at the top because you asked for a Thriller."),
    (SHORTEST, "The shortest is **Get Out** with 104 minutes; **Inception** is next with 148 minutes."),
    (COMPARE, "Both are Thrillers from 2017. **Blade Runner 2049** is Sci-Fi, and **Get Out** is Horror."),
    (
        WHETHER,
        "Not according to the catalogue, which lists **Blade Runner 2049** as Sci-Fi and a Thriller, not as Comedy.",
    ),
]
BAD = [
    (WHY, "**Blade Runner 2049** is first because it is Sci-Fi."),  # true, and not the reason
    (WHY, "**Blade Runner 2049** is first because it is the newest, and you asked for a Thriller."),
    (WHY, "**Blade Runner 2049** is second because you asked for a Thriller."),
    (WHY, "**Get Out** is first because you asked for a Thriller."),
    (WHY, "**Blade Runner 2049** is first because you asked for a Thriller. It won 4 Oscars."),
    (WHY, "你要的是Thriller，所以**Blade Runner 2049**排在第一。"),
    (WHY, "..."),
    (SHORTEST, "The shortest is **Inception** with 148 minutes, then **Get Out** with 104 minutes."),
    (SHORTEST, "The shortest is **Get Out**, at 90 minutes; **Inception** is next with 148 minutes."),
    (SHORTEST, "**Get Out** is the shortest of them all at 104 minutes."),  # what is next is left out
    (WHETHER, "Yes, the catalogue lists **Blade Runner 2049** as a Comedy, beside Sci-Fi and Thriller."),
    (WHETHER, "**Blade Runner 2049** is a Comedy, with Sci-Fi and Thriller in it."),
    (COMPARE, "Both are Thrillers. **Blade Runner 2049** is Horror, and **Get Out** is Sci-Fi."),
    (COMPARE, "Both are Thrillers, like **Inception**. **Blade Runner 2049** is Sci-Fi, **Get Out** is Horror."),
]


@pytest.mark.parametrize(("question", "words"), GOOD)
def test_the_model_words_an_answer(rules: Assistant, before: Session, question: str, words: str) -> None:
    reply, chat = worded(rules, before, question, words)
    composed = rules.reply(question, before)
    assert reply.text == words != composed.text and reply.notes == ()
    assert reply.explained_by == "scripted" and reply.usage.calls == 2
    assert chat.requests[1].data["answer"] == composed.text and chat.requests[1].data["question"] == question
    assert [pick.item.id for pick in reply.picks] == [pick.item.id for pick in composed.picks]


@pytest.mark.parametrize(("question", "words"), BAD)
def test_what_says_anything_else_leaves_the_composed_answer(
    rules: Assistant, before: Session, question: str, words: str
) -> None:
    reply, _ = worded(rules, before, question, words)
    assert reply.text == rules.reply(question, before).text
    assert reply.explained_by == "shares" and reply.usage.calls == 2
    assert reply.notes == (
        "Explained from the shares: scripted said something else than the answer, or nothing that could be checked.",
    )


def test_an_answer_in_chinese_is_worded_in_chinese(rules: Assistant, before: Session) -> None:
    composed = rules.reply("为什么推荐第一个？", before).text
    words = "因为你想看的正是Thriller，**Blade Runner 2049**就排在第一。"
    assert worded(rules, before, "为什么推荐第一个？", words)[0].text == words
    assert worded(rules, before, "为什么推荐第一个？", GOOD[0][1])[0].text == composed


def test_a_model_that_fails_leaves_the_composed_answer(rules: Assistant, before: Session) -> None:
    def behave(_: Body, n: int) -> Answer:
        return Words(ASK) if n == 0 else Page(401)

    with OpenAIServer(behave) as server:
        model = LanguageModel.from_settings(server.settings())
        first, composed, *_, last = with_model(rules, model).stream(WHY, before, early=True)
        assert len(server.requests) == 2
    assert first.text == composed.text == last.text == rules.reply(WHY, before).text
    assert last.notes == ("Explained from the shares: tiny refused the key (401).",)


def test_only_the_answer_is_told_where_it_is_a_judgement(rules: Assistant, before: Session) -> None:
    """What a catalogue and a person wrote is in the JSON, and nowhere else."""
    for question, words in (GOOD[0], GOOD[3]):
        _, chat = worded(rules, before, question, words)
        request = chat.requests[1]
        assert ("works" in request.data) == (question == COMPARE)
        assert "Blade Runner" not in request.system and question not in request.system


@pytest.mark.parametrize("question", ["what did you leave out?", "what do you know about me?", "thanks"])
def test_what_is_not_about_the_picks_is_composed(rules: Assistant, before: Session, question: str) -> None:
    chat = ScriptedModel.of(ASK)
    reply = with_model(rules, chat.language_model()).reply(question, before)
    assert reply.explained_by == "shares" and reply.usage.calls == 1
    chat.assert_complete()
