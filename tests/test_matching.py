"""Works as people's files call them are found in a catalogue, and between two that may be meant none is chosen."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from penchant.retriever import Catalogue, Field, Item, Schema
from penchant.retriever.catalogue.histories import Entry
from penchant.retriever.catalogue.matching import Match, Matcher

from .demo import demo


def entry(title: str, year: int = 0, *makers: str, kind: str = "", ids: Sequence[tuple[str, str]] = ()) -> Entry:
    return Entry("test", "file", 1, title, "seen", (), year, makers, frozenset(ids), kind)


def found(*entries: Entry, catalogue: Catalogue | None = None) -> list[Match]:
    return Matcher(catalogue or demo()).match(entries)


def one(given: Entry, catalogue: Catalogue | None = None) -> tuple[str, ...]:
    return found(given, catalogue=catalogue)[0].items


@pytest.mark.parametrize(
    ("given", "item"),
    [
        (entry("Solaris", 1972, kind="film"), "film-solaris-1972"),
        (entry("Dune (Dune Chronicles #1)", 1965, "Frank Herbert", kind="book"), "book-dune-1965"),
        (entry("Dune", 2005, "Herbert, Frank", kind="book"), "book-dune-1965"),
        (entry("E.T.: The Extra-Terrestrial", 1982, kind="film"), "film-et-the-extra-terrestrial-1982"),
        (entry("Boot, Das (The Boat) (1981)", 0, kind="film"), "film-das-boot-1981"),
        (entry("Good, the Bad and the Ugly, The (Buono, il brutto, il cattivo, Il) (1966)"), None),
        (
            entry("One Hundred Years Of Solitude", 0, "Gabriel Garcia Marquez"),
            "book-one-hundred-years-of-solitude-1967",
        ),
        (entry("Star Wars: Episode IV - A New Hope", 1977, "George Lucas", kind="film"), "film-star-wars-1977"),
        (entry("To Kill a Mockingbird: 50th Anniversary Edition", 0, "Harper Lee"), "book-to-kill-a-mockingbird-1960"),
        (entry("2001 - A Space Odyssey", 1968), "film-2001-a-space-odyssey-1968"),
        (entry("Ghost Busters", 1984), "film-ghostbusters-1984"),
        (entry("Ghostbusters", 1985), "film-ghostbusters-1984"),
        (
            entry("Do Androids Dream of Electric Sheep", 0, "Philip Dick"),
            "book-do-androids-dream-of-electric-sheep-1968",
        ),
        (entry("Monty Pyton and the Holy Grail", 1975), "film-monty-python-and-the-holy-grail-1975"),
    ],
)
def test_titles_are_known_however_they_are_written(given: Entry, item: str | None) -> None:
    (match,) = found(given)
    if item is None:
        assert demo().get(match.items[0]).title == "The Good, the Bad and the Ugly"
    else:
        assert (match.outcome, match.items) == ("matched", (item,))


@pytest.mark.parametrize(
    "given",
    [
        entry("Solaris", 2002, kind="film"),
        entry("Dune", 2000, kind="series"),
        entry("Dune Messiah (Dune Chronicles #2)", 1969, "Frank Herbert", kind="book"),
        entry("Dune: The Graphic Novel", 2020, "Brian Herbert", kind="book"),
        entry("Foundation and Empire (Foundation #2)", 1952, "Isaac Asimov", kind="book"),
        entry("Jaws 2", 1978, kind="film"),
        entry("Back to the Future Part II", 1989, kind="film"),
        entry("The Godfather", 1969, "Mario Puzo", kind="book"),
        entry("Emma", 0, "Somebody Else", kind="book"),
        entry("Evil Dead", 2013, kind="film"),
    ],
)
def test_what_is_like_an_item_and_is_another_work_is_absent(given: Entry) -> None:
    assert found(given)[0] == Match(given, "absent", ())


def test_a_bare_list_of_films_is_of_films() -> None:
    """What most of a list is, the rest is: a film of a book's title is not the book."""
    titles = "Alien Jaws Babe Fargo Clueless Casablanca Dracula Neuromancer".split()
    outcomes = [match.outcome for match in found(*map(entry, titles))]
    assert outcomes == ["matched"] * 6 + ["absent"] * 2
    assert found(entry("Dracula"))[0].items == ("book-dracula-1897",)


