"""What is refused by the name of a kind: the values that are of it, and what a refusal leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.understanding.parsing.exceptions import exceptions, indispensable
from penchant.retriever import OPEN, Catalogue, Field, Interest, Item, MemoryEngine, Schema, build_index, search
from penchant.retriever.catalogue.kinds import TABLE, Kinds, is_joint, nouns, takes_away
from penchant.retriever.encoding import HashEncoder

LARDER = """beef chuck;minced pork;bacon;chicken stock;cheddar;mascarpone;peanut butter;walnuts;coconut milk;milk
goat cheese;red wine;rum;egg noodles;eggs;white wine;rice
leek;shiitake mushrooms;salmon;thyme;honey;lentils;vegan sausages;lemon
potatoes;alcohol-free beer;flour;sugar;carrots;onion;garlic;parsley;apples;oats""".replace("\n", ";").split(";")
MATERIALS = "leather;suede;faux leather;wool;linen;goose down;oak;steel;stainless steel;glass;paper".split(";")
GENRES = "Comedy;Drama;medical drama;Horror;Thriller;Romance;War;Crime & Thriller".split(";")


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    fields = {"larder": LARDER, "material": MATERIALS, "genre": GENRES}
    return Kinds({field: dict.fromkeys(values, 1) for field, values in fields.items()})


@pytest.mark.parametrize(
    ("field", "kind", "members"),
    [
        ("larder", "meat", {"beef chuck", "minced pork", "bacon", "chicken stock"}),
        ("larder", "pork", {"minced pork", "bacon"}),
        ("larder", "pig", {"minced pork", "bacon"}),
        ("larder", "dairy", {"cheddar", "mascarpone", "milk", "goat cheese"}),
        ("larder", "Nuts", {"peanut butter", "walnuts"}),
        ("larder", "alcohol", {"red wine", "rum", "white wine"}),
        ("larder", "milk", {"milk"}),
        ("larder", "eggs", {"egg noodles", "eggs"}),
        ("larder", "mushrooms", {"shiitake mushrooms"}),
        ("larder", "peanuts", {"peanut butter"}),
        ("larder", "butter", set()),
        ("larder", "food", set()),
        ("larder", "non-dairy", set()),
        ("larder", "", set()),
        ("larder", "something that nobody ever wrote down", set()),
        ("material", "leather", {"leather", "suede"}),
        ("material", "down", {"goose down"}),
        ("material", "metal", {"steel", "stainless steel"}),
        ("material", "paper", {"paper"}),
        ("genre", "drama", {"Drama", "medical drama"}),
        ("genre", "thriller", {"Thriller"}),
        ("nowhere", "meat", set()),
    ],
)
def test_values_of_a_kind(kinds: Kinds, field: str, kind: str, members: set[str]) -> None:
    assert {value for _, value in kinds.of(kind, [field])} == members


@given(
    st.lists(st.text(max_size=12) | st.sampled_from(["-", "5", "12+", "中文", "No."]), min_size=1), st.text(max_size=12)
)
def test_any_values_and_any_kind(values: list[str], kind: str) -> None:
    found = Kinds({"any": dict.fromkeys(values, 1)}).of(kind, ["any"])
    assert {value for _, value in found} <= set(values)


def test_what_says_that_something_is_not_there_and_what_is_several_things() -> None:
    assert all(map(takes_away, ("No coating", "sugar-free", "faux leather", "Vegan cheese")))
    assert not any(map(takes_away, ("coating", "freedom", "leather", "notes")))
    assert all(map(is_joint, ("Candles & fragrance", "Thriller/Suspense", "black and white")))
    assert not any(map(is_joint, ("sandals", "oregano", "two-door")))


def test_the_nouns_are_wordnets_and_their_licence_lies_beside_them() -> None:
    bacon, *_ = nouns().senses("bacon")
    assert {"bacon", "meat", "food"} <= {name for sense in nouns().broader(bacon) for name in sense.names}
    assert nouns().senses("rashers") == nouns().senses("rasher") != []
    assert nouns().senses("qwertz") == []
    assert "Princeton University" in (Path(TABLE).parent / "LICENSE").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def dishes():
    rows = {
        "stew": ("beef chuck", "carrots"),
        "curry": ("coconut milk", "rice"),
        "toast": ("peanut butter",),
        "cake": ("walnuts", "flour"),
        "soup": ("leek", "potatoes"),
        "plain": ("oats",),
    }
    texts = {"plain": "No walnuts, no trouble.", "soup": "Serve with bread and a walnut or two."}
    items = [Item(name, name, texts.get(name, ""), {"has": has}) for name, has in rows.items()]
    more = [Item(f"m{n}", f"More {n}", fields={"has": (value,)}) for n, value in enumerate(LARDER)]
    return build_index([*items, *more], MemoryEngine(), HashEncoder(256), Schema((Field("has", "facet"),)))


def _shown(index, *asked: Interest) -> set[str]:
    found = {pick.item.id for pick in search(index, asked, 100).picks}
    return found & {"stew", "curry", "toast", "cake", "soup", "plain"}


def test_a_never_takes_in_what_is_of_its_kind_and_tells_it(dishes) -> None:
    nuts = Interest(OPEN, "nuts", level="never")
    assert _shown(dishes, nuts) == {"stew", "curry", "soup", "plain"}
    (told,) = search(dishes, [nuts], 100).excluded
    assert set(told.takes_in) == {"peanut butter", "walnuts"}


def test_a_value_that_is_wanted_with_the_refusal_or_since_is_spared_and_one_before_it_is_not(dishes) -> None:
    meat = Interest(OPEN, "meat", level="never", turn=2)
    assert "stew" in _shown(dishes, meat, Interest("has", "beef chuck", 0.1, turn=2))
    assert "stew" not in _shown(dishes, meat, Interest("has", "beef chuck", turn=1))


def test_items_that_a_never_spares_are_shown(dishes) -> None:
    assert "cake" not in _shown(dishes, Interest("has", "walnuts", level="never"))
    assert "cake" in _shown(dishes, Interest("has", "walnuts", level="never", items=("cake",)))


def test_of_texts_only_those_that_have_it_in_earnest_in_either_number_are_barred(dishes) -> None:
    assert {"soup", "plain"} & _shown(dishes, Interest(OPEN, "walnut", level="never")) == {"plain"}


@pytest.mark.parametrize(
    ("text", "refused", "spared"),
    [
        ("no fish apart from prawns please", "fish", "prawns please"),
        ("No cartoons, with the exception of Totoro.", "cartoons", "Totoro"),
        ("I can't have nuts. Except almonds, those are fine", "nuts", "almonds"),
        ("no clowns. I like circuses. all except elephants", "clowns", None),
        ("no rum, and anything except gin", "rum", None),
        ("all but horror", "", None),
    ],
)
def test_exceptions(text: str, refused: str, spared: str | None) -> None:
    stretch = [(text.index(refused), text.index(refused) + len(refused))] if refused else []
    found = [text[s.start : s.end].strip() for s in exceptions(text, stretch)]
    assert found == ([] if spared is None else [spared])


def test_what_a_thing_is_none_without() -> None:
    said = "For me a party without any cake isn't a party. But a party without clowns is fine."
    ((start, end),) = indispensable(said)
    assert said[start:end] == "party without any cake isn't a party"
    assert isinstance(Catalogue([], Schema(())).kinds.of("meat", ["has"]), list)
