"""Values that are said in other words than theirs: what explains a word of theirs, and what of a message means one."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.assistant.understanding.wordings import LIKELY, NEARLY, WordedField, is_short_for, likeness
from penchant.retriever import OPEN, Catalogue, Field, Item, Schema
from penchant.retriever.catalogue.kinds import adjectives

STAYS = WordedField({"Whole cottage/cabin": 9, "Private berth": 7, "Shared berth": 2, "Mgr. flat": 1, "No linen": 4})


@pytest.mark.parametrize(
    ("said", "own"), [("smoky", "smokey"), ("smoke", "smoky"), ("fruit", "fruity"), ("sharing", "shared")]
)
def test_words_of_one_root_are_nearly_one(said: str, own: str) -> None:
    assert likeness(said, own) >= NEARLY
    assert likeness(own, said) >= NEARLY


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("party", "part"),
        ("story", "store"),
        ("private", "shared"),
        ("dog", "hound"),
        ("place", "home"),
    ],
)
def test_words_that_only_look_alike_or_are_wider_are_not(said: str, own: str) -> None:
    assert likeness(said, own) < LIKELY


@pytest.mark.parametrize(
    ("short", "word"),
    [("apt", "apartment"), ("mgr", "manager"), ("dept", "department"), ("intl", "international"), ("lrg", "large")],
)
def test_letters_are_left_out_inside_or_behind(short: str, word: str) -> None:
    assert is_short_for(short, word)
    assert not is_short_for(word, short)


def test_a_word_of_its_own_is_not_the_beginning_of_another() -> None:
    assert is_short_for("auto", "automatic")
    assert likeness("catalogue", "cat") < LIKELY


@pytest.mark.parametrize("pair", [("whole", "entire"), ("complete", "entire"), ("common", "shared"), ("red", "pink")])
def test_adjectives_are_as_far_one_way_as_the_other(pair: tuple[str, str]) -> None:
    assert adjectives().steps(*pair) == adjectives().steps(*reversed(pair))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("entire cottage", "Whole cottage/cabin"),
        ("complete cabin", "Whole cottage/cabin"),
        ("sharing a berth", "Shared berth"),
        ("personal berth", "Private berth"),
        ("manager flat", "Mgr. flat"),
        ("berth", None),
        ("some zebras", None),
        ("linen", None),
    ],
)
def test_words_mean_the_value_of_which_they_tell_the_most(words: str, value: str | None) -> None:
    found = STAYS.meant(tuple(words.split()))
    assert (found.value if found else None) == value


NOTES = ("smokey", "very smokey", "peanut butter", "nutty", "sweet", "buttery", "citrus", "red fruit")
ROOMS = ("Entire home/apt", "Private room", "Shared room")
PLACES = ("Bedford-Stuyvesant", "Upper East Side", "Upper West Side")


@pytest.fixture(scope="module")
def tagger() -> RuleTagger:
    fields: list[dict[str, str | int | float | bool | tuple[str, ...]]] = [
        {"room": ROOMS[n % 3], "place": PLACES[n // 3 % 3], "notes": (NOTES[n % 8], NOTES[(n + 3) % 8])}
        for n in range(72)
    ]
    items = [Item(str(n), f"Thing {n}", fields=known) for n, known in enumerate(fields)]
    schema = Schema((Field("room", "category"), Field("place", "facet"), Field("notes", "facet")))
    return RuleTagger(Gazetteer(Catalogue(items, schema)), spans=span_model())


def heard(tagger: RuleTagger, message: str) -> set[tuple[str, str]]:
    return {(i.value, i.level) for i in tagger.understand(message, Session()).interests if i.facet != OPEN}


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("I need a whole flat", {("Entire home/apt", "want")}),
        ("a complete apartment please", {("Entire home/apt", "want")}),
        ("no entire apartments please", {("Entire home/apt", "never")}),
        ("sharing a room is out for us", {("Shared room", "never")}),
        ("shared rooms don't count", {("Shared room", "never")}),
        ("anything but a private room", {("Private room", "never")}),
        ("something smoky", {("smokey", "want"), ("very smokey", "want")}),
        ("nothing smoky please", {("smokey", "never"), ("very smokey", "never")}),
        ("no smoke please", {("smokey", "never"), ("very smokey", "never")}),
        ("no nut please", {("nutty", "never")}),
        ("no bed-stuy please", {("Bedford-Stuyvesant", "never")}),
        ("not the upper east", {("Upper East Side", "never")}),
        ("something in bed-stuy", {("Bedford-Stuyvesant", "want")}),
    ],
)
def test_what_is_wanted_or_refused_in_other_words(
    tagger: RuleTagger, message: str, values: set[tuple[str, str]]
) -> None:
    assert heard(tagger, message) == values


@pytest.mark.parametrize(
    "message",
    ["my whole family is coming", "we share a love of art", "I quit smoking last year", "I would like a place"],
)
def test_the_same_words_of_something_else_say_nothing(tagger: RuleTagger, message: str) -> None:
    assert heard(tagger, message) == set()


CLOTH = ("Linen blend", "100% Linen", "Washed linen", "Organic cotton", "Merino wool", "Viscose")
STYLE = ("American IPA", "Double IPA", "Milk Stout", "Type A CCS", "Pilsner", "Saison", "Porter")
GOES = ("Nuts pair well.", "Milk chocolate pairs well.", "Nothing more.")


@pytest.fixture(scope="module")
def shop() -> RuleTagger:
    items = [
        Item(str(n), f"Piece {n}", GOES[n % 3], {"cloth": CLOTH[n % 6], "style": STYLE[n % 7], "pair": GOES[n % 3]})
        for n in range(84)
    ]
    schema = Schema((Field("cloth", "facet"), Field("style", "facet"), Field("pair", "text")))
    return RuleTagger(Gazetteer(Catalogue(items, schema)), spans=span_model())


LINEN = set(CLOTH[:3])


@pytest.mark.parametrize(
    ("message", "level", "values"),
    [
        ("something in linen", "want", LINEN),
        ("a linen shirt", "want", LINEN),
        ("no linen, it creases", "never", LINEN),
        ("an IPA please", "want", {"American IPA", "Double IPA"}),
        ("no IPAs", "never", {"American IPA", "Double IPA"}),
        ("got an ipa?", "want", {"American IPA", "Double IPA"}),
        ("it needs CCS", "want", {"Type A CCS"}),
        ("washed linen please", "want", {"Washed linen"}),
        ("something to go with nuts", "want", set()),
        ("my wife bought linen last year", "want", set()),
        ("a non-linen shirt", "want", set()),
    ],
)
def test_a_word_that_several_values_have_stands_for_all_of_them(
    shop: RuleTagger, message: str, level: str, values: set[str]
) -> None:
    assert heard(shop, message) == {(value, level) for value in values}
