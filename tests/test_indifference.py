"""What does not matter is neither wanted nor refused, and what was said of it before holds no longer."""

from __future__ import annotations

from functools import cache

import pytest

from penchant.assistant import Session
from penchant.assistant.session import merge
from penchant.assistant.understanding import RuleTagger
from penchant.assistant.understanding.cues import revisions
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.retriever import Catalogue, Item, infer_schema

BODIES, WOODS, STRINGS = ("acoustic", "electric", "classical"), ("maple", "mahogany", "spruce", "cedar"), (4, 6, 7, 12)


ITEMS = [
    Item(
        str(n),
        f"Guitar {n}",
        fields={
            "body": BODIES[n % 3],
            "wood": WOODS[n % 4],
            "strings": STRINGS[n // 3 % 4],
            "price": 90 + 37 * n % 900,
        },
    )
    for n in range(48)
]
SCHEMA = infer_schema(ITEMS)


@cache
def tagger() -> RuleTagger:
    return RuleTagger(Gazetteer(Catalogue(ITEMS, SCHEMA)), spans=span_model())


def wishes(*messages: str) -> set[tuple[str, str]]:
    session = Session()
    for message in messages:
        said = tagger().understand(message, session)
        session = merge(session, said, message, SCHEMA, 0.3)
    return {(i.value, i.level) for i in session.interests if i.facet and not i.parked}


@pytest.mark.parametrize(
    "message",
    [
        "I don't care about maple",
        "not bothered about spruce or cedar",
        "I couldn't care less about mahogany",
        "we're not fussy about the wood",
        "I'm not particularly picky about maple, cedar or spruce",
        "indifferent to maple",
        "no strong feelings about spruce",
        "no preference for cedar",
        "I'm easy about cedar",
        "I don't need it to be maple",
        "it doesn't have to be cedar",
        "the price is no object",
        "maple isn't a must",
        "spruce is entirely optional",
        "mahogany makes no difference to me",
        "the wood is up to you",
        "any wood will do",
        "I don't care whether it's maple or spruce",
        "it makes no odds if it is cedar",
    ],
)
def test_what_does_not_matter_moves_nothing(message: str) -> None:
    assert not wishes(message)
    assert wishes(f"{message}, but it must be acoustic") == {("acoustic", "want")}


@pytest.mark.parametrize(
    "message",
    [
        "the wood doesn't matter after all",
        "I'm not bothered about the wood",
        "maple isn't a must",
        "not fussed about maple",
    ],
)
def test_what_no_longer_matters_is_taken_back(message: str) -> None:
    assert wishes("an acoustic in maple", message) == {("acoustic", "want")}
    assert wishes("an acoustic, no maple", message) == {("acoustic", "want")}


def test_a_limit_that_does_not_matter_is_lifted() -> None:
    assert wishes("acoustic under 300 dollars", "money is no object after all") == {("acoustic", "want")}
    assert wishes("acoustic under 300 dollars", "I couldn't care less about the price") == {("acoustic", "want")}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I don't care for maple", {("maple", "never")}),
        ("not keen on maple", {("maple", "never")}),
        ("something relaxed for an acoustic", {("acoustic", "want")}),
        ("maple is a must", {("maple", "want")}),
        ("I need it to be maple", {("maple", "want")}),
        ("not bothered about price and want maple", {("maple", "want")}),
    ],
)
def test_what_matters_is_heard(message: str, expected: set[tuple[str, str]]) -> None:
    found = {(i.value, i.level) for i in tagger().understand(message, Session()).interests}
    assert expected <= found


def test_in_chinese() -> None:
    assert not wishes("不在乎价格") and not wishes("价格无所谓")


@pytest.mark.parametrize(
    "message",
    [
        "I don't care to hear maple",
        "don't bother with maple",
        "maple isn't optional",
        "I don't care about anything but maple",
    ],
)
def test_what_takes_nothing_back(message: str) -> None:
    assert not revisions(message)
