"""How tags are compared and counted in the measurement of decomposition, on cases worked out by hand."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import pytest

from .benchmarks.messages import Message, read_messages, service_vocabulary
from .benchmarks.tags import Count, Polarity, Tag, core, count, same, score
from .conftest import write_jsonl


def entries(text: str) -> Collection[object]:
    return {"sci-fi": {"g1"}, "science fiction": {"g1"}}.get(text.casefold(), ())


STRICT = partial(same, identities=entries)
LENIENT = partial(same, identities=entries, lenient=True)

SAME = [
    ("Science Fiction", "science fiction"),
    ("sci-fi", "science fiction"),
    ("foreign", "foreign movies"),
    ("wizards", "wizard"),
    ("It (2017)", "It"),
    ("The Godfather", "Godfather"),
    ("1960..1969", "60's"),
    (">= 4.3", "4.3"),
    ("2", "two"),
    ("< 100", "< 100"),
]
CLOSE = [("Coen Brothers", "Coen"), ("grossout comedies", "not grossout"), ("deep sea creatures", "sea creatures")]
OTHER = [("horror", "comedy"), ("It (2017)", "Them"), ("1970..1979", "60's"), (">= 4.3", "4.4"), ("2", "3")]


@pytest.mark.parametrize(("found", "gold"), SAME)
def test_the_same(found: str, gold: str) -> None:
    assert STRICT(Tag(found), Tag(gold))


@pytest.mark.parametrize(("found", "gold"), CLOSE)
def test_close_is_enough_only_leniently(found: str, gold: str) -> None:
    assert LENIENT(Tag(found), Tag(gold)) and not STRICT(Tag(found), Tag(gold))


@pytest.mark.parametrize(("found", "gold"), OTHER)
def test_another(found: str, gold: str) -> None:
    assert not LENIENT(Tag(found), Tag(gold))


def test_a_number_is_of_its_facet() -> None:
    assert STRICT(Tag("2", facet="beds"), Tag("2", facet="beds"))
    assert not STRICT(Tag("2", facet="beds"), Tag("2", facet="baths"))


def test_core() -> None:
    assert core("the movies") == ("movy",)
    assert core("A History of Violence (2005)") == ("history", "violence")


def of(text: str, polarity: Polarity) -> list[Tag]:
    return [Tag(value.strip(), polarity) for value in text.split(",") if value.strip()]


def test_counts_by_hand() -> None:
    gold = [*of("war, jazz", "liked"), *of("horror, rain", "disliked"), *of("cats", "unknown")]
    found = [*of("war, horror, cats, noise", "liked"), *of("rain", "disliked")]
    counts = count(found, gold, (), STRICT)
    assert counts.tags == Count(right=2, found=4, gold=4)  # war, rain; of war, horror, noise, rain
    assert counts.values == Count(right=4, found=5, gold=5)
    assert counts.disliked == Count(right=1, found=1, gold=2)


def test_what_is_apart_or_said_twice_does_not_count() -> None:
    found = of("war, noise, sci-fi, science fiction", "liked")
    counts = count(found, of("war, science fiction", "liked"), of("noise", "liked"), STRICT)
    assert counts.tags == Count(right=2, found=2, gold=2)


def test_a_pair_of_equal_polarity_comes_first() -> None:
    found = [*of("war", "disliked"), *of("war", "liked")]
    assert count(found, of("war", "liked"), (), STRICT).tags.right == 1


def test_score_by_hand() -> None:
    found = score([("a", Count(2, 4, 2)), ("a", Count(1, 1, 3)), ("b", Count(0, 1, 1))])
    assert found.precision == pytest.approx(3 / 6) and found.recall == pytest.approx(3 / 6)
    assert found.f1 == pytest.approx(0.5) and found.low <= 0.5 <= found.high


def test_nothing_found_and_nothing_gold_is_no_figure() -> None:
    assert score([("a", Count())]).f1 != score([("a", Count())]).f1


def message(number: int, text: str, **values: str) -> dict[str, object]:
    gold = [{"facet": f, "value": v, "polarity": "liked", "service": "S"} for f, v in values.items()]
    turns = [{"role": "assistant", "text": "Where?"}, {"role": "user", "text": text}]
    return {"case_id": f"c{number}", "dialog_id": f"d{number}", "source": "slots", "turns": turns, "gold": gold}


@pytest.fixture
def messages(tmp_path_factory: pytest.TempPathFactory) -> list[Message]:
    rows = [
        message(1, "two baths in Oakland", area="Oakland", baths="2"),
        message(2, "yes please", area="Fremont", has_garage="True"),
        message(3, "with a garage", has_garage="True", title="Toy Story (1995)"),
    ]
    return read_messages(write_jsonl(tmp_path_factory.mktemp("cases") / "cases.jsonl", rows))


def test_a_message_is_understood_with_the_values_of_other_dialogues_only(messages: list[Message]) -> None:
    assert service_vocabulary(messages[0], messages).known_value("area", "Fremont") == "Fremont"
    assert service_vocabulary(messages[0], messages).known_value("area", "Oakland") == ""


def test_what_is_said(messages: list[Message]) -> None:
    said = [[m.says(tag) for tag in m.gold] for m in messages]
    assert said == [[True, True], [False, False], [True, False]]
