"""What is thrown out, kept out or pointed back at, and limits inside such words, on a shelf of films and huts."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding.cues.reactions import reactions
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import Catalogue, Field, Item, Schema

SCHEMA = Schema(
    (
        Field("genre", "facet"),
        Field("area", "category"),
        Field("year", "number", unit="year"),
        Field("minutes", "number", unit="min"),
        Field("rating", "number", unit="rating", better="more"),
        Field("votes", "number", unit="count", better="more"),
    ),
    prior="votes",
)
GENRES = ("Horror", "Romance", "War", "Comedy", "Musical", "Western", "Thriller", "Crime")
ITEMS = [
    Item(
        str(n),
        f"Work {n}",
        fields={
            "genre": (GENRES[n % 8],),
            "area": ("Lakeside", "Harbour", "Old Town")[n % 3],
            "year": 1940.0 + 2 * n,
            "minutes": 70.0 + 3 * n,
            "rating": 5 + (n % 45) / 10,
            "votes": 300.0 + 40 * n * n,
        },
    )
    for n in range(40)
]
TAGGER = RuleTagger(Gazetteer(Catalogue(ITEMS, SCHEMA)), spans=span_model())


def heard(text: str, session: Session | None = None) -> set[str]:
    found = TAGGER.understand(text, session or Session()).interests
    return {f"{i.facet} {i.value} {i.level}" for i in found if i.facet}


REFUSED = {
    "Horror we had last week, so not that": {"genre Horror never"},
    "Lakeside we did last summer, so not there": {"area Lakeside never"},
    "musicals we watched on Friday, so no more of those": {"genre Musical never"},
    "nowhere in Lakeside": {"area Lakeside never"},
    "we'd rather not be anywhere near Harbour": {"area Harbour never"},
    "keep romance out of it": {"genre Romance never"},
    "war films put me to sleep. take them out": {"genre War never"},
    "Westerns bore me to death and so do musicals. take those out": {"genre Western never", "genre Musical never"},
    "kick out whatever is a romance": {"genre Romance never"},
    "She likes comedies, but horror gives her nightmares": {"genre Comedy want", "genre Horror never"},
    "musicals make me sick": {"genre Musical never"},
    "get rid of the horror": {"genre Horror never"},
    "I want a comedy. Take those out": {"genre Comedy want"},
    "a comedy please, and keep the war out of it": {"genre Comedy want", "genre War never"},
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.items(), ids=REFUSED)
def test_what_is_pointed_back_at_or_thrown_out_is_refused(text: str, expected: set[str]) -> None:
    assert heard(text) == expected


LIMITS = {
    "Kick out whatever has fewer than 9,000 votes": {"votes < 9000 never"},
    "throw out anything with less than 5,000 votes": {"votes < 5000 never"},
    "weed out the ones under 7 stars": {"rating < 7 never"},
    "drop all the ones over two hours": {"minutes > 120 never"},
    "leave out whatever runs longer than 2 hours": {"minutes > 120 never"},
    "get rid of everything from before 1960": {"year < 1960 never"},
    "without anything older than 1990": {"year < 1990 never"},
    "nothing that has under 1000 votes please": {"votes >= 1000 want"},
    "not from before 1960": {"year < 1960 never"},
    "fewer than 9,000 votes": {"votes < 9000 want"},
}


@pytest.mark.parametrize(("text", "expected"), LIMITS.items(), ids=LIMITS)
def test_a_limit_inside_words_that_refuse_bars_what_it_names(text: str, expected: set[str]) -> None:
    assert heard(text) == expected


@pytest.mark.parametrize(
    "text", ["take those out", "Westerns bore me to death. take those out", "please take them away"]
)
def test_to_take_out_is_not_to_take(text: str) -> None:
    """Nothing on screen is liked by it."""
    said = TAGGER.understand(text, Session().show(("1", "2", "4")))
    assert not [i for i in said.interests if i.item and i.level == "want"]


def test_what_is_on_screen_is_taken_out_where_nothing_else_is_named() -> None:
    said = TAGGER.understand("take those out", Session().show(("1", "2", "4"))).interests
    assert {(i.item, i.level) for i in said} == {("1", "never"), ("2", "never"), ("4", "never")}
    assert [r.said for r in reactions("I'll take those")] == ["accepted"]
