"""Values by other nouns: what is the same thing, what a noun is a kind of, and what is of its kind."""

from __future__ import annotations

import pytest

from penchant.retriever.catalogue.kinds import OtherNames

FIELDS = {
    "body": ("Hatchback", "Saloon", "Estate", "Convertible", "Van", "Coupe", "Limousine", "Pickup"),
    "drink": ("Whisky", "Gin", "Rum", "Vodka", "Red wine", "White wine", "Sparkling wine", "Beer", "Cider"),
    "extras": ("Refrigerator", "Washer", "TV", "Elevator", "Stroller", "Sunroof"),
    "stay": ("Entire villa", "Private room in villa", "Entire cottage", "Castle", "Tent", "Boat", "Yurt"),
    "season": ("Spring", "Summer", "Fall", "Winter"),
}


def named(noun: str, count: int = 2, **fields: tuple[str, ...]) -> tuple[str, set[str]] | None:
    known = fields or FIELDS
    found = OtherNames({field: dict.fromkeys(values, count) for field, values in known.items()}).of(noun)
    return found and (found.field, set(found.values))


@pytest.mark.parametrize(
    ("noun", "value"),
    [
        ("sedans", ("body", "Saloon")),
        ("station wagon", ("body", "Estate")),
        ("fridge", ("extras", "Refrigerator")),
        ("washing machine", ("extras", "Washer")),
        ("telly", ("extras", "TV")),
        ("lift", ("extras", "Elevator")),
        ("pushchair", ("extras", "Stroller")),
        ("autumn", ("season", "Fall")),
        ("bourbon", ("drink", "Whisky")),
        ("champagne", ("drink", "Sparkling wine")),
        ("minivan", ("body", "Van")),
    ],
)
def test_a_noun_is_just_a_value_or_a_kind_of_it(noun: str, value: tuple[str, str]) -> None:
    assert named(noun) == (value[0], {value[1]})


def test_a_noun_for_several_values_is_all_of_them() -> None:
    assert named("spirits") == ("drink", {"Whisky", "Gin", "Rum", "Vodka"})
    assert named("wines") == ("drink", {"Red wine", "White wine", "Sparkling wine"})


def test_the_head_of_a_value_says_its_kind() -> None:
    assert named("villas") == ("stay", {"Entire villa"})


@pytest.mark.parametrize(
    "noun", ["car", "", "no", "zzxq", "the very best of all", "sugar-free", "beverage", "beautiful", "set"]
)
def test_what_says_nothing(noun: str) -> None:
    """Also a noun for most values of a field: all are cars, or drinks."""
    assert named(noun) is None


def test_of_what_hardly_comes_twice_no_kinds_are_looked_up() -> None:
    pets = ("Poodle", "Beagle", "Parrot", "Canary", "Hamster", "Tabby", "Gecko")
    assert named("dog", 1, pet=pets) is None
    assert named("dog", 2, pet=pets) == ("pet", {"Poodle", "Beagle"})


def test_what_takes_away_is_no_value_of_its_kind() -> None:
    assert named("leather", 2, shell=("Faux leather", "Wool", "Silk", "Linen")) is None
