"""Ratings are read the same from every form, errors name the line, and examples keep to what the ratings say."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penchant.retriever import CatalogueError, Item, infer_schema
from penchant.retriever.catalogue.columns import Catalogue
from penchant.retriever.catalogue.rating_scale import Scale
from penchant.retriever.catalogue.ratings import Rating, read_ratings, read_withdrawn, sample_people
from penchant.retriever.errors import TrainingError
from penchant.retriever.training.examples import Example, split_people, write_examples

from .conftest import make_items, write_jsonl

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="|", exclude_categories=("C", "Z")), min_size=1)
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True)
NUMBERS = st.integers(-10, 10) | st.floats(-10, 10, allow_subnormal=False)
RATINGS = st.builds(
    Rating, NAMES, st.lists(WORDS, max_size=3).map(tuple), NAMES, NUMBERS.map(float), st.integers(0, 10**9).map(float)
)
in_a_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def rows_of(ratings: list[Rating]) -> list[dict[str, object]]:
    return [
        {"user": r.user, "tags": list(r.queries), "item": r.item, "rating": r.rating, "timestamp": r.time}
        for r in ratings
    ]


@in_a_folder
@given(st.lists(RATINGS, min_size=1, max_size=8))
def test_json_lines_and_parquet_round_trip(tmp_path: Path, ratings: list[Rating]) -> None:
    rows = rows_of(ratings)
    assert list(read_ratings(write_jsonl(tmp_path / "r.jsonl", rows))) == ratings
    pyarrow.parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "r.parquet")
    assert list(read_ratings(tmp_path / "r.parquet")) == ratings


@in_a_folder
@given(st.lists(RATINGS, min_size=1, max_size=8))
def test_csv_and_the_old_form_round_trip(tmp_path: Path, ratings: list[Rating]) -> None:
    lines = ["userId,movieId,rating,timestamp", *(f"{r.user},{r.item},{r.rating!r},{r.time!r}" for r in ratings)]
    old = [f"{r.user}::{r.item}::{r.rating!r}::{r.time!r}" for r in ratings]
    expected = [Rating(r.user, (), r.item, r.rating, r.time) for r in ratings]
    assert list(read_ratings(write(tmp_path / "ratings.csv", "\n".join(lines)))) == expected
    assert list(read_ratings(write(tmp_path / "ratings.dat", "\n".join(old) + "\n"))) == expected


def test_tags_of_a_csv_cell_and_one_message(tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", 'query,item,rating\nslow | grief,i1,5\n"a film, please",i2,1\n')
    one, two = read_ratings(path)
    assert one.queries == ("slow", "grief") and two.queries == ("a film, please",)
    assert one.person == "slow|grief" and one.user == ""


@pytest.mark.parametrize("word", ["na", "none", "unknown", "?"])
def test_ids_and_words_are_what_they_say_also_where_a_cell_would_be_empty(tmp_path: Path, word: str) -> None:
    rows = [{"user": word, "tags": [word], "item": word, "rating": 1, "timestamp": word}]
    assert list(read_ratings(write_jsonl(tmp_path / "r.jsonl", rows))) == [Rating(word, (word,), word, 1.0)]
    path = write(tmp_path / "r.csv", f"user,query,item,rating,timestamp\n{word},{word},{word},1,{word}\n")
    assert list(read_ratings(path)) == [Rating(word, (word,), word, 1.0)]


def test_ids_are_texts_however_a_table_holds_them(tmp_path: Path) -> None:
    table = pa.table({"user_id": [1, 2], "movieId": [7.0, 8.0], "rating": [True, False]})
    pyarrow.parquet.write_table(table, tmp_path / "r.parquet")
    assert list(read_ratings(tmp_path / "r.parquet")) == [Rating("1", (), "7", 1.0), Rating("2", (), "8", 0.0)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"user": "u", "rating": 1}, "no item"),
        ({"user": "u", "item": "i"}, "no rating"),
        ({"item": "i", "rating": 1}, "neither a 'user' nor a 'query'"),
        ({"user": "u", "item": "i", "rating": "good"}, "rating must be a number, not 'good'"),
        ({"user": "u", "item": "i", "rating": "inf"}, "rating must be a number"),
        ({"user": "u", "item": ["i"], "rating": 1}, "item must be a text or a whole number"),
        ({"user": "u", "item": 1.5, "rating": 1}, "item must be a text or a whole number"),
        ({"query": {"a": 1}, "item": "i", "rating": 1}, "neither a 'user' nor a 'query'"),
        ({"query": [1], "item": "i", "rating": 1}, "query must be a text or a list of texts"),
        ({"query": [" "], "item": "i", "rating": 1}, "neither a 'user' nor a 'query'"),
        ({"user": "u", "item": "i", "rating": 1, "timestamp": "noon"}, "timestamp must be a number"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, row: dict[str, object], said: str) -> None:
    path = write_jsonl(tmp_path / "r.jsonl", [{"user": "u", "item": "i", "rating": 1}, row])
    with pytest.raises(TrainingError, match=r"r\.jsonl:2: ") as caught:
        list(read_ratings(path))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("r.dat", "1::2::3\n", "r.dat:1: expected userId::movieId::rating::timestamp"),
        ("r.dat", "1::2::x::4\n", "r.dat:1: the rating must be a number"),
        ("r.jsonl", "{\n", "not JSON"),
        ("r.csv", "user,item,rating\nu,i\n", "r.csv:2: no rating"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises((TrainingError, CatalogueError)) as caught:
        list(read_ratings(write(tmp_path / name, text)))
    assert said in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no such file"):
        list(read_ratings(tmp_path / "none.csv"))


@given(st.lists(RATINGS, max_size=40), st.integers(1, 5), st.randoms(use_true_random=False))
def test_a_sample_is_of_whole_people_whatever_the_order(ratings: list[Rating], most: int, rng: random.Random) -> None:
    sample = sample_people(ratings, most)
    people = {rating.person for rating in sample}
    assert len(people) == min(most, len({r.person for r in ratings}))
    assert sorted(sample, key=repr) == sorted((r for r in ratings if r.person in people), key=repr)
    shuffled = rng.sample(ratings, len(ratings))
    assert {rating.person for rating in sample_people(shuffled, most)} == people


@given(st.floats(-5, 5), st.floats(0.1, 10), st.floats(0, 1))
def test_a_scale_goes_there_and_back(low: float, width: float, label: float) -> None:
    scale = Scale(low, low + width)
    assert scale.label(scale.rating(label)) == pytest.approx(label, abs=1e-6)
    assert scale.label(low - 1) == 0 and scale.label(low + width + 1) == 1


def test_ratings_that_are_all_alike_say_that_the_item_was_chosen() -> None:
    assert Scale(1, 1).label(1) == 1


ITEMS = make_items(60)
CATALOGUE = Catalogue(ITEMS, infer_schema(ITEMS))


def user_ratings(people: int = 12, each: int = 8, seed: int = 0) -> list[Rating]:
    rng = random.Random(seed)
    return [
        Rating(f"u{n}", (), item.id, float(rng.randint(1, 5)), float(time))
        for n in range(people)
        for time, item in enumerate(rng.sample(ITEMS, each))
    ]


def test_words_of_a_rating_are_its_texts_one_by_one() -> None:
    ratings = [Rating("u", ("slow", "about grief"), "i1", 5), Rating("u", ("slow",), "unknown", 5)]
    examples = write_examples(ratings, CATALOGUE, Scale(1, 5), seed=0)
    assert examples == [Example("u", "slow", "i1", 1.0), Example("u", "about grief", "i1", 1.0)]


@given(st.integers(0, 1000))
@settings(max_examples=25)
def test_texts_are_written_from_liked_items_and_paired_with_others(seed: int) -> None:
    ratings, scale = user_ratings(seed=seed), Scale(1, 5)
    labels = {(r.user, r.item): scale.label(r.rating) for r in ratings}
    examples = write_examples(ratings, CATALOGUE, scale, seed)
    for example in examples:
        assert example.label == labels[example.person, example.item]
        assert example.known and example.item not in example.known
        assert all(labels[example.person, item] >= scale.liked for item in example.known)
    assert examples == write_examples(ratings, CATALOGUE, scale, seed)


def test_a_text_holds_nothing_but_what_its_items_do() -> None:
    facets = CATALOGUE.schema.of("facet")
    every = {value for item in ITEMS for name in facets for value in item.values(name)}
    for example in write_examples(user_ratings(), CATALOGUE, Scale(1, 5), seed=0):
        known = [CATALOGUE.get(item) for item in example.known]
        own = " ".join(json.dumps(item.to_dict()) for item in known)
        said = {value for value in every if f" {value} " in f" {example.query.replace(',', ' ').replace('.', ' ')} "}
        assert said and all(value in own for value in said)


def test_without_facets_a_text_is_the_item_itself() -> None:
    items = [Item(f"i{n}", f"Title {n}", f"Text {n}") for n in range(4)]
    ratings = [Rating("u", (), item.id, 5) for item in items]
    examples = write_examples(ratings, Catalogue(items, infer_schema(items)), Scale(1, 5), seed=0)
    assert {e.query for e in examples} <= {item.text for item in items}


@pytest.mark.parametrize(
    "ratings",
    [
        pytest.param([Rating("u", (), "i1", 5)], id="one rating"),
        pytest.param([Rating("u", (), "i1", 1), Rating("u", (), "i2", 1)], id="nothing liked"),
    ],
)
def test_nothing_is_written_for_who_says_too_little(ratings: list[Rating]) -> None:
    assert write_examples(ratings, CATALOGUE, Scale(1, 5), seed=0) == []


@given(st.integers(10, 200), st.integers(0, 99))
def test_a_split_is_by_person_and_whole(people: int, seed: int) -> None:
    examples = [Example(f"u{n % people}", f"q{n}", "i", 1.0) for n in range(3 * people)]
    split = split_people(examples, seed)
    parts = [split.train, split.validation, split.test]
    assert sorted((e for part in parts for e in part), key=repr) == sorted(examples, key=repr)
    persons = [{e.person for e in part} for part in parts]
    assert all(persons) and not (persons[0] & persons[1] or persons[0] & persons[2] or persons[1] & persons[2])
    assert len(persons[0]) >= 0.7 * people
    assert split == split_people(examples, seed)


def test_too_few_people_are_refused() -> None:
    with pytest.raises(TrainingError, match=r"9 people .* at least 10"):
        split_people([Example(f"u{n}", "q", "i", 1.0) for n in range(9)], seed=0)


def test_who_has_withdrawn_is_named_one_to_a_line(tmp_path: Path) -> None:
    path = tmp_path / "gone.txt"
    path.write_text("\ufeffu1\r\n  u 2 \n\n", encoding="utf-8")
    gone = read_withdrawn(path)
    ratings = [Rating(user, (), "x", 1.0) for user in ("u1", "u2", "u 2", "u1")] + [Rating("", ("u1",), "x", 1.0)]
    assert [r.person for r in gone.without(ratings)] == ["u2"]
    assert (gone.found, gone.ratings) == ({"u1", "u 2"}, 4)
    with pytest.raises(
        TrainingError, match=r"none\.txt: cannot be read: .*; give a text file with one person to a line"
    ):
        read_withdrawn(tmp_path / "none.txt")
