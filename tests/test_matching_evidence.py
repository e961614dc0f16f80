"""What makes one candidate sure though its title is another: its own language, its year, a long word, its numbers, its
makers in the title; and what looks like it and is another work."""

from __future__ import annotations

import pytest

from penchant.retriever import Catalogue, Field, Item, Schema
from penchant.retriever.catalogue.histories import Entry
from penchant.retriever.catalogue.matching import Matcher, Outcome
from penchant.retriever.catalogue.matching.editions import recorded_in
from penchant.retriever.catalogue.matching.letters import spelt_alike
from penchant.retriever.catalogue.matching.makers import agree, without_makers
from penchant.retriever.catalogue.matching.numerals import in_digits

HOPPER, HANDS = "Larry Hopper and the Alchemist's Lamp", "Raise Your Weary Hands to Heaven"
STONE = "The Capture of Billy Stone by the Coward Tom Reed"
SHELF = [
    ("book", "A Thousand Nights of Rain", 1951, "Lucía Robles", "Spanish"),
    ("book", "The Gardener", 1912, "Karl Vogel", "German"),
    ("book", "The Little Baker", 1938, "Jules Carpentier", "French"),
    ("book", "Reflections", 1702, "Jan of Lier", "Dutch"),
    ("book", "Do Clocks Dream of Rusty Springs?", 1961, "Paul Dick", "English"),
    ("film", "The Bridges of Montclair", 1964, "Anne Morel", "French"),
    ("film", "Nine Sisters", 1977, "Pablo Ruiz", "Spanish"),
    ("film", HOPPER, 2001, "Kit Lumb", "English"),
    ("film", STONE, 2007, "Andy Dom", "English"),
    ("film", "The Sea Wall", 1985, "Aki Mori", "Japanese"),
    ("film", "Three Plums for Rosalind", 1973, "Ivan Kral", "Czech"),
    ("book", "Under the Lamp", 2004, "Ove Lind", "Swedish"),
    ("film", "Petrova", 1972, "Oleg Tarasov", "Russian"),
    ("film", "My Uncle Marcel", 1971, "Claude Roy", "French"),
    ("album", "Blue Harbour", 1997, "Radio Men", "English"),
    ("album", "The Well-Tempered Clock", 1955, "Glen Could", "Instrumental"),
    ("album", "Symphonic Suite Orion", 1988, "Kaze Ensemble", "Japanese"),
    ("album", "Dust", 1976, "Otto Kuti", "English"),
    ("album", "Os Pescadores", 1968, "Os Pescadores", "Portuguese"),
    ("album", "Manufacture", 1995, "Iron Plant", "English"),
    ("album", HANDS, 2000, "Black Flags", "English"),
]
CATALOGUE = Catalogue(
    [
        Item(title, title, fields={"kind": kind, "year": year, "makers": (maker,), "language": language})
        for kind, title, year, maker, language in SHELF
    ],
    Schema((Field("kind", "category"), Field("year", "number"), Field("makers", "name"), Field("language", "name"))),
)


def outcome(kind: str, title: str, year: int, maker: str, *others: str) -> tuple[Outcome, tuple[str, ...]]:
    given = Entry("test", "file", 1, title, "seen", others, year, (maker,) if maker else (), kind=kind)
    (match,) = Matcher(CATALOGUE).match([given])
    return match.outcome, match.items


@pytest.mark.parametrize(
    ("kind", "title", "year", "maker", "item"),
    [
        ("book", "Der Garten und die Hand", 1912, "Karl Vogel", "The Gardener"),
        ("book", "Mil noches de lluvia", 0, "Lucía Robles", "A Thousand Nights of Rain"),
        ("book", "Le petit boulanger", 0, "Jules Carpentier", None),
        ("book", "Le Baker petit", 0, "Jules Carpentier", "The Little Baker"),
        ("book", "Reflections of Jan of Lier", 0, "Jan of Lier", "Reflections"),
        (
            "book",
            "Robot Hunter (Do Clocks Dream of Rusty Springs?)",
            1961,
            "Paul Dick",
            "Do Clocks Dream of Rusty Springs?",
        ),
        ("book", "Låt den vara", 2004, "Ove Lind", "Under the Lamp"),
        ("film", "Umikabe", 1985, "Aki Mori", "The Sea Wall"),
        ("film", "Die Mauer und das Meer", 1985, "Aki Mori", "The Sea Wall"),
        ("film", "Three Nuts for Rosalind", 1973, "", "Three Plums for Rosalind"),
        ("film", "Petrova: The Movie", 1972, "", "Petrova"),
        ("film", "Les Ponts de Montclair", 1964, "", "The Bridges of Montclair"),
        ("film", "The Montclair Bridges (Les Ponts de Montclair) (1964)", 0, "", "The Bridges of Montclair"),
        ("film", "Larry Hopper and the Wizard's Lamp", 2001, "", HOPPER),
        ("film", "Larry Hopper und die Lampe der Weisen", 2001, "", HOPPER),
        ("film", "The Capture of Billy Stone", 2007, "", STONE),
        ("film", "Pietrova", 1972, "", "Petrova"),
        ("film", "Mon oncle Marcel", 1971, "", "My Uncle Marcel"),
        ("film", "Nine Sisters", 1977, "The Ruiz Brothers", "Nine Sisters"),
        ("film", "Nine Sisters", 1977, "Somebody Else", "Nine Sisters"),
        ("film", "九姐妹 / Nine Sisters", 1977, "", "Nine Sisters"),
        ("album", "Blue Harbour HARBRBLUE 1997 2017", 0, "Radio Men", "Blue Harbour"),
        ("album", "Blue Harbour: The Complete Tapes (Super Deluxe Edition)", 0, "Radio Men", "Blue Harbour"),
        ("album", "Blue Harbour - 40ème Anniversaire", 0, "Radio Men", "Blue Harbour"),
        ("album", "Blue Harbour Original Soundtrack", 0, "Radio Men", "Blue Harbour"),
        ("album", "Symphonic Suite Orion", 0, "風楽団", "Symphonic Suite Orion"),
        ("album", "Otto Kuti: Dust", 0, "Otto Kuti", "Dust"),
        ("album", "Otto Kuti's Dust", 0, "Otto Kuti", "Dust"),
        ("album", "Raise Your Weary Hands", 0, "Black Flags", HANDS),
        ("album", "Raise Yr. Weary Hands to Heaven!", 0, "B.F. (Black Flags)", HANDS),
    ],
)
def test_what_is_sure(kind: str, title: str, year: int, maker: str, item: str | None) -> None:
    assert outcome(kind, title, year, maker) == (("matched", (item,)) if item else ("absent", ()))


