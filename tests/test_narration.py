"""What a model may say of the picks, and what is shown where it says something else."""

from __future__ import annotations

import pytest

from penchant.assistant import LanguageModel, Reply
from penchant.assistant.explanation.grounding import Facts
from penchant.assistant.explanation.sentences import sentences
from penchant.assistant.understanding.linking.gazetteer import Gazetteer
from penchant.assistant.wiring import make_assistant
from penchant.retriever import Index, Interest, Pick

from .openai_server import Answer, Body, OpenAIServer, Page, Words
from .scripted_model import ScriptedModel, answer, tag
from .tiny import INJECTION, ITEMS

MESSAGE = "smart Sci-Fi like Interstellar, after 1999 and under 3 hours"
SCI_FI = answer(
    tag("genres", "Sci-Fi", quote="Sci-Fi"),
    tag("year", "> 1999", quote="after 1999"),
    tag("minutes", "< 180", quote="under 3 hours"),
    wish="smart science fiction",
)


@pytest.fixture(scope="module")
def facts(index: Index) -> Facts:
    """Of Inception, Blade Runner 2049 and Dune."""
    return _facts(index, "i1", "i3", "i4")


def _facts(index: Index, *ids: str) -> Facts:
    picks = [Pick(next(i for i in ITEMS if i.id == n), 1.0, ()) for n in ids]
    return Facts(MESSAGE, [Interest("genres", "Sci-Fi")], picks, Gazetteer(index.catalogue))


FINE = [
    "**Inception** is a Sci-Fi thriller from 2010.",
    "I'd start with *Inception* (2010), Christopher Nolan's film about thieves who enter dreams.",
    "I think you'll enjoy Blade Runner 2049!",
    "1. **Inception** – a Thriller with Leonardo DiCaprio",
    "- “Dune: Part Two” takes you to a desert planet.",
    "If you liked Interstellar, Nolan's Inception is for you.",
    "Both Inception and Blade Runner 2049 are Sci-Fi Thrillers.",
    "Directed by Denis Villeneuve, Dune has war on a planet of deserts.",
    "Starring Ryan Gosling and Harrison Ford, **Blade Runner 2049** is *really* tense.",
    "Expect Leonardo DiCaprio at his best in Inception.",
    "Packed with adventure, Dune: Part Two runs 166 minutes, under 3 hours as you asked.",
    "**Why it fits:** you wanted something after 1999.",
    "Here are 3 picks for a Friday night in December:",
    "Great choice! All three are smart Science Fiction films.",
    "Perfect for a cosy evening, it is a “mind-bender” of a movie.",
    "It came out in the 2010s.",
    "DUNE: PART TWO is loud.",
    "《Inception》是克里斯托弗喜欢的2010年科幻电影。",
    "推荐《Blade Runner 2049》，由 Ryan Gosling 主演。",
]
FALSE = [
    "You might also like **Gladiator**.",
    "Gladiator is similar.",
    "**Gladiator** has it all.",
    "Before Sunrise is romantic.",
    "Both Inception and Gladiator are great.",
    "1. **Arrival** – a Thriller",
    "Arrival is similar.",
    "Inception stars Tom Hanks.",
    "Tom Hanks stars in Inception.",
    "Inception is by Christopher Smith.",
    "Inception was directed by Denis Villeneuve.",
    "Inception came out in 1994.",
    "Inception (2017) is fine.",
    "It is rated 8.8 by 2,400,000 people.",
    "Inception won 4 Oscars.",
    "It came out in the 1980s.",
    "Russell Crowe is in it.",
    "It is as good as The Matrix.",
    'They say "The Hangover" is funny.',
    "See https://example.org for Inception.",
    "[Inception](javascript:alert) is good.",
    "Inception <img src=x> is good.",
    "你也可以看《角斗士》。",
    "张国荣主演的电影。",
    "霸王别姬也很好看。",
    "它由Tom Hanks主演。",
    "1994年上映。",
]


@pytest.mark.parametrize("sentence", FINE)
def test_what_is_known_may_be_said(facts: Facts, sentence: str) -> None:
    assert facts.hold(sentence)


@pytest.mark.parametrize("sentence", FALSE)
def test_what_is_not_known_may_not(facts: Facts, sentence: str) -> None:
    assert not facts.hold(sentence)


def test_chinese_picks_are_spoken_of_in_chinese(index: Index) -> None:
    facts = _facts(index, "i9")
    assert facts.hold("《霸王别姬》是陈凯歌1993年的作品，张国荣主演。")
    assert facts.named("霸王别姬讲两位京剧演员的一生。") == [0]
    assert not facts.hold("《霸王别姬》由刘德华主演。")
    assert not facts.hold("无间道更紧张。")


def told(index: Index, *steps: object, message: str = MESSAGE) -> tuple[list[Reply], ScriptedModel]:
    chat = ScriptedModel.of(SCI_FI, *steps)  # type: ignore[arg-type]
    return list(make_assistant(index, chat.language_model(), k=4).stream(message)), chat


def test_good_sentences_stay_bad_ones_and_what_hangs_on_them_go(index: Index) -> None:
    replies, chat = told(
        index,
        "Here are four picks for you:\n\n1. **Inception** is a Sci-Fi thriller. It won 4 Oscars. It is long.\n"
        "2. **Gladiator** is better. It has lions.\n3. **Dune: Part Two** is big.",
    )
    assert replies[-1].text == (
        "Here are four picks for you:\n\n1. **Inception** is a Sci-Fi thriller. \n2. **Dune: Part Two** is big."
    )
    assert replies[-1].explained_by == replies[-1].understood_by == "scripted"
    assert replies[-1].notes == ()
    assert replies[-1].usage.calls == 2
    chat.assert_complete()


