"""What a report says of pages: by hand where they are few, and of made-up people over the demo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Assistant
from penchant.assistant.reporting import (
    PLACES,
    Page,
    Report,
    Showings,
    Want,
    as_json,
    as_markdown,
    compare,
    declared_groups,
    genres_of,
    measured,
    plots,
    population,
    read_audit,
    read_knobs,
    sections,
    simulate,
    write_report,
)
from penchant.assistant.reporting.jackknife import change_over_sessions, over_sessions
from penchant.assistant.reporting.showings import gini, never_shown
from penchant.retriever import Catalogue, Item, PenchantError, build_index, infer_schema
from penchant.retriever.encoding import HashEncoder
from penchant.retriever.progress import Progress

from .conftest import write_jsonl
from .demo import demo, gazetteer

HALVES = np.array([1, 1 / np.log2(3)]) / (1 + 1 / np.log2(3))
"""The parts of a page of two places."""
FEW = tuple(
    Item(f"i{n}", f"Item {n}", fields={"genres": (genre,), "country": country, "year": 1990 + n})
    for n, (genre, country) in enumerate([("noir", "Japan")] * 3 + [("farce", "Chile")] * 3)
)


@pytest.fixture(scope="module")
def few() -> Catalogue:
    return Catalogue(FEW, infer_schema(FEW))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("demo")
    return Assistant(build_index(demo().items, folder, HashEncoder(48), schema=demo().schema), gazetteer=gazetteer())


@pytest.fixture(scope="module")
def shown(assistant: Assistant) -> Showings:
    return simulate(assistant, population(assistant.index.catalogue, 60, 7))


def report_of(shown: Showings, catalogue: Catalogue, **groups: str) -> Report:
    declared = declared_groups(catalogue, [f"{name}={value}" for name, value in groups.items()])
    return measured(shown, catalogue, "test", declared, genres_of(catalogue.schema))


def line(session: str, *items: str, **more: object) -> dict[str, object]:
    places = [{"id": item, "rank": n, "score": 0.5, "shares": []} for n, item in enumerate(items, 1)]
    return {"v": 1, "catalogue": "few", "door": "rest", "session": session, "turn": 1, "items": places, **more}


def test_an_audit_log_is_read_with_what_was_rotated_away(tmp_path: Path, few: Catalogue) -> None:
    wanted = {"tag": "noir", "facet": "genres", "level": "want", "weight": 1.0}
    write_jsonl(tmp_path / "audit.1", [line("a", "i0", "i3", interests=[wanted])])
    log = write_jsonl(tmp_path / "audit", [line("a", "i1", "i0"), line("b", "gone"), {"v": 2}])
    log.write_text(log.read_text() + '{"v": 1, "sess', encoding="utf-8")
    (tmp_path / "audit.key").write_text("secret")
    found = read_audit(log, few)
    assert found.showings.pages == (Page("a", (0, 3), (Want("genres", "noir"),)), Page("a", (1, 0)))
    assert (found.unread, found.foreign) == (2, 1)
    assert len(found.notes) == 2
    assert found.showings.exposure == pytest.approx([0.5, HALVES[0] / 2, 0, HALVES[1] / 2, 0, 0])


def test_the_places_of_a_log_are_its_ranks_and_labels_are_values(tmp_path: Path, few: Catalogue) -> None:
    label = {"tag": "genres: noir", "facet": "genres", "level": "want", "weight": 0.4}
    ignored = [{"tag": "farce", "facet": "genres", "level": "never", "weight": 0}, {"tag": "odd", "facet": None}]
    row = line("a", "i0", "i3", interests=[label, *ignored])
    row["items"] = row["items"][::-1]  # type: ignore[index]
    (page,) = read_audit(write_jsonl(tmp_path / "audit", [row]), few).showings.pages
    assert page == Page("a", (0, 3), (Want("genres", "noir", 0.4),))


def test_of_an_item_that_was_liked_a_log_has_the_title(tmp_path: Path, few: Catalogue) -> None:
    liked = {"tag": "Item 4", "facet": "item", "level": "want", "weight": 1.0}
    shown = read_audit(write_jsonl(tmp_path / "audit", [line("a", "i3", "i5", interests=[liked])]), few).showings
    assert shown.pages[0].wants == (Want("item", "i4"),)
    drift = report_of(shown, few).calibration
    assert drift and drift.mean == pytest.approx(0, abs=1e-9)  # a farce was liked, and two are shown


def test_a_log_of_another_catalogue_is_refused(tmp_path: Path, few: Catalogue) -> None:
    with pytest.raises(PenchantError, match="none of its 1 lines is a page of this catalogue"):
        read_audit(write_jsonl(tmp_path / "audit", [line("a", "other")]), few)
    with pytest.raises(PenchantError, match="cannot be read"):
        read_audit(tmp_path / "absent", few)


def test_figures_of_a_few_pages(few: Catalogue) -> None:
    pages = [Page("a", (0, 3), (Want("genres", "noir"),)), Page("b", (1, 0), (Want("genres", "noir"),))]
    found = report_of(Showings.of(pages, len(few)), few, country="Japan")
    assert (found.sessions, found.pages, found.items, found.unshown.mean) == (2, 2, 6, 0.5)
    declared, genres = found.tables[0], {table.by: table for table in found.tables}
    (japan,) = declared.groups
    assert japan.items == 3 and japan.catalogue == 0.5
    assert japan.exposure.mean == pytest.approx((HALVES[0] + 1) / 2)
    assert (japan.exposure.low, japan.exposure.high) == pytest.approx((HALVES[0], 1))
    assert not japan.apart and "fewer than 20 sessions" in found.notes[-1], "two sessions tell nothing"
    assert "genres" not in genres and set(genres) >= {"country"}
    # Of the first page a part is no noir, q' = .99 * its part + .01; of the second none is.
    assert found.calibration and found.calibration.mean == pytest.approx(-np.log(0.99 * HALVES[0] + 0.01) / 2)


def test_the_interval_of_a_mean_by_the_jackknife_is_that_of_students_t() -> None:
    """Of one item's exposure, which is a mean over pages: of 20 sessions of a page each, the textbook's interval."""
    from scipy.stats import t  # type: ignore[import-untyped]

    draw = np.random.default_rng(3)
    pages = [Page(f"s{n:02}", (int(draw.random() < 0.3),)) for n in range(20)]
    shown = Showings.of(pages, 2)
    found = over_sessions("second", shown, lambda exposure: float(exposure[1]))
    values = np.array([page.rows[0] for page in pages], dtype=float)
    low, high = t.interval(0.95, 19, values.mean(), values.std(ddof=1) / np.sqrt(20))
    assert (found.mean, found.low, found.high) == pytest.approx((values.mean(), low, high), abs=1e-3)


def test_intervals_of_gini_hold_what_many_more_sessions_show() -> None:
    """Nineteen times in twenty, nearly: 60 lots of 100 sessions, who see one of 30 items by a law."""
    odds = 1 / np.arange(1, 31)
    odds /= odds.sum()

    def lot(seed: int, count: int) -> Showings:
        draw = np.random.default_rng(seed)
        rows = draw.choice(30, size=(count, 3), p=odds)
        return Showings.of([Page(f"s{n}", (int(a), int(b), int(c))) for n, (a, b, c) in enumerate(rows)], 30)

    truth = np.mean([gini(lot(seed, 100).exposure) for seed in range(1000, 1100)])
    found = [over_sessions("gini", lot(seed, 100), gini) for seed in range(60)]
    assert sum(one.low <= truth <= one.high for one in found) >= 50
    assert all(one.low < one.mean < one.high for one in found)


def test_one_session_has_no_interval_and_the_same_pages_no_difference() -> None:
    shown = Showings.of([Page("a", (0, 1)), Page("a", (1,))], 3)
    one = over_sessions("gini", shown, gini)
    assert one.low == one.mean == one.high == gini(shown.exposure)
    some = Showings.of([Page(f"s{n % 7}", (n % 3,)) for n in range(30)], 4)
    change = change_over_sessions("unshown", some, some, never_shown)
    assert (change.mean, change.low, change.high) == (0, 0, 0) and never_shown(some.exposure) == 0.25


def test_gini_of_what_is_known() -> None:
    assert gini(np.ones(5)) == pytest.approx(0)
    assert gini(np.array([0.0, 0, 0, 1])) == pytest.approx(0.75)
    assert gini(np.array([0.0, 1])) == pytest.approx(0.5)


@given(st.lists(st.lists(st.integers(0, 9), max_size=6, unique=True), max_size=8))
def test_exposure_sums_to_one_and_each_page_counts_as_much(rows: list[list[int]]) -> None:
    shown = Showings.of([Page(str(n % 3), tuple(page)) for n, page in enumerate(rows)], 10)
    assert shown.exposure.sum() == pytest.approx(1 if any(rows) else 0)
    by_page = shown.by_page(np.eye(10))
    assert by_page.sum(axis=1) == pytest.approx(np.ones(len(shown.pages)))
    assert not len(by_page) or by_page.mean(axis=0) == pytest.approx(shown.exposure)
    assert 0 <= gini(shown.exposure) < 1


def test_people_are_the_same_for_a_seed_and_want_what_the_catalogue_has() -> None:
    people = population(demo(), 40, 7)
    assert people[:10] == population(demo(), 10, 7) != population(demo(), 10, 8)
    for person in people:
        said = [interest for turn in person.agenda for interest in turn]
        assert 1 <= len(person.agenda) <= 4 and all(person.agenda) and 1 <= len(person.wants) <= 5
        assert {(i.facet, i.value) for i in said if i.level == "want"} == set(person.wants)
        assert [(i.facet, i.value) for i in said if i.level == "never"] == [person.refuses] * bool(person.refuses)
        assert all(demo().holding(*want).sum() >= 3 for want in person.wants)


def test_simulated_pages_keep_what_is_refused_away(assistant: Assistant, shown: Showings) -> None:
    people = {p.name: p for p in population(assistant.index.catalogue, 60, 7)}
    assert len(shown.pages) == sum(len(p.agenda) for p in people.values())
    again = simulate(assistant, list(people.values())[:5])
    assert again.pages == shown.pages[: len(again.pages)]
    last = {page.session: page for page in shown.pages}
    for name, page in last.items():
        assert len(set(page.rows)) == len(page.rows) <= PLACES and page.wants
        if refused := people[name].refuses:
            assert not assistant.index.catalogue.holding(*refused)[list(page.rows)].any()
    assert any(want.facet == "item" for page in shown.pages for want in page.wants), "nobody liked anything"


def test_texts_are_encoded_before_anybody_speaks(tmp_path: Path) -> None:
    class Counting(HashEncoder):
        batches: list[int] = []  # noqa: RUF012

        def encode(self, texts: object) -> np.ndarray:  # type: ignore[override]
            self.batches.append(len(list(texts)))  # type: ignore[call-overload]
            return super().encode(texts)  # type: ignore[arg-type]

    index = build_index(demo().items, tmp_path, Counting(48), schema=demo().schema)
    people = population(index.catalogue, 5, 7)
    Counting.batches.clear()
    simulate(Assistant(index, gazetteer=gazetteer()), people)
    said = {i.words for person in people for turn in person.agenda for i in turn}
    assert Counting.batches[0] == len(said)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("country", "write FIELD=VALUE"),
        ("colour=red", "no field 'colour'"),
        ("country=Atlantis", "no item of the catalogue is in it"),
        ("year=about 1990", "not a range"),
    ],
)
def test_groups_that_cannot_be_meant(few: Catalogue, said: str, fault: str) -> None:
    with pytest.raises(PenchantError, match=fault):
        declared_groups(few, [said])


def test_groups_of_a_file(few: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "groups.toml"
    file.write_text('["South"]\ncountry = ["Chile"]\nyear = "< 1991"\n', encoding="utf-8")
    groups = declared_groups(few, ["genres=noir"], file)
    assert {name: mask.tolist() for name, mask in groups.items()} == {
        "South": [True, False, False, True, True, True],
        "genres=noir": [True] * 3 + [False] * 3,
    }
    file.write_text("country = 1")
    with pytest.raises(PenchantError, match=r"groups\.toml: not groups"):
        declared_groups(few, [], file)


def test_what_a_catalogue_says_is_text_in_the_report(tmp_path: Path) -> None:
    evil = "<script src=http://evil.test>|[x](http://evil.test)\n# head"
    items = [replace(item, fields={**item.fields, "country": evil}) for item in FEW[:3]] + list(FEW[3:])
    catalogue = Catalogue(items, infer_schema(items))
    found = report_of(Showings.of([Page("a", (0, 3))], 6), catalogue)
    text = as_markdown(sections(found))
    assert "evil.test" in text and "\n# head" not in text and "<script" not in text.replace("\\<script", "")


@contextmanager
def silent(title: str) -> Iterator[Progress]:
    yield lambda done, total: None


@pytest.mark.extra("report")
def test_files_are_whole_and_fetch_nothing(shown: Showings, assistant: Assistant, tmp_path: Path) -> None:
    catalogue = assistant.index.catalogue
    found, ids = report_of(shown, catalogue, country="Japan"), [item.id for item in catalogue.items]
    write_report(tmp_path / "new" / "out", found, sections(found), ids)
    page = (tmp_path / "new" / "out" / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg role=") == 1 + len(found.tables) and "<table>" in page
    assert not any(part in page for part in ("<script", "src=", "@import", "<link", "url(http"))
    assert (tmp_path / "new" / "out" / "report.md").read_text("utf-8") == as_markdown(sections(found))
    figures = json.loads((tmp_path / "new" / "out" / "report.json").read_text("utf-8"))
    assert figures["gini"]["mean"] == found.gini.mean and len(figures["least_shown"]) == len(ids) // 2
    assert sum(figures["exposure"].values()) == pytest.approx(1)
    with pytest.raises(PenchantError, match="is there already"):
        write_report(tmp_path / "new" / "out", found, sections(found), ids)


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "find_spec", lambda name: None)
    with pytest.raises(PenchantError, match=r"pip install 'penchant\[report\]'"):
        plots.require_plots()


@pytest.mark.extra("report")
def test_an_interruption_leaves_nothing(
    shown: Showings, assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = report_of(shown, assistant.index.catalogue)
    ids = [item.id for item in assistant.index.catalogue.items]
    written: list[Path] = []

    def interrupted(path: Path, text: str, encoding: str) -> int:
        if written:
            raise KeyboardInterrupt
        written.append(path)
        path.touch()
        return 0

    monkeypatch.setattr(Path, "write_text", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_report(tmp_path / "out", found, sections(found), ids)
    assert written and not list(tmp_path.iterdir())


@pytest.mark.parametrize("said", ["colour=1", "exposure", "exposure=x", "exposure=nan", "calibration=1.5"])
def test_knobs_that_are_none(said: str) -> None:
    with pytest.raises(PenchantError, match=f"--knob {said}: "):
        read_knobs([said])


def test_what_knobs_change(shown: Showings, assistant: Assistant) -> None:
    people = population(assistant.index.catalogue, 60, 7)
    found = report_of(shown, assistant.index.catalogue)
    for knobs, name, sign in (
        ({"exposure": 0.4}, "exposure of the least shown half", 1),
        ({"calibration": 0.5}, "divergence of genres from tastes", -1),
    ):
        comparison = compare(assistant, people, shown, found, knobs, [], silent)
        change = {c.name: c for c in comparison.changes}[name]
        assert sign * change.difference.low > 0 and sign * change.difference.high > 0
        assert change.with_knobs - change.without == pytest.approx(change.difference.mean)
    assert json.dumps(as_json(found, [i.id for i in demo().items], comparison)["knobs"])
    assert "What the knobs change" in as_markdown(sections(found, comparison))
