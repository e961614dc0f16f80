"""On ordinary pages: of a series whose last part was liked, the next part comes first, and no other part beside it."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, Mark, Session
from penchant.retriever import Index, Item, build_index
from penchant.retriever.encoding import HashEncoder

PARTS = ("Tallow Gate", "Tallow Gate II", "Tallow Gate III", "Tallow Gate IV", "Tallow Gate V")

LIKED = (Mark("t1", "liked", "seen"), Mark("t2", "liked", "seen"))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    series = [(f"t{n}", title, "siege", "knights siege") for n, title in enumerate(PARTS, 1)]
    others = [(f"o{n}", f"Lone Work {n}", "siege" if n < 7 else "heist", "castles") for n in range(12)]
    items = [
        Item(
            key,
            title,
            f"About {words}.",
            {"genres": (genre, "old" if n % 2 else "new"), "year": 1980 + n, "author": f"A{n}"},
        )
        for n, (key, title, genre, words) in enumerate([*series, *others])
    ]
    index: Index = build_index(items, tmp_path_factory.mktemp("parts"), HashEncoder(32))
    return Assistant(index, k=4)


def shown(assistant: Assistant, text: str, *marks: Mark, k: int = 4) -> list[str]:
    return [pick.item.id for pick in assistant.reply(text, Session(marks=marks), k=k).picks]


def test_the_next_part_comes_first_and_alone(assistant: Assistant) -> None:
    plain = [item for item in shown(assistant, "a siege with knights", k=4) if item.startswith("t")]
    assert len(plain) == 2, "a page has two of a series where nothing of it is known"
    reply = assistant.reply(
        "a siege with knights", Session(marks=(Mark("t1", "liked", "seen"), Mark("t2", "liked", "seen")))
    )
    parts = [pick for pick in reply.picks if pick.item.id.startswith("t")]
    assert [pick.item.id for pick in parts] == ["t3"]
    assert len(reply.picks) == 4
    assert abs(sum(share.value for share in parts[0].shares) - parts[0].score) < 1e-5


@pytest.mark.parametrize("known", [1, 2, 3, 4])
def test_whichever_was_the_last(assistant: Assistant, known: int) -> None:
    marks = [Mark(f"t{n}", "liked", "seen") for n in range(1, known + 1)]
    found = [item for item in shown(assistant, "a siege with knights", *marks) if item.startswith("t")]
    assert found == [f"t{known + 1}"]


def test_a_part_that_was_not_liked_ends_it(assistant: Assistant) -> None:
    marks = (Mark("t1", "liked", "seen"), Mark("t2", "disliked"))
    reply = assistant.reply("a siege with knights", Session(marks=marks))
    assert not any("which you liked" in pick.lifted for pick in reply.picks)


def test_who_asks_for_the_series_gets_all_of_it(assistant: Assistant) -> None:
    found = shown(assistant, "Tallow Gate books", Mark("t1", "liked", "seen"))
    assert sum(item.startswith("t") for item in found) > 1


def test_a_gate_binds_the_next_part_too(assistant: Assistant) -> None:
    found = shown(
        assistant, "a siege with knights, after 1983", Mark("t1", "liked", "seen"), Mark("t2", "liked", "seen")
    )
    assert "t3" not in found


def test_nobody_is_led_to_what_they_did_not_ask_for(assistant: Assistant) -> None:
    marks = (Mark("t1", "liked", "seen"),)
    assert not any(item.startswith("t") for item in shown(assistant, "a heist", *marks))