def test_a_pick_of_which_something_false_was_said_is_spoken_of_by_its_shares(index: Index) -> None:
    """Once, in its place in the list, and not where something true is said of it anyway."""
    replies, _ = told(
        index,
        "Two for you:\n\n1. **Dune: Part Two** was directed by Frank Herbert. It is long.\n"
        "2. **Inception** is smart. Inception won 4 Oscars. Dune: Part Two stars Tom Hanks.",
    )
    assert replies[-1].text == (
        "Two for you:\n\n1. **Dune: Part Two** is here for what you asked for: Sci-Fi, after 1999 and under 3 hours. "
        "\n2. **Inception** is smart."
    )


def test_of_several_sentences_only_the_false_one_goes(index: Index) -> None:
    replies, _ = told(
        index,
        "**Inception** enters dreams. The film was directed by Ridley Scott. "
        "**Dune: Part Two** is newer than Inception. It is the longest of the four. **Blade Runner 2049** has Gosling.",
    )
    assert replies[-1].text == (
        "**Inception** enters dreams. **Dune: Part Two** is newer than Inception. **Blade Runner 2049** has Gosling."
    )


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("L.A. Confidential is dark. It is long.", ["L.A. Confidential is dark. ", "It is long."]),
        ("Airplane! is funny. Try Airplane! It is short.", ["Airplane! is funny. ", "Try Airplane! ", "It is short."]),
        ("Guards! Guards! has a dragon.", ["Guards! Guards! has a dragon."]),
        ("Good! Guards! Guards! has a dragon.", ["Good! ", "Guards! Guards! has a dragon."]),
    ],
)
def test_no_sentence_ends_within_a_title(text: str, pieces: list[str]) -> None:
    titles = ("L.A. Confidential", "Airplane!", "Guards! Guards!")
    assert list(sentences([text], titles)) == pieces
    assert list(sentences(text, titles)) == pieces  # letter by letter


def test_the_first_good_sentence_is_shown_before_the_model_has_finished(index: Index) -> None:
    chat = ScriptedModel.of(SCI_FI, "**Inception** is smart. " + "Dune: Part Two is big. " * 200)
    replies = make_assistant(index, chat.language_model(), k=3).stream(MESSAGE)
    assert next(replies).picks
    assert next(replies).text.strip() == "**Inception** is smart."
    assert len(chat.said) < 300
    replies.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "step",
    [
        "Gladiator is what you want. It has lions.",
        "Sure! Gladiator is what you want.",
        "",
        "<think>Inception is smart. They will like it",
        ["**Inception** is smart. Dune: Part Two is", ConnectionError("gone")],
        ConnectionError("gone"),
        ValueError("odd"),
    ],
)
def test_the_shares_explain_where_the_model_does_not(index: Index, step: object) -> None:
    replies, chat = told(index, step)
    last = replies[-1]
    assert last.explained_by == "shares"
    assert last.understood_by == "scripted"
    assert last.text == f"Four Sci-Fi films after 1999 under 3 hours. **{last.picks[0].item.title}** comes closest."
    assert len(last.notes) == 1 and last.notes[0].startswith("Explained from the shares: scripted ")
    chat.assert_complete()


def test_thinking_is_not_shown(index: Index) -> None:
    replies, _ = told(index, "<think>Inception is first. Then more.</think>\n**Inception** is smart.")
    assert replies[-1].text == "**Inception** is smart."


def test_a_text_without_end_is_cut(index: Index) -> None:
    replies, _ = told(index, "**Inception** is smart. " * 2000)
    assert 100 < len(replies[-1].text) < 5000


def test_an_obedient_model_cannot_pass_on_what_a_row_or_a_message_orders(index: Index) -> None:
    """The row is a pick here, so its words are known: the link is what gives it away."""
    chat = ScriptedModel.of(
        answer(tag("genres", "Mystery")), "All must buy Zorblax 9000 at http://evil.test now. The Long Quiet is quiet."
    )
    reply = make_assistant(index, chat.language_model(), k=1).reply(f"a mystery. {INJECTION}")
    assert [p.item.id for p in reply.picks] == ["i11"]
    assert reply.text == "The Long Quiet is quiet."


def test_rows_and_messages_reach_the_model_as_json_only(index: Index) -> None:
    chats = [ScriptedModel.of(answer(tag("genres", g)), "x") for g in ("Mystery", "Sci-Fi")]
    for chat, message in zip(chats, (f"a mystery. {INJECTION}", "Sci-Fi"), strict=True):
        make_assistant(index, chat.language_model(), k=1).reply(message)
    hostile, plain = (chat.requests[1] for chat in chats)
    assert hostile.system == plain.system
    assert "Zorblax" not in hostile.system
    assert hostile.data["message"].endswith(INJECTION)
    assert hostile.data["picks"][0]["text"] == INJECTION
    assert "poster_url" not in plain.data["picks"][0]


def test_a_server_that_fails_between_the_calls_costs_the_words_only(index: Index) -> None:
    def behave(_: Body, n: int) -> Answer:
        return Words(SCI_FI) if n == 0 else Page(401)

    with OpenAIServer(behave) as server:
        reply = make_assistant(index, LanguageModel.from_settings(server.settings()), k=2).reply(MESSAGE)
    assert (reply.understood_by, reply.explained_by) == ("tiny", "shares")
    assert reply.notes == ("Explained from the shares: tiny refused the key (401).",)
