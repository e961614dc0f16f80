"""Open phrases: which words of a message become an interest of their own, and which do not."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penchant.assistant.session import Session
from penchant.assistant.understanding.linking.entity_linking import EntityLinker
from penchant.assistant.understanding.open_phrases import Opening, openings
from penchant.assistant.understanding.parsing import parse
from penchant.assistant.understanding.tagger import MESSAGE_STRENGTH, PHRASE_STRENGTH

from .demo import gazetteer, tagger, understand


def found_in(text: str) -> list[Opening]:
    return openings(parse(text, _linker(), gazetteer(), reading=tagger().read(text, Session())))


@cache
def _linker() -> EntityLinker:
    return EntityLinker(gazetteer())


def opened(text: str) -> set[str]:
    """The phrases; "-" before one that is ruled out, "~" before one of which less is wanted."""
    sign = {"want": "", "less": "~", "never": "-"}
    return {sign[o.level] + o.phrase for o in found_in(text)}


OPENED = {
    "I'd love a film about an old fisherman": "old fisherman",
    "Do you have anything about beekeeping?": "beekeeping",
    "albums with a string quartet": "string quartet",
    "I enjoy unreliable narrators and open endings": "unreliable narrators|open endings",
    "a book on the history of mathematics": "",
    "an album for driving through the tundra": "driving through the tundra",
    "films with Zarquon Blip": "Zarquon Blip",
    "we are in San Leandro": "San Leandro",
    "I need a hotel in San Leandro, Freedonia": "San Leandro|Freedonia",
    "something weird, but no jump scares": "-jump scares",
    "fewer explosions": "~explosions",
    "horror without gratuitous violence": "-gratuitous violence",
    "I prefer subtitles over dubbing": "-dubbing",
    "Knitting is not my thing": "-Knitting",
    "我女儿喜欢恐龙": "恐龙",
    "有没有适合下雨天的书": "下雨天",
    "沙哑的钢琴曲": "沙哑|钢琴",
}


@pytest.mark.parametrize(("text", "expected"), OPENED.items(), ids=OPENED)
def test_phrases(text: str, expected: str) -> None:
    found = opened(text)
    assert {part for part in expected.split("|") if part} <= found
    if not expected:
        assert not found


CHATTER = [
    "hello there, how are you doing today?",
    "thanks, that was really helpful",
    "I watched it last night with my brother-in-law",
    "the ending was corny",
    "I am a plumber",
    "My daughter is eight",
    "ok, I'll check it out",
    "What do you think I should watch?",
    "I haven't seen that one yet",
    "Je voudrais un truc triste",
    "vorrei una storia triste",
    "我不知道看什么",
    "早上好，今天怎么样",
    "おすすめの映画は？",
    "👍",
    "",
]


@pytest.mark.parametrize("text", CHATTER)
def test_talk_gives_no_phrase(text: str) -> None:
    assert not opened(text)


def test_a_phrase_is_weaker_than_the_message() -> None:
    strengths = {i.value: i.strength for i in understand("a film about an old fisherman").interests if not i.facet}
    assert strengths == {
        "old fisherman": PHRASE_STRENGTH,
        "a film about an old fisherman": MESSAGE_STRENGTH,
    }


def test_of_a_rejected_phrase_the_known_part_is_not_rejected() -> None:
    """ "No grossout comedies" leaves comedies."""
    found = {(i.facet, i.value, i.level) for i in understand("comedies, but no grossout comedies").interests}
    assert ("genres", "comedy", "want") in found and any(
        value.startswith("grossout") and level == "never" for _, value, level in found
    )
    assert ("genres", "comedy", "never") not in found


@given(st.text(max_size=300) | st.lists(st.sampled_from([*OPENED, *CHATTER])).map(" ".join))
@settings(max_examples=150)
def test_any_text_gives_few_phrases_that_it_holds(text: str) -> None:
    found = found_in(text)
    assert len(found) <= 6
    assert all(o.phrase.strip() and text[o.start : o.end] == o.phrase for o in found)
