"""Cues and the stretch of text that each governs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.understanding.cues.polarity import scopes

KNOWN = ("horror", "war", "romance", "comedy", "恐怖", "爱情", "战争", "喜剧", "惊悚")


def governed(text: str) -> list[tuple[str, str]]:
    """The level and the governed text of each scope; KNOWN words are those of the catalogue."""
    known = {n for n in range(len(text)) if text.startswith(KNOWN, n)}
    return [(scope.level, text[scope.start : scope.end].strip(" ,")) for scope in scopes(text, known)]


ONE = {
    "no horror": ("never", "horror"),
    "not horror": ("never", "horror"),
    "without romance please": ("never", "romance"),
    "anything but horror": ("never", "horror"),
    "everything except for war": ("never", "war"),
    "a comedy instead of a war film": ("never", "a war film"),
    "comedy rather than war": ("never", "war"),
    "I don't like horror": ("never", "horror"),
    "I do not really enjoy horror": ("never", "horror"),
    "I don’t want to see horror": ("never", "horror"),
    "I can't stand horror": ("never", "horror"),
    "I'm not a big fan of horror": ("never", "horror"),
    "not in the mood for war": ("never", "war"),
    "I never watch horror": ("never", "watch horror"),
    "受不了恐怖": ("never", "恐怖"),
    "I hate horror": ("never", "horror"),
    "sick of war": ("never", "war"),
    "free of horror": ("never", "horror"),
    "comedy minus the romance": ("never", "the romance"),
    "fed up with war": ("never", "war"),
    "I'm so over romance": ("never", "romance"),
    "none of that horror": ("never", "horror"),
    "something that isn't horror": ("never", "horror"),
    "I'm scared of horror": ("never", "horror"),
    "I don't do horror": ("never", "horror"),
    "I prefer comedy to war": ("never", "war"),
    "horror is off the table": ("never", "horror"),
    "I wouldn't see horror": ("never", "horror"),
    "not war it was dull": ("never", "war"),
    "neither horror nor war": ("never", "horror nor war"),
    "nothing with Tom Hanks": ("never", "with Tom Hanks"),
    "no horror, war or romance": ("never", "horror, war or romance"),
    "no horror and no war": ("never", "horror and"),
    "no horror, I want comedy": ("never", "horror"),
    "no horror, something warm": ("never", "horror"),
    "no horror but comedy": ("never", "horror"),
    "no horror. comedy": ("never", "horror"),
    "no horror tonight": ("never", "horror"),
    "not too scary": ("less", "scary"),
    "not so violent": ("less", "violent"),
    "a bit less war": ("less", "war"),
    "fewer explosions": ("less", "explosions"),
    "tone down the violence": ("less", "violence"),
    "that was too scary": ("less", "scary"),
    "less dark and more funny": ("less", "dark"),
    "不要恐怖": ("never", "恐怖"),
    "不想看恐怖": ("never", "恐怖"),
    "我不喜欢恐怖": ("never", "恐怖"),
    "讨厌战争": ("never", "战争"),
    "不要爱情、战争": ("never", "爱情、战争"),
    "不要恐怖，要喜剧": ("never", "恐怖"),
    "不要恐怖但要喜剧": ("never", "恐怖"),
    "没有爱情的喜剧": ("never", "爱情"),
    "不太暴力的惊悚片": ("less", "暴力"),
    "不恐怖的喜剧": ("never", "恐怖"),
    "不那么恐怖的": ("less", "恐怖"),
    "not horror, comedy": ("never", "horror"),
    "not horror, war or romance": ("never", "horror, war or romance"),
    "不要太吓人": ("less", "吓人"),
    "少一点爱情": ("less", "爱情"),
}
NONE = [
    "I liked that too What else is there",
    "I watched it too and liked it",
    "with or without horror",
    "I prefer to watch horror",
    "I have seen it but not with the family",
    "nothing but horror",
    "not only horror",
    "I don't mind horror",
    "no problem with horror",
    "no idea",
    "no, horror",
    "no",
    "I'm not sure",
    "I have never seen it",
    "no worries",
    "less than 100 minutes",
    "something northern, notable and noble",
    "太空喜剧",
    "太阳",
]


@pytest.mark.parametrize(("text", "expected"), ONE.items(), ids=ONE)
def test_scope(text: str, expected: tuple[str, str]) -> None:
    assert governed(text)[0] == expected


@pytest.mark.parametrize("text", NONE)
def test_no_scope(text: str) -> None:
    assert governed(text) == []


def test_each_cue_has_its_own_scope() -> None:
    text = "no horror, not too violent, and without romance"
    assert governed(text) == [("never", "horror"), ("less", "violent"), ("never", "romance")]


def test_a_cue_that_begins_a_title_is_part_of_it() -> None:
    assert scopes("No Country for Old Men", known={0}) == []


CUES = (
    "no ",
    "not ",
    "never ",
    "less ",
    "too ",
    "without ",
    "but ",
    "and ",
    ", ",
    ". ",
    "不要",
    "太",
    "的",
    "，",
    "horror ",
    "x ",
)


@given(st.text() | st.lists(st.sampled_from(CUES)).map("".join), st.sets(st.integers(0, 60)))
def test_scopes_are_in_order_and_apart(text: str, known: set[int]) -> None:
    found = scopes(text, known)
    edges = [edge for scope in found for edge in (scope.cue, scope.start, scope.end)]
    assert edges == sorted(edges) and all(0 <= edge <= len(text) for edge in edges)
    assert all(scope.cue < scope.start for scope in found)
    assert {scope.level for scope in found} <= {"never", "less"}
