"""One work by many titles: numbers, editions, second titles, other languages; and works that only sound alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from penchant.retriever import Catalogue, Field, Item, Schema
from penchant.retriever.catalogue.histories import Entry
from penchant.retriever.catalogue.matching import Matcher, Outcome
from penchant.retriever.catalogue.matching.editions import without_edition
from penchant.retriever.catalogue.matching.numerals import in_digits

SHELF = [
    ("book", "The Forty-Two Clocks", 1890, "Ada Lindqvist"),
    ("book", "Nineteen Sixty-Two", 1935, "Ada Lindqvist"),
    ("book", "The Silver Prince", 1943, "Émile de Brissac"),
    ("book", "The Count of Santa Croce", 1844, "Armand Duval"),
    ("book", "The Return of Inspector Valdemar", 1905, "Rosa Marchetti"),
    ("book", "Glass", 1979, "Octavia Moore"),
    ("book", "Letters", 1580, "Michel de Rochefort"),
    ("book", "The Winter Palace", 1967, "Mikhail Bulanov"),
    ("book", "The Copper Road", 1963, "Vera Stroganova"),
    ("book", "The Saga of Hild", 1280, "Anonymous"),
    ("album", "Harbour", 1982, "Nils Berg"),
    ("album", "The Iron Machine", 1978, "Werkstatt"),
    ("album", "Symphonic Suite Orion", 1988, "Kaze Ensemble"),
    ("album", "King Cobra Meets the Lions Uptown", 1976, "Horace Lee"),
    ("album", "Space Rangers", 1998, "The Cushions"),
    ("album", "Music for Stations", 1978, "Brian Moss"),
    ("album", "Live at the Palladium", 1965, "Otis King"),
    ("film", "The 42 Steps", 1935, "Alf Hitch"),
    ("film", "Mirrors Reloaded", 2003, "Lana Wick"),
    ("film", "Slay Tom", 2003, "Quin Tan"),
    ("film", "Harvest", 2023, "Chris Noland"),
    ("album", "Electric", 1999, "The Volts"),
    ("game", "The Seer 3: Wild Chase", 2015, "Red Studio"),
]
CATALOGUE = Catalogue(
    [Item(title, title, fields={"kind": kind, "year": year, "makers": (maker,)}) for kind, title, year, maker in SHELF],
    Schema((Field("kind", "category"), Field("year", "number"), Field("makers", "name"))),
)


def entry(kind: str, title: str, year: int, maker: str, *further: str) -> Entry:
    return Entry("test", "file", 1, title, "seen", (), year, (maker,) if maker else (), kind=kind, further=further)


def outcome(given: Entry) -> tuple[Outcome, tuple[str, ...]]:
    (match,) = Matcher(CATALOGUE).match([given])
    return match.outcome, match.items


@pytest.mark.parametrize(
    ("given", "item"),
    [
        (entry("book", "The 42 Clocks", 1890, "Ada Lindqvist"), "The Forty-Two Clocks"),
        (entry("book", "1962", 1935, "Ada Lindqvist"), "Nineteen Sixty-Two"),
        (entry("film", "The Forty-Two Steps", 1935, ""), "The 42 Steps"),
        (entry("book", "Glass, or the Art of Breaking", 1979, "Octavia Moore"), "Glass"),
        (entry("book", "The Copper Road, a Romance", 1963, "Vera Stroganova"), "The Copper Road"),
        (entry("book", "The Complete Glass (Glass, #1-2)", 1991, "Octavia Moore"), "Glass"),
        (entry("book", "the copper raod", 0, "Stroganova V."), "The Copper Road"),
        (entry("book", "Glass; or, The Breakers", 1979, "Octavia Moore"), "Glass"),
        (entry("book", "Glass and Other Stories", 1979, "Octavia Moore"), "Glass"),
        (entry("book", "The Complete Letters", 1580, "Michel de Rochefort"), "Letters"),
        (entry("album", "Harbour 25 Super Deluxe Edition", 0, "Nils Berg"), "Harbour"),
        (entry("album", "Harbour 40th Anniversary", 0, "Nils Berg"), "Harbour"),
        (entry("album", "King Cobras Meets the Lions Uptown (Deluxe)", 0, "Horace Lee"), SHELF[13][1]),
        (entry("album", "ORION SYMPHONIC SUITE", 0, "Kaze Ensemble"), "Symphonic Suite Orion"),
        (entry("album", "Quiet 1: Music for Stations (Remastered)", 0, "Brian Moss"), "Music for Stations"),
        (entry("album", "Live at the Palladium (Live)", 0, "Otis King"), "Live at the Palladium"),
        (entry("book", "The Saga of Hild", 1280, "Unknown", "Robert Cook"), "The Saga of Hild"),
        (entry("game", "The Seer® 3: Wild Chase™ - Game of the Year Edition", 2015, ""), "The Seer 3: Wild Chase"),
        (entry("film", "Slay Tom: The Final Cut", 2003, ""), "Slay Tom"),
        (entry("film", "Harvest: The Final Cut", 2023, ""), "Harvest"),
        (entry("film", "Hollywood's The 42 Steps", 1935, ""), "The 42 Steps"),
    ],
)
def test_one_work(given: Entry, item: str) -> None:
    assert outcome(given) == ("matched", (item,))


@pytest.mark.parametrize(
    ("given", "item", "sure"),
    [
        (entry("book", "Der silberne Prinz", 1943, "Émile de Brissac"), "The Silver Prince", True),
        (entry("book", "Le Comte de Santa Croce", 1846, "Armand Duval"), "The Count of Santa Croce", True),
        (entry("book", "Les jardins de Santa Croce", 1846, "Armand Duval"), "The Count of Santa Croce", False),
        (entry("book", "Il ritorno dell'ispettore Valdemar", 1905, "Rosa Marchetti"), SHELF[4][1], True),
        (entry("book", "Зимний дворец", 1967, "Михаил Буланов"), "The Winter Palace", True),
        (entry("book", "Зимний дворец", 1968, "Mikhail Bulanov"), "The Winter Palace", False),
        (entry("book", "La via del sole", 1963, "Vera Stroganova"), "The Copper Road", False),
        (entry("album", "Die Eisen-Maschine", 0, "Werkstatt"), "The Iron Machine", True),
        (entry("book", "Der silberne Prinz", 0, "Émile de Brissac"), "The Silver Prince", False),
        (entry("book", "Il ritorno dell'ispettore Valdemar", 0, "Rosa Marchetti"), SHELF[4][1], True),
        (entry("book", "Der eiserne Prinz", 0, "Émile de Brissac"), "The Silver Prince", False),
        (entry("album", "Haven", 0, "Nils Berg"), None, False),
        (entry("book", "Другая книга", 0, "Mikhail Bulanov"), None, False),
        (entry("book", "Der silberne Prinz", 1943, "Jemand Anders"), None, False),
        (entry("album", "Der silberne Prinz", 1943, "Émile de Brissac"), None, False),
    ],
)
def test_a_title_in_another_language_needs_the_same_maker_and_year(given: Entry, item: str | None, sure: bool) -> None:
    expected = ("absent", ()) if item is None else ("matched" if sure else "ambiguous", (item,))
    assert outcome(given) == expected


@pytest.mark.parametrize(
    "given",
    [
        entry("album", "Harbour: Live in Oslo", 0, "Nils Berg"),
        entry("album", "Harbour (The Remixes)", 0, "Nils Berg"),
        entry("album", "Harbour (Nils's Version)", 0, "Nils Berg"),
        entry("album", "A Tribute to Harbour", 0, "Various Artists"),
        entry("album", "Harbour", 0, "Nils Berg Tribute Band"),
        entry("album", "Harbour 2", 0, "Nils Berg"),
        entry("album", "Harbour", 0, "Athlete"),
        entry("album", "Music for Stations 2", 0, "Brian Moss"),
        entry("book", "Glass: A Graphic Novel Adaptation", 2017, "Damian Dell", "Octavia Moore"),
        entry("book", "Glass", 2001, "Somebody Else"),
        entry("book", "The Silver Princess of the North", 1950, "Émile de Brissac"),
        entry("film", "The 42 Steps", 1978, ""),
        entry("album", "Harbour: Songs from the Motion Picture", 0, "Various Artists"),
        entry("album", "Harbour Songs", 0, "Nils Berg"),
        entry("book", "Return to the Winter Palace", 0, "Mikhail Bulanov"),
        entry("film", "Slay Tom: Vol. 2", 2004, ""),
        entry("album", "Harbour (Acoustic)", 0, "Nils Berg"),
        entry("album", "Harbour - Single", 0, "Nils Berg"),
        entry("album", "Harbour [Disc 2]", 0, "Nils Berg"),
        entry("film", "The Making of The 42 Steps", 1936, ""),
    ],
)
def test_what_sounds_alike_and_is_another_work(given: Entry) -> None:
    assert outcome(given) == ("absent", ())


@pytest.mark.parametrize(
    "given",
    [
        entry("album", "Space Rangers (Soundtrack from the Netflix Series)", 0, "The Cushions"),
        entry("album", "Harbour (Live)", 0, "Nils Berg"),
        entry("album", "Harbour (Green Album)", 0, "Nils Berg"),
        entry("album", "Harbour 40", 0, "Nils Berg"),
        entry("album", "Harbour", 0, "周杰倫"),
        entry("book", "Glass, Vol. 1", 1979, "Octavia Moore"),
        entry("album", "Electrical", 0, "The Volts"),
        entry("book", "Glass", 1979, "A Pseudonym"),
        entry("book", "Glass (A Study Guide)", 2002, "Notes for You", "Octavia Moore"),
        entry("film", "Harvest: The Real Story", 2023, ""),
        entry("book", "Glass", 1988, "Octavia"),
        entry("film", "Mirrors Revolutions", 2003, "Lana Wick"),
    ],
)
def test_what_may_be_another_is_asked(given: Entry) -> None:
    assert outcome(given)[0] == "ambiguous"


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("nineteen eighty four", "1984"),
        ("twenty thousand leagues", "20000 leagues"),
        ("a hundred and one dalmatians", "a 101 dalmatians"),
        ("two thousand and one", "2001"),
        ("one two three", "1 2 3"),
        ("twenty four hours and ten minutes", "24 hours and 10 minutes"),
        ("four hundred blows", "400 blows"),
        ("nobody", "nobody"),
    ],
)
def test_numbers_in_words(words: str, digits: str) -> None:
    assert " ".join(in_digits(words.split())) == digits


@pytest.mark.parametrize(
    ("title", "work"),
    [
        ("Kind of Blue Legacy Edition", "Kind of Blue"),
        ("Alien The Director's Cut", "Alien"),
        ("Nevermind 30th Anniversary Super Deluxe", "Nevermind"),
        ("1989 Deluxe Edition", "1989"),
        ("Blade Runner 2049 Deluxe Edition", "Blade Runner 2049"),
        ("Led Zeppelin 2 Deluxe Edition", "Led Zeppelin 2"),
        ("The Golden Anniversary", "The Golden Anniversary"),
        ("The Short Version", "The Short Version"),
    ],
)
def test_words_of_an_edition(title: str, work: str) -> None:
    assert without_edition(title) == work


@pytest.mark.parametrize(
    ("given", "item"),
    [
        (entry("book", "Glass, The Lamp, and Other Stories", 1995, "Octavia Moore"), "Glass"),
        (entry("book", "The Copper Road / The Tin Lane", 1999, "Vera Stroganova"), "The Copper Road"),
        (entry("book", "The Ultimate Silver Prince", 1990, "Émile de Brissac"), "The Silver Prince"),
        (entry("book", "Childhood (The Saga of Hild, #1)", 1280, "Anonymous"), "The Saga of Hild"),
        (entry("book", "Glass, Vol. 1", 1985, "Octavia Moore"), "Glass"),
        (entry("song", "Harbour - 2009 Remaster", 0, "Nils Berg"), "Harbour"),
        (entry("song", "Harbour", 0, "Nils Berg"), "Harbour"),
        (entry("film", "Mirrors Go Reload", 2003, ""), "Mirrors Reloaded"),
    ],
)
def test_what_holds_a_work_or_a_part_of_it_is_asked(given: Entry, item: str) -> None:
    assert outcome(given) == ("ambiguous", (item,))


@pytest.mark.parametrize(
    "given",
    [
        entry("book", "The Copper Mountain (The Copper Road, #2)", 1965, "Vera Stroganova"),
        entry("song", "Boats", 0, "Nils Berg"),
        entry("song", "Harbour", 0, "Somebody Else"),
        entry("film", "Mirrors Reloaded", 2019, ""),
    ],
)
def test_what_is_by_the_name_of_a_work_and_is_none_of_it_is_absent(given: Entry) -> None:
    assert outcome(given) == ("absent", ())


ABROAD = Catalogue(
    [
        Item("a", "The Blue House", fields={"kind": "film", "year": 1987, "language": "German", "minutes": 128.0}),
        Item("b", "A Long Way", fields={"kind": "film", "year": 1987, "language": "English", "minutes": 101.0}),
        Item("c", "The Last Tram", fields={"kind": "film", "year": 1957, "makers": ("Ida Berg",), "minutes": 96.0}),
    ],
    Schema(
        (
            Field("kind", "category"),
            Field("year", "number", unit="year"),
            Field("minutes", "number", unit="min"),
            Field("language", "name"),
            Field("makers", "name"),
        )
    ),
)


def test_a_film_in_another_language_without_a_maker_is_asked_by_its_year_and_language() -> None:
    def items(title: str, year: int) -> tuple[Outcome, tuple[str, ...]]:
        (match,) = Matcher(ABROAD).match([entry("film", title, year, "")])
        return match.outcome, match.items

    assert items("Der Himmel und das Haus", 1987) == ("ambiguous", ("a",))
    assert items("Le ciel et la maison", 1987) == ("absent", ())
    assert items("Der Himmel und das Haus", 1988) == ("absent", ())
    assert items("The Sky and the House", 1986) == ("absent", ())


@pytest.mark.parametrize(("minutes", "found"), [(97, "matched"), (91, "ambiguous"), (0, "ambiguous")])
def test_the_length_tells_the_works_of_one_maker_and_year_apart(minutes: float, found: Outcome) -> None:
    given = replace(entry("film", "Ein anderer Name", 1957, "Ida Berg"), minutes=minutes)
    (match,) = Matcher(ABROAD).match([given])
    assert (match.outcome, match.items) == (found, ("c",))
