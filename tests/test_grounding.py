"""How much of what a model may truly say of picks is let through, and how much that is false is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.explanation.grounding import Facts
from penchant.assistant.understanding.linking import Gazetteer
from penchant.retriever import Catalogue, Item, Pick, infer_schema

from .benchmarks.sentences import Labelled, holds, measure, read
from .demo import demo, gazetteer

WORDS = tuple(
    "the a one other both of more less than twice not never you love like since , ; : ( ) . two hours 1990s $5"
    " directed by and Nosferatu newest cheaper"
    " – ** “ ’s they all older years between half same director 《 》 由".split()
)


@pytest.mark.parametrize("one", read("own"), ids=lambda one: one.text[:60])
def test_own_sentences(one: Labelled) -> None:
    assert holds(one, "own") == one.true


@given(text=st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=30).map(" ".join), about=st.booleans())
def test_any_text_is_judged(text: str, about: bool) -> None:
    """Whatever a model writes, the answer is yes or no, and the same again."""
    items = demo().items[:4]
    facts = Facts("I love Fritz Lang", [], [Pick(item, 1.0, ()) for item in items], gazetteer())
    held = facts.hold(text, [0, 2] if about else [])
    assert held is facts.hold(text, [0, 2] if about else [])
    assert set(facts.named(text)) <= set(range(len(items)))


def test_what_is_too_long_for_a_sentence_does_not_pass() -> None:
    facts = Facts("", [], [Pick(demo().items[0], 1.0, ())], gazetteer())
    assert facts.hold("good " * 100) and not facts.hold("good " * 1000)


@pytest.mark.parametrize(
    ("name", "passed", "refused"),
    [
        ("blind", 71, 70),
        ("second", 69, 71),
        ("third", 25, 27),
        ("fourth", 25, 26),
        ("fifth", 25, 25),
        ("sixth", 68, 67),
        ("own2", 131, 97),
    ],
)
def test_sentences_of_other_hands(name: str, passed: int, refused: int) -> None:
    """A little under the figures of 2026-11-30 (docs/log.md)."""
    figures = measure(name)
    assert figures.true == figures.false >= 30
    assert figures.passed >= passed and figures.refused >= refused


BOOTS = (
    Item(
        "a",
        "Fell",
        "Off-white, slow to dry, a pocket included. No lining. Two of the seams are taped.",
        {"hours_per_week": 3, "weeks": 4},
    ),
    Item(
        "b", "Tarn", "A touch screen, made for two brothers. Keeps for twenty years.", {"hours_per_week": 2, "weeks": 6}
    ),
)


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("Fell comes without a pocket.", False),
        ("Fell comes without a lining.", True),
        ("Fell has a warm lining.", False),
        ("Tarn does not need a lining.", True),
        ("Fell is quick to dry.", False),
        ("Fell is snow-white.", False),
        ("All seams of Fell are taped.", False),
        ("Fell has a touch screen.", False),
        ("Tarn is for two sisters.", False),
        ("Tarn keeps for two decades.", True),
        ("Tarn keeps for three decades.", False),
        ("Fell takes twelve hours in all.", True),
        ("Fell takes twenty hours in all.", False),
        ("Only one of them takes more than two hours a week.", True),
        ("Neither of them takes more than three hours a week.", True),
        ("Tarn lasts as long as Fell.", False),
        ("Since you want boots, Fell it is.", True),
        ("Since you said that you climb with your son, Fell it is.", False),
        ("As you work in a bank, Fell it is.", False),
        ("As someone who works in a bank, you will like Fell.", False),
        ("Fell goes on over four weeks.", True),
        ("Fell goes on for over five weeks.", False),
        ("Fell is for up to four weeks.", True),
        ("Fell is for up to nine weeks.", False),
        ("It is no longer white, and it dries slowly.", True),
    ],
)
def test_kinds_of_what_is_so_and_is_not(text: str, true: bool) -> None:
    known = Gazetteer(Catalogue(BOOTS, infer_schema(BOOTS)))
    assert Facts("boots, please", [], [Pick(item, 1.0, ()) for item in BOOTS], known).hold(text) == true


TEAS = (
    Item(
        "a",
        "Dawn",
        "Twelve pots steep from seven until five. Cards are not accepted. A hint of smoke.",
        {"eur": 8.5, "weight_g": 250, "pets_allowed": "no", "country": "Japan", "year": 2016, "seats": 20},
    ),
    Item(
        "b",
        "Dusk",
        "Contains nuts. No sugar and no added milk. Robust leaves, dark and calm.",
        {"eur": 17, "weight_g": 100, "pets_allowed": "yes", "country": "England", "year": 2008, "seats": 48},
    ),
)


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("Dawn is yours at eight fifty.", True),
        ("Dawn is yours at nine fifty.", False),
        ("Two bags of Dawn come to seventeen.", True),
        ("Two bags of Dawn come to nineteen.", False),
        ("The two together make twenty-five fifty.", True),
        ("Dusk costs two times as much as Dawn.", True),
        ("Dusk costs four times as much as Dawn.", False),
        ("Dawn weighs 250 grams.", True),
        ("Dawn weighs 300 grams.", False),
        ("Dawn costs ten or so.", False),
        ("Dusk weighs ninety-five grams or so.", True),
        ("Both stay below your ten.", False),
        ("Both stay below your twenty.", True),
        ("Nothing here costs less than Dawn.", True),
        ("It is Dawn, and nothing else costs less.", True),
        ("It is Dusk, and nothing else costs less.", False),
        ("Dusk costs a good deal more than Dawn.", True),
        ("Dawn costs a touch more than Dusk.", False),
        ("Dusk has more seats than Dawn.", True),
        ("Dawn has more seats than Dusk.", False),
        ("Dusk is free of nuts.", False),
        ("Dusk has added milk.", False),
        ("Dawn is fine with cards.", False),
        ("Pets are allowed with Dawn.", False),
        ("Pets are allowed with Dusk.", True),
        ("Dawn has a breath of smoke.", True),
        ("The English one is Dusk.", True),
        ("Here are two Japanese teas.", False),
        ("They come from two countries.", True),
        ("They come from three countries.", False),
        ("Dawn opens at seven.", True),
        ("Dawn scores 4 out of 5 seats.", False),
        ("They were made within ten years of each other.", True),
        ("They were made within three years of each other.", False),
    ],
)
def test_kinds_of_numbers_and_of_what_is_lacking(text: str, true: bool) -> None:
    known = Gazetteer(Catalogue(TEAS, infer_schema(TEAS)))
    assert Facts("a tea", [], [Pick(item, 1.0, ()) for item in TEAS], known).hold(text) == true
