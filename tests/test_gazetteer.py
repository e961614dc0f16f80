"""What a catalogue knows is made once, before anybody asks, and looked up by all."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Assistant
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.linking.lexicon import Lexicon
from penchant.assistant.understanding.text import distinct_forms, forms, tokens
from penchant.assistant.wiring import make_assistant
from penchant.retriever import Catalogue, Item, build_index, infer_schema, item_text

from .conftest import HashEncoder, make_items

TEXTS = st.text(st.sampled_from("abIeéÉs'’ -_.&3李y雨\u0301ß"), max_size=30)


def catalogue(count: int) -> Catalogue:
    items = make_items(count)
    return Catalogue(items, infer_schema(items))


@given(st.lists(TEXTS, max_size=5))
def test_forms_are_those_of_the_tokens(texts: list[str]) -> None:
    for text in texts:
        assert forms(text) == tuple(token.form for token in tokens(text))
    assert distinct_forms(texts) == {token.form for text in texts for token in tokens(text)}


def test_every_word_of_the_catalogue_is_known() -> None:
    made = catalogue(300)
    expected = {form for item in made.items for form in forms(item_text(item, made.schema))}
    assert Gazetteer(made).words == expected


class ReadOnce(Mapping[str, int]):
    """Counts of values that must not be gone through again."""

    def __init__(self, values: Mapping[str, int]) -> None:
        self._values = values
        self.closed = False

    def __getitem__(self, key: str) -> int:
        return self._values[key]

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[str]:
        assert not self.closed, "gone through again"
        return iter(self._values)


def test_nothing_is_sorted_again_for_each_event() -> None:
    made = catalogue(200)
    counts = {facet: ReadOnce(values) for facet, values in made.value_counts.items()}
    made.__dict__["value_counts"] = counts
    gazetteer = Gazetteer(made)
    for values in counts.values():
        values.closed = True
    for facet, values in counts.items():
        common = gazetteer.common_values(facet, 7)
        assert [values[v] for v in common] == sorted(values._values.values(), reverse=True)[:7]


def test_it_is_made_once_before_anybody_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    whole = Lexicon.entries
    monkeypatch.setattr(Lexicon, "entries", lambda self: made.append(1) or whole(self))
    assistant = Assistant(build_index(make_items(60), tmp_path, HashEncoder()))
    assert made == [1]
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(assistant.reply, ["a drama film, no horror"] * 8))
    assert made == [1] and len({reply.session.interests for reply in replies}) == 1


def test_making_it_takes_work_in_proportion() -> None:
    assert _calls(catalogue(800)) < 5 * _calls(catalogue(200))


def test_a_word_is_looked_at_once_however_often_it_is_written() -> None:
    """The same hundred words on every item: the work of a description does not count with the items."""
    long, short = (
        [Item(f"i{n}", f"T{n}", fields={"description": " ".join(f"w{k}" for k in range(size))}) for n in range(300)]
        for size in (100, 1)
    )
    calls = [_calls(Catalogue(items, infer_schema(items))) for items in (long, short)]
    assert calls[0] < 2 * calls[1]


def _calls(made: Catalogue) -> int:
    """How many functions of understanding are called to make a gazetteer."""
    calls = 0

    def note(frame: object, event: str, _: object) -> None:
        nonlocal calls
        calls += event == "call" and "understanding" in frame.f_code.co_filename  # type: ignore[attr-defined]

    sys.setprofile(note)
    try:
        Gazetteer(made)
    finally:
        sys.setprofile(None)
    return calls


def test_opening_an_assistant_makes_it_and_says_how_far_it_is(tmp_path: Path) -> None:
    reports: list[tuple[int, int]] = []
    index = build_index(make_items(2500), tmp_path, HashEncoder())
    assistant = make_assistant(index, progress=lambda done, total: reports.append((done, total)))
    assert reports == [(1000, 2500), (2000, 2500)] and assistant.gazetteer.words
    assert assistant.offline().gazetteer is assistant.gazetteer
    assert Assistant(index, gazetteer=assistant.gazetteer).gazetteer is assistant.gazetteer


def test_of_things_with_one_colour_each_black_metallic_is_black() -> None:
    colours = ["black", "black metallic", "grey", "grey metallic", "red metallic"]
    items = [Item(str(n), f"Car {n}", fields={"colour": colours[n % 5], "make": "AB"[n % 2]}) for n in range(40)]
    entries = Gazetteer(Catalogue(items, infer_schema(items))).entries[forms("black")]
    assert {entry.value for entry in entries} == {"black", "black metallic"}
    both = [Item("x", "Car x", fields={"colour": ("black", "grey metallic"), "make": "A"}), *items]
    (entry,) = Gazetteer(Catalogue(both, infer_schema(both))).entries[forms("black")]
    assert entry.value == "black"
