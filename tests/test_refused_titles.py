"""What is refused by a word that titles alone have bars what is called so; yes and no are heard in any words."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.session import merge
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import MENTION, Catalogue, Field, Interest, Item, Schema, exact_filters

SCHEMA = Schema(
    (
        Field("maker", "name"),
        Field("has_5g", "category"),
        Field("has_lift", "category"),
        Field("home_delivery", "category"),
        Field("text", "text"),
        Field("price", "number", unit="EUR", better="less"),
    )
)
TITLES = (
    "Norvia Glade",
    "Norvia Glade Ultra",
    "Norvia Fold 2",
    "Norvia Fold 3",
    "Norvia Tern",
    "Okari Mini",
    "Okari Swift",
    "Okari Garden",
)
ITEMS = [
    Item(
        str(n),
        title,
        fields={
            "maker": title.split()[0],
            "has_5g": ("yes", "no")[n % 2],
            "has_lift": ("no", "yes")[n // 2 % 2],
            "home_delivery": ("yes", "no")[n // 4],
            "text": "fits any garden" if n == 4 else "plain",
            "price": 100.0 + n,
        },
    )
    for n, title in enumerate(TITLES)
]
CATALOGUE = Catalogue(ITEMS, SCHEMA)
TAGGER = RuleTagger(Gazetteer(CATALOGUE), spans=span_model())


def heard(*messages: str) -> tuple[Interest, ...]:
    session = Session()
    for message in messages:
        session = merge(session, TAGGER.understand(message, session), message, SCHEMA, 0.3)
    return session.interests


def allowed(*messages: str) -> set[str]:
    mask = exact_filters(heard(*messages), CATALOGUE).allowed
    return {title for title, good in zip(TITLES, mask, strict=True) if good}


@pytest.mark.parametrize(
    ("message", "part"),
    [
        ("not the fold", "Fold"),
        ("but not a Fold", "Fold"),
        ("no, not the ultra", "Ultra"),
        ("anything but the Swift", "Swift"),
        ("not the mini, too small", "Mini"),
    ],
)
def test_a_part_of_titles_bars_what_is_called_so(message: str, part: str) -> None:
    assert allowed(message) == {title for title in TITLES if part not in title}


def test_what_texts_have_too_is_no_part_of_a_title() -> None:
    assert not [i for i in heard("not the garden") if i.facet == MENTION]


def test_what_most_are_called_is_no_part_of_a_title() -> None:
    assert not [i for i in heard("not the norvia") if i.facet == MENTION]


def test_a_part_that_is_fine_again_bars_nothing() -> None:
    assert allowed("not the fold", "the fold is fine after all") == set(TITLES)


@pytest.mark.parametrize(
    ("message", "field", "answer"),
    [
        ("one with 5g", "has_5g", "yes"),
        ("a 5G one", "has_5g", "yes"),
        ("no 5g please", "has_5g", "no"),
        ("without 5G", "has_5g", "no"),
        ("something that has a lift and 5g", "has_lift", "yes"),
        ("one that delivers", "home_delivery", "yes"),
        ("they must deliver", "home_delivery", "yes"),
    ],
)
def test_an_answer_is_heard_in_the_words_of_its_field(message: str, field: str, answer: str) -> None:
    titles = {item.title for item in ITEMS if item.fields[field] == answer}
    assert allowed(message) <= titles and allowed(message)


def test_the_price_can_be_lifted_and_a_lift_be_wanted() -> None:
    assert not [i for i in heard("under 104 euros", "lift the price limit") if i.facet == "price"]
    assert [i.facet for i in heard("one with a lift") if i.facet] == ["has_lift"]


@pytest.mark.parametrize("message", ["no Harbour Wars please", "anything but Harbour Wars"])
def test_a_name_that_several_titles_begin_with_bars_all_of_them(message: str) -> None:
    titles = ("Harbour Wars: The Tide", "Harbour Wars 2", "Harbour Wars III: The Storm", "Quiet Lane", "The Mill")
    catalogue = Catalogue([Item(str(n), title) for n, title in enumerate(titles)], Schema(()))
    found = RuleTagger(Gazetteer(catalogue), spans=span_model()).understand(message, Session()).interests
    refused = {item for i in found if i.level == "never" for item in (*i.items, i.item) if item}
    assert refused == {"0", "1", "2"}