@pytest.mark.parametrize(
    ("kind", "title", "year", "maker"),
    [
        ("book", "Die drei Gärtner", 1912, "Karl Vogel"),  # a number that the other has not
        ("book", "L'oiseau et le vent", 1912, "Karl Vogel"),  # not the work's own language
        ("book", "The Bird", 1912, "Karl Vogel"),
        ("film", "La vie et la mer", 1964, ""),
        ("film", "The Other Wall", 1985, "Aki Mori"),
        ("album", "The Well-Tempered Clock (1981)", 0, "Glen Could"),
        ("album", "The Well-Tempered Clock (1981 Digital Recording)", 0, "Glen Could"),
        ("album", "Pescadores", 0, "Os Pescadores"),
        ("album", "Remanufacture", 0, "Iron Plant"),
    ],
)
def test_what_is_only_asked(kind: str, title: str, year: int, maker: str) -> None:
    assert outcome(kind, title, year, maker)[0] == "ambiguous"


@pytest.mark.parametrize(
    ("kind", "title", "year", "maker"),
    [
        ("book", "Der Garten und die Hand", 1913, "Somebody Else"),
        ("film", "Les Ponts de Montclair", 1969, ""),
        ("film", "Larry Hopper and the Wizard's Lamp", 2004, ""),
        ("film", "Nine Sisters", 1978, "Somebody Else"),
        ("film", "Four Nuts for the King", 1973, "Ivan Kral"),
        ("album", "More Symphonic Suite Orion", 0, "Somebody Else"),
        ("album", "Blue Harbour: Season 2: The Storm", 0, "Radio Men"),
    ],
)
def test_what_is_another_work(kind: str, title: str, year: int, maker: str) -> None:
    assert outcome(kind, title, year, maker) == ("absent", ())


def test_another_title_of_an_entry_counts_as_its_own() -> None:
    assert outcome("book", "The Bird", 1912, "Karl Vogel", "Der Vogel und die Hand") == ("matched", ("The Gardener",))


def test_a_book_in_a_list_of_films_is_the_book_if_its_maker_is_named() -> None:
    films = [
        Entry("test", "file", n, title, "seen", (), 0, (maker,)) for n, (_, title, _, maker, _) in enumerate(SHELF)
    ]
    films = [one for one, (kind, *_) in zip(films, SHELF, strict=True) if kind == "film"]
    book = Entry("test", "file", 99, "The Gardener", "seen", (), 0, ("Karl Vogel",))
    assert Matcher(CATALOGUE).match([*films, book])[-1].items == ("The Gardener",)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("copper raod", "copper road", True),
        ("ghost busters", "ghostbusters", True),
        ("more ballads of the trail", "ballads of the trail", False),
        ("remanufacture", "demanufacture", False),
        ("ballads of trail", "ballads of the trail", True),
    ],
)
def test_what_is_only_spelt_otherwise(one: str, other: str, same: bool) -> None:
    assert spelt_alike(one, other) is spelt_alike(other, one) is same


@pytest.mark.parametrize(
    ("title", "names", "rest"),
    [
        ("Nick Drake - Pink Moon", ["Nick Drake"], ["Pink Moon"]),
        ("Confessions of St. Augustine", ["Augustine of Hippo"], ["Confessions"]),
        ("Mary Shelley's Frankenstein", ["Mary Shelley"], ["Frankenstein"]),
        ("Pink Moon: Demos", ["Nick Drake"], []),
        ("The Hitchhiker's Guide", ["Douglas Adams"], []),
    ],
)
def test_a_maker_in_a_title_is_none_of_it(title: str, names: list[str], rest: list[str]) -> None:
    assert without_makers(title, names) == rest


def test_kin_initials_and_second_names_are_the_same_people() -> None:
    assert agree(["The Coen Brothers"], ["Joel Coen", "Ethan Coen"])
    assert agree(["Y.M.O."], ["Yellow Magic Orchestra"])
    assert agree(["Nirvana (2)"], ["Nirvana"])
    assert agree(["Abdullah Ibrahim (Dollar Brand)"], ["Dollar Brand"])
    assert not agree(["The Coen Brothers"], ["The Dardenne Brothers"])


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("vingt mille lieues", "20000 lieues"),
        ("cien anos", "100 anos"),
        ("les trois freres", "les 3 freres"),
        ("die sieben", "die 7"),
        ("once upon a time", "once upon a time"),
    ],
)
def test_numbers_in_the_words_of_other_languages(words: str, digits: str) -> None:
    assert " ".join(in_digits(words.split())) == digits


def test_the_year_of_a_recording_is_not_that_of_a_remaster() -> None:
    assert recorded_in("Variations (1981 Digital Recording)") == recorded_in("Variations (1981) - Remastered") == 1981
    assert recorded_in("Variations (2011 Remaster)") == recorded_in("Variations") == 0
