"""A history becomes marks and a profile: ratings by the person's own mean, facets by lift, and rows that say why."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from penchant.assistant import Assistant, Mark, Session, export_taste, import_taste
from penchant.assistant.past import AmbiguousWork, bring_history, open_history, shelves, titles_apart, write_report
from penchant.assistant.past.lift import interests_from
from penchant.assistant.past.verdicts import Verdict
from penchant.retriever import Index, Interest, Item, Rating, build_index
from penchant.retriever.vectors.behaviour import item_factors

from . import exports
from .conftest import HashEncoder
from .demo import demo
from .exports import book, film, letterboxd, spotify, table


def marks(*files: tuple[str, bytes], **more: object) -> dict[str, str]:
    session, _ = bring_history(files, demo(), **more)  # type: ignore[arg-type]
    return {mark.item: mark.kind for mark in session.marks}


def films(*rated: tuple[str, int, float]) -> bytes:
    return table([*exports.LETTERBOXD, "Rating"], *(film(*one) for one in rated))


SOME = [("Alien", 1979), ("Jaws", 1975), ("Babe", 1995), ("Fargo", 1996), ("Clueless", 1995), ("Heat", 1995)]


def test_watched_is_not_enjoyed() -> None:
    data = letterboxd(
        [film("Alien", 1979, 5), film("Jaws", 1975, 1)],
        watched=[film("Alien", 1979), film("Babe", 1995)],
        watchlist=[film("Fargo", 1996), film("Alien", 1979)],
        likes=[film("Clueless", 1995)],
    )
    assert marks(("l.zip", data)) == {
        "film-alien-1979": "liked",
        "film-jaws-1975": "disliked",
        "film-babe-1995": "seen",
        "film-fargo-1996": "wanted",
        "film-clueless-1995": "liked",
    }
    session, _ = bring_history([("l.zip", letterboxd([], watched=[film(*one) for one in SOME]))], demo())
    assert not session.profile and {mark.kind for mark in session.marks} == {"seen"}


@pytest.mark.parametrize(
    ("others", "rating", "kind"),
    [
        (5, 4, "seen"),
        (5, 3, "disliked"),
        (2, 3, "liked"),
        (1.5, 2, "liked"),
        (3.5, 4, "liked"),
        (3.5, 2, "disliked"),
        (3.5, 3, "seen"),
    ],
)
def test_a_rating_is_read_against_the_persons_own_mean(others: float, rating: float, kind: str) -> None:
    rest = [(f"Unknown {n}", 1990, others + (n % 3 - 1) / 4) for n in range(60)]
    assert marks(("r.csv", films(("Alien", 1979, rating), *rest))) == {"film-alien-1979": kind}


def test_what_was_given_up_counts_as_disliked_a_little() -> None:
    rows = [book("Dune", "Frank Herbert", 1965, 0, "did-not-finish"), book("Dracula", "Bram Stoker", 1897, 0, "read")]
    assert marks(("g.csv", table(exports.GOODREADS, *rows))) == {
        "book-dune-1965": "disliked",
        "book-dracula-1897": "seen",
    }


def test_the_rating_of_last_time_counts() -> None:
    data = letterboxd(
        [film("Alien", 1979, 5)],
        diary=[
            film("Alien", 1979, 5, **{"Watched Date": "2024-03-01"}),
            film("Alien", 1979, 1, **{"Watched Date": "2020-03-01"}),
        ],
    )
    assert marks(("l.zip", data)) == {"film-alien-1979": "liked"}


def test_what_is_played_again_and_again_is_liked() -> None:
    album = [item for item in demo().items if item.fields["kind"] == "album"][:3]
    plays = [
        (a.values("makers")[0], a.title, "x", 200_000)
        for a, times in zip(album, (40, 3, 2), strict=True)
        for _ in range(times)
    ]
    assert [*marks(("s.json", spotify(*plays))).values()] == ["liked", "seen", "seen"]


def test_what_is_owned_goes_along_whatever_else_is_said() -> None:
    data = b"Title,Year,Rating,Owned\nAlien,1979,5,yes\nJaws,1975,1,\nFargo,1996,,yes\n"
    session, report = bring_history([("t.csv", data)], demo())
    assert {m.item: (m.kind, m.owned) for m in session.marks} == {
        "film-alien-1979": ("liked", True),
        "film-jaws-1975": ("disliked", False),
        "film-fargo-1996": ("wanted", True),
    }
    assert "1 on the list, 2 your own." in report.text
    assert import_taste(export_taste(session)).marks == session.marks


def test_what_is_open_is_asked_once_or_left_out() -> None:
    data = b"Title,Rating\nBeauty and the Beast,5\nBeauty and the Beast,4\n"
    assert marks(("t.csv", data)) == {}
    asked: list[int] = []

    def choose(questions: Sequence[AmbiguousWork]) -> list[str | None]:
        asked.extend(len(question.items) for question in questions)
        return [question.items[0].id for question in questions]

    assert len(marks(("t.csv", data), choose=choose)) == 1 and asked == [2]


def test_what_is_open_can_be_answered_later() -> None:
    brought = open_history([("t.csv", b"Title,Rating\nBeauty and the Beast,5\nAlien,1\n")], demo())
    ((work, question),) = brought.questions.items()
    answer = question.items[1].id
    before, report = brought.taste({})
    assert [mark.item for mark in before.marks] == ["film-alien-1979"] and report.count("ambiguous") == 1
    after, report = brought.taste({work: answer})
    assert {mark.item for mark in after.marks} == {"film-alien-1979", answer} and report.count("matched") == 2


def test_facets_are_liked_by_lift_and_not_by_count() -> None:
    """Somebody who likes all space films, and films as they come besides, likes space and not drama."""
    catalogue = demo()
    space = [item for item in catalogue.items if "space" in item.values("themes")][:12]
    rest = [item for item in catalogue.items if item not in space][::20]
    found = interests_from([Verdict(Mark(item.id, "liked"), 0.8) for item in (*space, *rest)], catalogue)
    assert found[0].value == "space" and all(i.source == "profile" for i in found) and len(found) <= 6
    counts = catalogue.value_counts["genres"]
    assert max(counts, key=lambda value: counts[value]) not in {i.value for i in found}
    assert "times what chance would give" in found[0].quote
    hated = interests_from([Verdict(Mark(item.id, "disliked"), -0.7) for item in space], catalogue)
    assert ("space", "less") in {(i.value, i.level) for i in hated}


def test_who_reads_only_books_is_not_said_to_like_what_books_have() -> None:
    books = [item for item in demo().items if item.fields["kind"] == "book"][::5]
    found = interests_from([Verdict(Mark(item.id, "liked"), 0.8) for item in books], demo())
    assert not {"literary fiction", "English"} & {i.value for i in found}


def test_all_that_was_liked_speaks_together_where_the_index_knows_what_people_like() -> None:
    data = letterboxd([film(*one, 5) for one in SOME[:3]] + [film(*SOME[3], 1)])
    session, _ = bring_history([("l.zip", data)], demo(), behaviour=True)
    (one,) = (interest for interest in session.profile if interest.of_many)
    assert (one.label, one.strength) == ("what you liked", 1.0)
    assert set(one.items) == {mark.item for mark in session.marks if mark.kind == "liked"} and len(one.items) == 3
    assert import_taste(export_taste(session)).profile == session.profile
    fewer, _ = bring_history([("l.zip", letterboxd([film(*one, 5) for one in SOME[:2]]))], demo(), behaviour=True)
    without, _ = bring_history([("l.zip", data)], demo())
    assert not any(interest.of_many for interest in (*fewer.profile, *without.profile))


def test_the_report_names_every_row(tmp_path: Path) -> None:
    data = b"Title,Year,Rating\nAlien,1979,5\nBlade Runner,,4\nNo Such Film,2001,3\n"
    session, report = bring_history([("t.csv", data)], demo())
    assert "1 of 3 rows are in the catalogue: 1 liked" in report.text and "1 may be more than one item" in report.text
    write_report(report, demo(), tmp_path / "report.csv")
    rows = list(csv.DictReader((tmp_path / "report.csv").read_text(encoding="utf-8").splitlines()))
    assert [(r["line"], r["outcome"], r["item"]) for r in rows][::2] == [
        ("2", "matched", "film-alien-1979"),
        ("4", "absent", ""),
    ]
    assert rows[1]["item"].count(";") == 1
    again = import_taste(export_taste(session))
    assert (again.marks, again.profile) == (session.marks, session.profile)


# more like everything that was loved


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    groups = {"space": "Star", "war": "Battle", "romance": "Kiss"}
    items = [
        Item(
            f"{genre}{n}",
            f"{word} of {'ABCDEFGHJKLM'[n]}shfell",
            fields={"genres": (genre,), "year": 1990 + n, "kind": "film"},
        )
        for genre, word in groups.items()
        for n in range(12)
    ]
    yield Assistant(build_index(items, tmp_path_factory.mktemp("rows"), HashEncoder()))


LOVED = Session(
    marks=tuple(Mark(f"{genre}{n}", "liked", "seen") for genre in ("space", "war", "romance") for n in range(3))
)


def test_rows_are_of_different_works_and_say_truly_why(assistant: Assistant) -> None:
    found = shelves(assistant, LOVED, rows=3, k=4)
    assert len(found) == 3 and all(shelf.text.startswith("Because of ") and shelf.picks for shelf in found)
    picked = [pick.item.id for shelf in found for pick in shelf.picks]
    assert len(set(picked)) == len(picked) and not set(picked) & {mark.item for mark in LOVED.marks}
    for shelf in found:
        genres = {item.values("genres") for item in shelf.because}
        assert {pick.item.values("genres") for pick in shelf.picks} == genres and len(genres) == 1
        named = {("item", item.id) for item in shelf.because}
        assert all(sum(s.value for s in pick.shares if s.key in named) > 0 for pick in shelf.picks)


@pytest.mark.extra("train")
def test_with_ratings_of_others_a_history_has_their_behaviour(tmp_path: Path) -> None:
    """Two crowds, whose works are alike in all but who likes them."""
    draw = np.random.default_rng(0)
    rows = [Rating(f"u{u}", (), f"{'ab'[u % 2]}{n}", 5) for u in range(60) for n in draw.choice(10, 6, replace=False)]
    items = [Item(f"{crowd}{n}", f"Work {crowd}{n}", fields={"genres": ("x",)}) for crowd in "ab" for n in range(10)]
    index = build_index(items, tmp_path / "rated", HashEncoder(), factors=item_factors(rows, 2))
    session, _ = bring_history([("t.csv", b"Title,Rating\nWork a0,5\nWork a1,5\nWork a2,4\n")], index.catalogue)
    (row,) = shelves(Assistant(index), session, rows=1, k=20)
    by_crowd = {
        crowd: [s.value for p in row.picks if p.item.id[0] == crowd for s in p.shares if s.block == "behaviour"]
        for crowd in "ab"
    }
    assert len(by_crowd["a"]) >= 7 and min(by_crowd["a"]) > max(by_crowd["b"], default=0.0)


def test_works_that_are_called_alike_are_told_apart() -> None:
    names = {
        "film-star-wars-1977": "Star Wars (film)",
        "film-alien-1979": "Alien",
        "album-star-wars-1977": "Star Wars (album)",
    }
    assert titles_apart([demo().get(item) for item in names]) == list(names.values())
    twins = [Item(n, "Twin", fields={"year": 1999}) for n in ("a", "b")]
    assert titles_apart(twins) == ["Twin", "Twin"]


def test_what_is_ruled_out_is_in_no_row_and_nothing_loved_gives_none(assistant: Assistant) -> None:
    never = Session(marks=LOVED.marks, interests=(Interest("genres", "war", level="never"),))
    picks = [pick for shelf in shelves(assistant, never) for pick in shelf.picks]
    assert picks and all(pick.item.values("genres") != ("war",) for pick in picks)
    assert shelves(assistant, Session()) == ()


def test_the_index_may_lack_what_was_loved(index: Index) -> None:
    assert shelves(Assistant(index), Session(marks=(Mark("gone", "liked"),))) == ()


def test_the_next_part_of_what_was_liked_comes_first_and_no_later_one(tmp_path: Path) -> None:
    titles = ["Low Cycle", "Low Cycle II", "Low Cycle III", "Low Cycle IV", "Far Weir", "Grey Sill", "Ember Row"]
    items = [Item(f"i{n}", title, "A siege.", {"tags": ("siege", "old")}) for n, title in enumerate(titles)]
    assistant = Assistant(build_index(items, tmp_path / "index", HashEncoder(32)))
    first, *rest = shelves(assistant, Session(marks=(Mark("i0", "liked"), Mark("i1", "liked"))))
    assert first.follows and first.text == "What comes after Low Cycle II"
    assert [pick.item.id for pick in first.picks] == ["i2"]
    assert rest and not {"i0", "i1", "i2", "i3"} & {pick.item.id for shelf in rest for pick in shelf.picks}
    bored = Session(marks=(Mark("i0", "liked"), Mark("i1", "disliked")))
    assert not any(shelf.follows for shelf in shelves(assistant, bored))
