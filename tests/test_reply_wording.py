"""How a reply reads: what is said once is not said each turn, and what was found is put as a person would put it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from penchant.assistant import Assistant
from penchant.assistant.explanation.words import shortened, speech, wished
from penchant.assistant.model_calls import Usage
from penchant.retriever import MENTION, OPEN, Field, Interest, Item, Pick, Question, Schema, Share, infer_schema
from penchant.ui.page.view.chips import asked
from penchant.ui.page.view.markdown import blocks
from penchant.ui.page.view.pick_reason import pick_reasons
from penchant.ui.page.words import page_speech, served_words

from .visiting import ITEMS, assistant

SCHEMA = infer_schema(ITEMS)
EN = speech("en")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(tmp_path_factory.mktemp("worded") / "index")


def replies(made: Assistant, *messages: str) -> list[str]:
    session, said = None, []
    for message in messages:
        reply = made.reply(message, session)
        session = reply.session
        said.append(reply.text)
    return said


def test_what_comes_closest_is_told_from_what_did_before(made: Assistant) -> None:
    first, same, other = replies(made, "something calm about space", "no horror", "rather an album about rain")
    assert re.search(r"\*\*The Slow Comet\*\* comes closest", first)
    assert "**The Slow Comet** still comes closest." in same
    assert re.search(r"\*\*Rain Town\*\* now comes closest", other)


def test_what_is_judged_by_likeness_is_said_once(made: Assistant) -> None:
    first, later = replies(made, "no heights", "and about space")
    assert first.count("by its description alone") == 1 and "“heights”" in first
    assert "without “heights”" in later and "by its description alone" not in later


def test_who_only_rules_out_hears_what_that_left(made: Assistant) -> None:
    (text,) = replies(made, "no horror, please")
    assert text.startswith("Six picks, without horror.") and "in the mood for" in text


PICKS = [Pick(one, 1.0, ()) for one in ITEMS[:2]]


def found(*interests: Interest, picks: Sequence[Pick] = PICKS) -> str:
    return wished(interests, picks, SCHEMA, EN)


def test_several_limits_of_a_field_are_alternatives() -> None:
    assert found(Interest("year", "1970..1979"), Interest("year", "1990..1999")) == (
        "Two picks from the 1970s or from the 1990s"
    )


def test_what_lies_between_the_least_and_the_most_is_told_in_one() -> None:
    schema = Schema(
        (
            Field("min_players", "number", words=("players",), bound="low"),
            Field("max_players", "number", words=("players",), bound="high"),
        )
    )

    def told(least: str, most: str, quote: str = "for four") -> str:
        ends = [Interest("min_players", least, quote="for four"), Interest("max_players", most, quote=quote)]
        return wished(ends, PICKS, schema, EN)

    assert told("<= 4", ">= 4") == "Two picks for 4 players"
    assert told("<= 4", ">= 6") == "Two picks at most 4 players at least 6 players"
    assert told("<= 4", ">= 4", quote="four or more") == "Two picks at most 4 players at least 4 players"


def test_a_genre_stands_next_to_what_it_is_of() -> None:
    assert found(Interest("genres", "comedy"), Interest("moods", "funny")) == "Two funny comedy picks"


def test_a_theme_that_some_have_is_what_these_are_about() -> None:
    assert (
        found(Interest("themes", "space"), picks=[*PICKS, Pick(ITEMS[6], 1.0, ())])
        == "Three picks, two of them about space"
    )


def test_many_titles_are_counted() -> None:
    like = [Interest(MENTION, title) for title in ("Up", "Heat", "Alien", "Dune", "Solaris")]
    assert found(*like[:4]) == "Two picks like Up, Heat, Alien and Dune"
    assert found(*like) == "Two picks like Up, Heat, Alien and two others"


def test_what_is_ruled_out_twice_is_said_once() -> None:
    never = [Interest("genres", v, level="never") for v in ("superhero", "superheroes", "war")]
    assert found(*never) == "Two picks, without superhero or war"


def test_countries_have_their_article() -> None:
    items = [
        Item(str(n), str(n), fields={"country": (c,), "kind": "film"}) for n, c in enumerate(["United States"] * 2)
    ]
    wish = Interest("country", "United States")
    text = wished(
        [wish],
        [Pick(one, 1.0, ()) for one in items],
        infer_schema([*items, Item("9", "9", fields={"country": ("France", "Italy")})]),
        EN,
    )
    assert "United States" in text and ("the United States" in text or "from" not in text)


def test_kinds_have_their_measure_word_in_chinese() -> None:
    films = [Pick(one, 1.0, ()) for one in ITEMS if one.fields["kind"] == "film"][:3]
    assert wished([Interest("moods", "calm")], films, SCHEMA, speech("zh")).startswith("三部电影")
    assert wished([Interest("moods", "calm")], PICKS, SCHEMA, speech("zh")).startswith("两个推荐")


@pytest.mark.parametrize(
    "text", ["**Airplane!**最短。其次是**Elf**，", "像**“Heroes”**和**Elf**，", "**Up**，不是**Elf**。"]
)
def test_titles_are_strong_also_between_chinese_letters(text: str) -> None:
    (block,) = blocks(text)
    assert "".join(run["text"] for run in block["runs"]) == text.replace("**", "")
    assert [run["text"] for run in block["runs"] if run.get("strong")] == text.split("**")[1::2]


def test_a_question_about_a_number_has_its_unit() -> None:
    (told,) = asked([Question("minutes", ("< 70", "70..96", "> 96"), 1.0)], SCHEMA, page_speech())
    assert told["text"] == "How about length?"
    assert [o["text"] for o in told["options"]] == [
        "under 1 hour 10 minutes",
        "1 hour 10 minutes to 1 hour 36 minutes",
        "over 1 hour 36 minutes",
    ]


def test_who_answered_is_said_only_where_a_model_was_there_to_answer(made: Assistant) -> None:
    reply = made.reply("something calm")
    assert served_words(reply, page_speech()) == ""
    assert served_words(replace(reply, early=True), page_speech()) == "Answered by rules."
    asked_model = replace(reply, understood_by="tiny", usage=Usage(1, 90, 10))
    assert served_words(asked_model, page_speech()).startswith("Understood by tiny, explained by rules. 1 request")


def test_a_value_of_yes_or_no_is_no_kind_of_things_and_a_sentence_has_one_stop() -> None:
    books = [Item(str(n), str(n), fields={"in stock": "no", "note": (f"A quiet book, {n}.",)}) for n in range(3)]
    mixed = [*books, Item("9", "9", fields={"in stock": "yes", "note": ("Loud.", "Long.")})]
    schema = infer_schema(mixed)
    text = wished([Interest("note", "Loud.", level="never")], [Pick(one, 1.0, ()) for one in books], schema, EN)
    assert text == "Three picks, without Loud"


# the reason on a card


def reason(*interests: Interest, at: int = 0) -> list[str]:
    shares = tuple(Share(i.label, i.facet or "text", 0.5, i.key) for i in interests)
    return pick_reasons([Pick(one, 1.0, shares) for one in ITEMS[:4]], interests, SCHEMA, page_speech())


def test_a_whole_message_is_not_quoted_on_each_card() -> None:
    message = Interest(OPEN, "evening, my partner had a rotten day and needs to laugh")
    assert all("rotten" not in text for text in reason(Interest("moods", "funny"), message))
    assert reason(message)[0].startswith("It is close to what you described")
    assert reason(Interest(OPEN, "a zeppelin race"))[0].startswith("It is close to what you described")


def test_what_sets_a_card_apart_comes_after_what_was_asked_for() -> None:
    told = reason(Interest("themes", "space"))
    assert len(set(told)) == len(told)
    assert all(re.fullmatch(r"It matches space(; the only one here with [^.]+)?\.", text) for text in told)


def test_a_text_is_cut_between_words_where_it_has_them() -> None:
    assert shortened("two astronauts are left adrift above the Earth with little air", 60) == (
        "two astronauts are left adrift above the Earth with little…"
    )
    chinese = "看 " + "一部很长很长的电影" * 9
    assert len(shortened(chinese)) == 60
