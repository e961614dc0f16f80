"""What is said of an item is in its row: a wish that the row does not hold is never said as if it were so.

Held against the rows by an oracle of its own, over many items and wishes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penchant.assistant import Assistant, Reply, Session
from penchant.assistant.explanation.answers import answer_text
from penchant.assistant.explanation.words import interest_text, language_of
from penchant.assistant.session import Asked
from penchant.retriever import MENTION, OPEN, Field, Interest, Item, Pick, Schema, build_index
from penchant.retriever.encoding import HashEncoder
from penchant.ui.page.view.pick_reason import pick_reasons
from penchant.ui.page.words import page_speech

SCHEMA = Schema(
    (
        Field("genres", "facet"),
        Field("moods", "facet"),
        Field("makers", "name"),
        Field("has_5g", "category", unit="yes/no"),
        Field("Is delivering now", "category", unit="yes/no"),
        Field("price", "number", unit="EUR"),
        Field("minimum age", "number", bound="low"),
    )
)
GENRES = ("horror", "thriller", "romance", "history", "poetry")
MOODS = ("warm", "dark", "calm")
MAKERS = ("Ada Lind", "Bo Rask", "Cy Moran")


def _row(n: int) -> Item:
    """A row of which each field is known of some items only."""
    fields = {
        "genres": tuple(g for k, g in enumerate(GENRES) if (n >> k) % 3 == 1) or (GENRES[n % 5],),
        "moods": (MOODS[n % 3],),
        "makers": (MAKERS[(n // 2) % 3],),
        "has_5g": "yes" if n % 3 else "no",
        "Is delivering now": "no" if n % 4 else "yes",
        "price": 5 + 7 * (n % 11),
        "minimum age": n % 18,
    }
    known = {name: value for k, (name, value) in enumerate(fields.items()) if (n + k) % 6}
    return Item(f"i{n}", f"Item number {n}", f"A thing of {MOODS[n % 3]} days.", known)


ITEMS = [_row(n) for n in range(60)]
SERIES = Interest(MENTION, "the Long series", item="i3", items=("i3", "i4", "i5"))
values = st.sampled_from(
    [
        *(("genres", g) for g in GENRES),
        *(("moods", m) for m in MOODS),
        *(("makers", m) for m in MAKERS),
        ("has_5g", "yes"),
        ("has_5g", "no"),
        ("Is delivering now", "yes"),
        ("price", "<= 40"),
        ("price", "10..50"),
        ("minimum age", "<= 12"),
        (OPEN, "a phone with 5g"),
        (OPEN, "something for warm days"),
    ]
)
wishes = st.lists(
    st.one_of(values.map(lambda pair: Interest(*pair)), st.just(SERIES)),
    min_size=1,
    max_size=4,
    unique_by=lambda i: i.key,
)


def holds(interest: Interest, item: Item) -> bool:
    """The oracle: by the row alone."""
    if interest.facet == MENTION:
        return item.id in interest.items
    value = item.fields.get(interest.facet)
    if value is None:
        return False
    if isinstance(value, int):
        ends = [float(end) for end in re.findall(r"\d+", interest.value)]
        low, high = ends if len(ends) == 2 else (-math.inf, ends[0])
        return low <= value <= high
    return interest.value in (value if isinstance(value, tuple) else (value,))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(build_index(ITEMS, tmp_path_factory.mktemp("things"), HashEncoder(48), schema=SCHEMA))


@given(some=wishes)
@settings(max_examples=60)
def test_no_wish_is_said_of_an_item_whose_row_does_not_hold_it(assistant: Assistant, some: list[Interest]) -> None:
    reply = assistant.answer(Session(interests=tuple(some)), 8)
    speech = language_of("", reply.session)
    wanted = {interest_text(i, SCHEMA, speech): i for i in reply.session.effective_interests}
    for pick, stated in _stated(assistant, reply):
        for text in stated:
            known = [wanted[text]] if text in wanted else [i for i in some if interest_text(i, SCHEMA, speech) in text]
            assert known, f"{text!r} is said of {pick.item.title}, and was not wished for"
            assert holds(known[0], pick.item), f"{text!r} is said of {pick.item.title}: {pick.item.fields}"


def _stated(assistant: Assistant, reply: Reply) -> Iterator[tuple[Pick, list[str]]]:
    """What is stated as so of each pick: in brackets, on its card and to whoever asks why; no likenesses."""
    speech, page = language_of("", reply.session), page_speech()
    lines = assistant.templates.picks_list(reply).splitlines()
    cards = pick_reasons(reply.picks, reply.session.effective_interests, SCHEMA, page)
    for line, card, pick in zip(lines, cards, reply.picks, strict=True):
        found = re.search(r"\*\* \((.*)\)$", line)
        yield pick, _plain(found[1].split(", ") if found else [])
        matches = re.search(r"matches (.*?)(?: and is (?:close to|like) .*|, though .*|; .*|)\.$", card)
        yield pick, _plain(re.split(r", | and ", matches[1]) if matches else [])
        asked = Reply("", reply.session, reply.picks, reply.weights, (), "rules", about=(pick,))
        told = re.search(r"what you asked for: ([^.]*)\.", answer_text(Asked("why"), asked, SCHEMA, speech))
        yield pick, _plain(re.split(r", | and ", told[1]) if told else [])


def _plain(texts: list[str]) -> list[str]:
    return [text for text in texts if not text.startswith(("close to ", "like "))]


@given(item=st.sampled_from(ITEMS))
def test_what_a_row_denies_is_not_close(assistant: Assistant, item: Item) -> None:
    """ "A phone with 5G" is not close to one whose row says that it has none."""
    reply = assistant.answer(Session(interests=(Interest(OPEN, "a phone with 5g"),)), 30)
    for pick, line in zip(reply.picks, assistant.templates.picks_list(reply).splitlines(), strict=True):
        assert "close to" not in line or pick.item.fields.get("has_5g") != "no"


@given(item=st.sampled_from(ITEMS), other=st.sampled_from(ITEMS))
def test_yes_and_no_are_said_by_their_column(assistant: Assistant, item: Item, other: Item) -> None:
    picks = tuple(Pick(one, 1.0, ()) for one in (item, replace(other, id="other")))
    reply = Reply("", Session(), picks, (), (), "rules", about=picks)
    for asked in (Asked("about"), Asked("compare")):
        text = answer_text(asked, reply, SCHEMA, language_of("", Session()))
        assert not re.search(r"\b(?:yes|[Nn]o)\b(?! 5G)", text), text