def test_between_two_none_is_chosen() -> None:
    films = [Item("a", "Solaris", fields={"year": 1972}), Item("b", "Solaris", fields={"year": 2002})]
    catalogue = Catalogue(films, Schema((Field("year", "number"),)))
    (open_one,) = found(entry("Solaris"), catalogue=catalogue)
    assert (open_one.outcome, set(open_one.items)) == ("ambiguous", {"a", "b"})
    assert found(entry("Solaris", 2002), catalogue=catalogue)[0].items == ("b",)


def test_a_part_of_a_title_may_be_the_name_of_a_series() -> None:
    catalogue = Catalogue(
        [Item("lotr", "The Lord of the Rings", fields={"author": "J. R. R. Tolkien"})],
        Schema((Field("author", "name"),)),
    )
    assert (
        found(entry("The Lord of the Rings: The Two Towers", 0, "J.R.R. Tolkien"), catalogue=catalogue)[0].outcome
        == "ambiguous"
    )
    assert one(entry("The Lord of the Rings: A Novel", 0, "J.R.R. Tolkien"), catalogue) == ("lotr",)


KEYED = Catalogue(
    [
        Item("tt0078748", "Alien", fields={"year": 1979}),
        Item("2", "Dune", fields={"isbn": 441013597.0, "year": 1965}),
        Item("3", "Kid A", fields={"mbid": "B1392450-E666-3926-A536-22C65F834433"}),
        Item("4", "Heat", fields={"imdb_id": "tt0113277", "year": 1995}),
    ],
    Schema((Field("year", "number"), Field("isbn", "hidden"), Field("mbid", "hidden"), Field("imdb_id", "hidden"))),
)


@pytest.mark.parametrize(
    ("given", "item"),
    [
        (entry("Alien - Das unheimliche Wesen", ids=[("imdb", "tt0078748")]), ("tt0078748",)),
        (entry("anything", ids=[("isbn", "9780441013593")]), ("2",)),
        (entry("x", ids=[("mbid", "b1392450-e666-3926-a536-22c65f834433")]), ("3",)),
        (entry("Heat", 1995, ids=[("imdb", "tt0000001")]), ()),
        (entry("Heat", 1995), ("4",)),
    ],
)
def test_a_shared_key_decides(given: Entry, item: tuple[str, ...]) -> None:
    assert one(given, KEYED) == item


def test_a_catalogue_of_casts_says_nothing_against_a_director() -> None:
    films = [
        Item(str(n), f"Film {word}", fields={"year": 1990 + n, "people": ("An Actor",)})
        for n, word in enumerate("abcd")
    ]
    catalogue = Catalogue(films, Schema((Field("year", "number"), Field("people", "name"))))
    matches = found(*(entry(item.title, 1990 + n, "A Director") for n, item in enumerate(films)), catalogue=catalogue)
    assert [match.items for match in matches] == [(item.id,) for item in films]


@pytest.mark.parametrize(("dated", "named"), [(True, True), (True, False), (False, True)])
def test_of_half_of_the_demo_nothing_is_found_in_the_other_half(dated: bool, named: bool) -> None:
    items = [item for item in demo().items if item.title != "Beauty and the Beast"]
    half = Catalogue(items[::2], demo().schema)
    given = [
        entry(
            item.title,
            int(item.number("year")) if dated else 0,
            *(item.values("makers") if named else ()),
            kind=item.values("kind")[0],
        )
        for item in items[1::2]
    ]
    assert [match for match in found(*given, catalogue=half) if match.outcome == "matched"] == []


def _otherwise(title: str, draw: random.Random) -> str:
    """A title as another service may write it."""
    ways = [
        title.upper(),
        f"{title} (A Series, #{draw.randint(1, 9)})",
        title.removeprefix("The ") + ", The" if title.startswith("The ") else title,
        title.replace("'", "’").replace(" and ", " & "),
        f"  {title} ",
        title.replace("é", "e").replace("ö", "o"),
    ]
    return draw.choice(ways)


def test_of_the_demo_all_but_few_are_found_and_none_wrongly() -> None:
    """Every item as a service would name it: precision at least .99, recall at least .9."""
    draw, catalogue = random.Random(7), demo()
    given = [
        entry(
            _otherwise(i.title, draw),
            int(i.number("year")) + draw.choice([0, 0, 1]),
            *(i.values("makers") if i.fields["kind"] != "film" else ()),
            kind=i.values("kind")[0],
        )
        for i in catalogue.items
    ]
    matches = found(*given)
    matched = [(m, item) for m, item in zip(matches, catalogue.items, strict=True) if m.outcome == "matched"]
    right = sum(match.items == (item.id,) for match, item in matched)
    assert right >= 0.99 * len(matched) and right >= 0.9 * len(catalogue)
