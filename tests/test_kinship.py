"""Series, makers and versions: told by values and titles, and a page that is not all of one of them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.retriever import Index, Interest, Item, SearchConfig, build_index, infer_schema, search
from penchant.retriever.catalogue import Catalogue
from penchant.retriever.catalogue.kinship import MAKER, SERIES, VERSION, Bond, Kinship, says_edition
from penchant.retriever.catalogue.kinship.title_series import series_of
from penchant.retriever.encoding import HashEncoder
from penchant.retriever.ranking.interest import limit_value
from penchant.retriever.ranking.reordering import Bounds, spread

WRITERS = ("Ada Holm", "Bo Reyes", "Cy Anand", "Di Novak", "Eli Sorn", "Flo Hart", "Gus Pell")


def _shelf() -> list[Item]:
    """Six parts of one cycle by one hand, twelve others, and six of something else."""
    parts = [_story(f"s{n}", f"Tallow Gate {n}", 0) | {"Zyklus": "Tallow Gate"} for n in range(1, 7)]
    names = "Ashwater,Blue Fen,Cold Oar,Dry Lantern,Ember Row,Far Weir,Grey Sill,High Loam,Iron Quay,Jet,Kelp,Low Ash"
    others = [_story(f"o{n}", name, 1 + n % 6) for n, name in enumerate(names.split(","))]
    rest = [
        _story(f"r{n}", f"{word} Supper", 1 + n, "cooking")
        for n, word in enumerate("Plain Warm Late Poor Rich Odd".split())
    ]
    return [Item(row.pop("id"), row.pop("title"), f"A {row['tags'][0]}.", row) for row in (*parts, *others, *rest)]


def _story(name: str, title: str, writer: int, tag: str = "siege") -> dict[str, Any]:
    return {"id": name, "title": title, "von": WRITERS[writer], "tags": (tag, "old" if writer % 2 else "new")}


def _kinship(items: Sequence[Item]) -> Kinship:
    return Kinship(Catalogue(items, infer_schema(items)))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return build_index(_shelf(), tmp_path_factory.mktemp("shelf"), HashEncoder(32))


def test_fields_of_series_and_makers_are_told_by_their_values() -> None:
    fields = _kinship(_shelf()).fields
    assert fields.series == ("Zyklus",)
    assert fields.makers == fields.close == ("von",)


def test_casts_places_and_kinds_bind_nothing() -> None:
    casts = [tuple(f"Actor{(n + step) % 9} Smith" for step in range(4)) for n in range(30)]
    items = [
        Item(
            str(n),
            f"Title {chr(65 + n)}",
            "",
            {
                "cast": cast,
                "country": ("France", "Peru", "Chad")[n % 3],
                "state": ("UT", "OH", "IA", "ME")[n % 4],
                "shape": "Sedan",
            },
        )
        for n, cast in enumerate(casts)
    ]
    assert _kinship(items).fields.close == ()
    assert _kinship(items).fields.series == ()


@pytest.mark.parametrize(
    "titles",
    [
        ("Tallow Gate", "Tallow Gate II", "Tallow Gate 3: The Ford"),
        ("Marl Vol. 1", "Marl Vol. 2", "Marl, Volume Three"),
        ("The Reed Clock: Dusk", "The Reed Clock: Dawn"),
        ("Quern", "Quern: Part Two"),
        ("Low Fire (The Osier Books, #1)", "High Fire (The Osier Books, #2)"),
        ("石门", "石门2", "石门第三部"),
    ],
)
def test_titles_alone_show_a_series(titles: tuple[str, ...]) -> None:
    found = series_of([*titles, "Something Else"], [frozenset()] * (len(titles) + 1))
    assert len(set(found[:-1])) == 1, found
    assert found[0]
    assert not found[-1]


@pytest.mark.parametrize(
    ("titles", "makers"),
    [
        (("Symphony No. 5", "Symphony No. 9"), ("Ada Holm", "Bo Reyes")),
        (("Best Of", "Best Of", "Best Of II"), ("Ada Holm", "Bo Reyes", "Cy Anand")),
        (("Summer 1969", "Summer 1971"), ("Ada Holm", "Ada Holm")),
        (("Essays: On Rain", "Essays: On Salt"), ("Ada Holm", "Bo Reyes")),
    ],
)
def test_titles_that_anybody_may_give_show_none(titles: tuple[str, ...], makers: tuple[str, ...]) -> None:
    assert not any(series_of(titles, [frozenset((maker,)) for maker in makers]))


def test_versions_are_of_one_work_by_one_maker() -> None:
    rows = [
        ("Slow Copper", "Ada Holm"),
        ("Slow Copper (Deluxe Edition)", "Ada Holm"),
        ("Slow Copper - Remastered 2011", "Ada Holm"),
        ("Slow Copper", "Bo Reyes"),
        ("Slow Copper (Green Album)", "Ada Holm"),
        ("Field Botany, 2nd Edition", "Cy Anand"),
        ("Field Botany", "Cy Anand"),
        ("Field Botany: Second Edition", "Cy Anand"),
    ]
    rows += [(f"Tune {chr(65 + n)}", f"Singer {chr(65 + n)}") for n in range(9)]
    kinship = _kinship([Item(str(n), title, "", {"artist": maker}) for n, (title, maker) in enumerate(rows)])
    assert [kinship.versions(row) for row in range(8)] == [[1, 2], [0, 2], [0, 1], [], [], [6, 7], [5, 7], [5, 6]]
    assert [bond.kind for bond in kinship.bonds(0)][:1] == [VERSION]
    assert says_edition("the remastered edition please")
    assert not says_edition("a quiet film about copper")


def _calls(items: Sequence[Item]) -> int:
    """How many calls it takes to decide what binds the items."""
    kinship, calls = _kinship(items), 0
    kinship.catalogue.prepare()

    def count(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        kinship.prepare()
    finally:
        sys.setprofile(None)
    return calls


def test_it_is_decided_in_time_in_proportion_to_the_items() -> None:
    def items(count: int) -> list[Item]:
        return [
            Item(str(n), f"Untitled {n % 50}", "", {"artist": f"Maker{n % (count // 20)} Smith"}) for n in range(count)
        ]

    assert _calls(items(4000)) < 2.4 * _calls(items(2000))


def test_a_page_has_two_of_a_series_and_the_next_the_others(shelf: Index) -> None:
    wish = [Interest("", "Tallow Gate siege")]
    raw = search(shelf, wish, 5, search_config=SearchConfig(most_alike=0)).picks
    assert sum(pick.item.id[0] == "s" for pick in raw) > 2, "the wording alone fills the page with one series"
    page = search(shelf, wish, 5).picks
    assert sum(pick.item.id[0] == "s" for pick in page) == 2
    assert len(page) == 5
    assert page[0].item == raw[0].item
    assert any(pick.instead == Bond(SERIES, "tallow gate", "") or pick.instead for pick in page)
    following = search(shelf, wish, 5, hidden=[pick.item.id for pick in page]).picks
    assert sum(pick.item.id[0] == "s" for pick in following) == 2


def test_who_names_the_series_or_the_maker_gets_all_of_it(shelf: Index) -> None:
    for facet, value in (("Zyklus", "Tallow Gate"), ("von", "Ada Holm")):
        picks = search(shelf, [Interest(facet, value)], 5).picks
        assert [pick.item.id[0] for pick in picks] == ["s"] * 5


def test_what_is_all_that_fits_still_fills_the_page(shelf: Index) -> None:
    only = [name for name in shelf.catalogue.row if name[0] != "s"]
    assert len(search(shelf, [Interest("tags", "siege")], 5, hidden=only).picks) == 5


def test_what_the_person_said_of_it_holds_though_nothing_else_is_left(shelf: Index) -> None:
    said = Interest("", limit_value(MAKER, 1), level="never")
    picks = search(shelf, [Interest("tags", "siege"), said], 10).picks
    assert sorted(pick.item.values("von")[0] for pick in picks) == sorted(WRITERS)
    twice = search(shelf, [Interest("von", "Ada Holm"), Interest("", limit_value(SERIES, 2), level="never")], 12).picks
    assert sum(pick.item.id[0] == "s" for pick in twice) == 2


groups = st.lists(st.sampled_from("abcd"), max_size=30)


@given(groups, st.integers(1, 8), st.integers(1, 3))
def test_spreading_loses_nothing_and_keeps_the_order_of_what_it_takes(names: list[str], places: int, most: int) -> None:
    found = spread(
        range(len(names)),
        lambda n: [Bond(MAKER, names[n], names[n])],
        Bounds({MAKER: most}),
        lambda n, other: True,
        places,
        len(names),
    )
    assert sorted(found.order) == list(range(len(names)))
    page = found.order[:places]
    assert page == sorted(page)
    counts = Counter(names[n] for n in page)
    if max(counts.values(), default=0) > most:
        assert all(counts[name] >= min(most, names.count(name)) for name in names), "others would have had the place"
    if names:
        assert page[0] == 0, "the best stays first"


@given(groups, st.integers(1, 8))
def test_nothing_is_set_aside_for_what_fits_less(names: list[str], places: int) -> None:
    found = spread(
        range(len(names)),
        lambda n: [Bond(MAKER, names[n], names[n])],
        Bounds({MAKER: 1}),
        lambda n, other: False,
        places,
        len(names),
    )
    assert found.order == list(range(len(names)))
    assert not found.instead


@pytest.mark.parametrize(
    ("titles", "after", "found"),
    [
        (["Tallow Gate", "Tallow Gate II", "Tallow Gate 3: Ash"], "Tallow Gate", "Tallow Gate II"),
        (["Tallow Gate", "Tallow Gate II", "Tallow Gate 3: Ash"], "Tallow Gate II", "Tallow Gate 3: Ash"),
        (["Tallow Gate", "Tallow Gate II", "Tallow Gate 3: Ash"], "Tallow Gate 3: Ash", None),
        (
            ["Ash (Low Cycle, #2)", "Bone (Low Cycle, #10)", "Coal (Low Cycle, #1)"],
            "Ash (Low Cycle, #2)",
            "Bone (Low Cycle, #10)",
        ),
        (
            ["Ash (Low Cycle, #2)", "Bone (Low Cycle, #10)", "Coal (Low Cycle, #1)"],
            "Coal (Low Cycle, #1)",
            "Ash (Low Cycle, #2)",
        ),
        (["Plain Supper", "Another Thing"], "Plain Supper", None),
    ],
)
def test_the_next_part_of_a_series(titles: list[str], after: str, found: str | None) -> None:
    kinship = _kinship([Item(title, title, fields={"by": "Ada Holm"}) for title in titles])
    row = kinship.next_part(titles.index(after))
    assert (None if row is None else titles[row]) == found


def test_parts_without_numbers_follow_by_their_years() -> None:
    rows = [("Low Cycle: Ash", 1990), ("Low Cycle: Coal", 1984), ("Low Cycle: Bone", 1996)]
    kinship = _kinship([Item(title, title, fields={"by": "Ada Holm", "year": year}) for title, year in rows])
    assert [kinship.next_part(n) for n in range(3)] == [2, 0, None]
