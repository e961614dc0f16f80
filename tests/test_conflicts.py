"""Which earlier wishes leave no room for a new one, in a catalogue of six."""

from __future__ import annotations

import pytest

from penchant.assistant.session.conflicts import outdated
from penchant.retriever import MENTION, OPEN, Catalogue, Field, Interest, Item, Schema

SCHEMA = Schema(
    (
        Field("kind", "category"),
        Field("in_print", "category"),
        Field("genres", "facet"),
        Field("year", "number"),
        Field("minutes", "number"),
    )
)


def row(name: str, kind: str, genre: str, year: int, **more: int | str) -> Item:
    return Item(name, name, fields={"kind": kind, "genres": (genre,), "year": year, **more})


CATALOGUE = Catalogue(
    [
        row("alien", "film", "horror", 1979, minutes=117, in_print="no"),
        row("clue", "film", "comedy", 1985, minutes=94),
        row("emma", "book", "comedy", 1815, in_print="yes"),
        row("dracula", "book", "horror", 1897),
        row("ok", "album", "rock", 1997),
        row("thriller", "album", "pop", 1982),
    ],
    SCHEMA,
)
FILM, BOOK, ALBUM = (Interest("kind", kind) for kind in ("film", "book", "album"))
POP, COMEDY = Interest("genres", "pop"), Interest("genres", "comedy")
SHORT, OLD = Interest("minutes", "< 100"), Interest("year", "< 1900")
RECENT, IN_PRINT = Interest("year", "> 1986"), Interest("in_print", "yes")
ALIEN = Interest(MENTION, "alien", item="alien")


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        pytest.param([FILM], [POP], [FILM], id="films, then pop"),
        pytest.param([FILM], [COMEDY], [], id="there are films that are comedies"),
        pytest.param([FILM, ALBUM], [POP], [], id="categories are alternatives"),
        pytest.param([FILM, BOOK], [POP], [FILM, BOOK], id="no alternative has it"),
        pytest.param([SHORT], [BOOK], [SHORT], id="minutes, then a book"),
        pytest.param([OLD], [FILM], [], id="a limit stays, though nothing is left"),
        pytest.param([BOOK, OLD], [FILM], [BOOK, OLD], id="with the kind, its limit"),
        pytest.param([RECENT], [SHORT], [], id="limits beside each other stay"),
        pytest.param([IN_PRINT], [FILM], [], id="an answer stays"),
        pytest.param([FILM], [IN_PRINT], [], id="what answers is no other kind"),
        pytest.param([BOOK, SHORT], [COMEDY], [], id="each is judged alone"),
        pytest.param([BOOK], [ALIEN], [BOOK], id="books, then like a film"),
        pytest.param([OLD], [ALIEN], [], id="old ones like a new one"),
        pytest.param([FILM], [Interest("genres", "polka")], [], id="a want that the catalogue lacks"),
        pytest.param([FILM], [Interest(OPEN, "pop")], [], id="own words"),
        pytest.param([FILM], [Interest("genres", "pop", level="never")], [], id="a never"),
        pytest.param([FILM], [], [], id="nothing said"),
        pytest.param([], [POP], [], id="nothing before"),
        pytest.param([COMEDY], [POP], [], id="facets are no gates"),
        pytest.param([Interest("kind", "film", level="never")], [SHORT], [], id="a never stays"),
        pytest.param([Interest("kind", "film", parked=True)], [POP], [], id="parked already"),
    ],
)
def test_outdated(before: list[Interest], now: list[Interest], expected: list[Interest]) -> None:
    assert outdated(before, now, CATALOGUE) == {interest.key for interest in expected}
