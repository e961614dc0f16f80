"""For whom something is to be: which people are named as recipients, which only spoken of, and what becomes of it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Assistant, Session, make_assistant
from penchant.assistant.understanding.recipients import mentions
from penchant.assistant.understanding.recipients.persons import known_persons, person
from penchant.retriever import Field, Item, MemoryEngine, Schema, build_index
from penchant.retriever.catalogue.inference import infer_schema
from penchant.retriever.catalogue.kinds import audience_of, audiences, nouns
from penchant.retriever.encoding import HashEncoder

F, M, B = frozenset(("female",)), frozenset(("male",)), frozenset(("female", "male"))
ADULT = (18, math.inf)

VALUES = {
    "Men": (M, 14, math.inf),
    "Women's": (F, 14, math.inf),
    "Girls": (F, 0, 14),
    "Men & Women": (B, 14, math.inf),
    "unisex": (B, 0, math.inf),
    "Herren": (M, 14, math.inf),
    "女装": (F, 14, math.inf),
    "PG-13 - Teens 13 or older": (B, 13, math.inf),
    "G - All Ages": (B, 0, math.inf),
    "R+ - Mild Nudity": (B, 17, math.inf),
    "Everyone 10+": (B, 10, math.inf),
    "Young Adult": (B, 13, 19),
    "18+": (B, 18, math.inf),
    "8-12": (B, 8, 12),
    "FSK 12": (B, 12, math.inf),
}


@pytest.mark.parametrize(("value", "expected"), VALUES.items(), ids=VALUES)
def test_values_say_for_whom(value: str, expected: tuple[frozenset[str], float, float]) -> None:
    found = audience_of(value)
    assert found is not None
    assert (found.sexes, found.low, found.high) == expected


@pytest.mark.parametrize(
    "value", ["Kids' Club", "Manual", "Blue", "Family room", "Women in sport", "1990-2005", "10,000+"]
)
def test_other_values_say_nothing_of_it(value: str) -> None:
    assert audience_of(value) is None


@pytest.mark.parametrize(
    "values",
    [
        ["S", "M", "L", "XL"],
        ["Male", "Female"],  # what dogs are
        ["2+", "3+", "4-6"],  # players
        ["Men", "Linen", "Wool"],
        ["A", "B", "C", "D"],  # marks
        ["unisex", "Unisex"],
    ],
)
def test_fields_of_other_things_are_not_taken_for_it(values: Sequence[str]) -> None:
    assert not audiences(dict.fromkeys(values, 3))


def test_a_field_of_five_such_values_is_a_category() -> None:
    cells = [["Men", "Women", "Boys", "Girls", "Unisex"][n % 5] for n in range(40)]
    schema = infer_schema([Item(str(n), f"Thing {n}", fields={"whom": one}) for n, one in enumerate(cells)])
    assert schema.kind("whom") == "category"


MEANT = {
    "tees for my brother": [(M, *ADULT)],
    "Anything for her": [(F, *ADULT)],
    "a lady's one, I mean": [(F, *ADULT)],
    "shoes for the office, gentlemen's": [(M, *ADULT)],
    "my aunt is turning 60 and wants a bag": [(F, 60, 60)],
    "it's my brother's birthday": [(M, *ADULT)],
    "I'm a guy, casual shoes": [(M, *ADULT)],
    "Guy, early 30s": [(M, *ADULT)],
    "what would suit my boyfriend?": [(M, *ADULT)],
    "none in pink, she's 52": [(F, 52, 52)],
    "for a girl of 16": [(F, 16, 16)],
    "a game for my nephew, he's 8": [(M, 8, 8)],
    "my daughter (9) and I": [(F, 9, 9)],
    "taking my 15-year-old to her first concert": [(F, 15, 15)],
    "for my teenage son": [(M, 15, 17)],
    "for my husband's sister": [(F, *ADULT)],
    "for my mother-in-law": [(F, *ADULT)],
    "for my wife and my brother": [(F, *ADULT), (M, *ADULT)],
    "for the bridesmaids": [(F, *ADULT)],
    "a hat for the widow": [(F, *ADULT)],  # WordNet alone knows her
    "our grandchildren are 6 and 8, so a story": [(B, 6, 8)],
    "for my daughter's 8th birthday": [(F, 8, 8)],
    "she turned 13 last week": [(F, 13, 13)],
    "a mother's day gift": [(F, *ADULT)],
    "I'm female, mid 30s": [(F, *ADULT)],
    "what would a 40 year old woman wear to a wedding?": [(F, 40, 40)],
    "a scarf; he'd rather have wool": [(M, *ADULT)],
    "送给妈妈": [(F, *ADULT)],
    "给我8岁的女儿买": [(F, 8, 8)],
    "想要女款": [(F, *ADULT)],
}


@pytest.mark.parametrize(("text", "expected"), MEANT.items(), ids=MEANT)
def test_who_something_is_for(text: str, expected: Sequence[tuple[frozenset[str], float, float]]) -> None:
    assert [(m.who.sexes, m.who.low, m.who.high) for m in mentions(text)] == expected


TOLD = (
    "my wife hates thrillers",
    "my husband can't stand the humidity, a light shirt please",
    "my mum says blue suits nobody",
    "a smell like my grandfather's library",
    "a book about a boy who finds a dragon",
    "a mother looking for her lost daughter",
    "I wear it to my brother's wedding",
    "something for my sister's wedding",
    "my boss is a man of few words",
    "I've been watching since I was 8 years old",
    "my wife wants me to dress better",
    "the man in the shop said linen",
    "for six weeks, one of these",
    "I work with kids",
    "他说不错",
)


@pytest.mark.parametrize("text", TOLD)
def test_who_is_only_spoken_of(text: str) -> None:
    assert not mentions(text)


def test_with_somebody_is_not_for_them() -> None:
    assert [m.along for m in mentions("shopping with my sister")] == [True]


@given(st.text("my wife's for son is 7 (9), she needs 8-year-old 给妈妈 girl's.\n", max_size=60))
def test_mentions_stand_in_the_text_in_order(text: str) -> None:
    found = mentions(text)
    assert all(0 <= m.start < m.end <= len(text) and m.who.sexes and m.who.low <= m.who.high for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)


def test_the_lexicon_does_not_contradict_wordnet() -> None:
    """Where WordNet has a word for a woman or a man, the lexicon says no other sex of it."""
    said = {"woman": F, "man": M, "female": F, "male": M}
    for word, who in known_persons().items():
        for sense in (s for s in nouns().senses(word) if s.theme == "18"):
            kinds = {name for one in nouns().broader(sense) for name in one.names}
            sexes = [said[kind] for kind in said if kind in kinds]
            assert not sexes or any(who.sexes & one for one in sexes), word


def test_a_wish_for_two_of_them_is_no_age() -> None:
    who = person("wife", "", ", 2 please")
    assert who is not None
    assert who.low == ADULT[0]


def shirt(n: int, whom: str, colour: str = "blue") -> Item:
    return Item(f"s{n}", f"Shirt {n}", fields={"whom": whom, "colours": (colour,), "description": "A plain shirt."})


WHOM = ("Men", "Women", "Boys", "Girls", "Unisex")


@pytest.fixture(scope="module")
def shop() -> Assistant:
    schema = Schema((Field("whom", "category"), Field("colours", "facet"), Field("description", "text")))
    items = [shirt(n, WHOM[n % 5], "red" if n % 2 else "blue") for n in range(40)]
    return make_assistant(build_index(items, MemoryEngine(), HashEncoder(), schema))


@pytest.fixture(scope="module")
def films() -> Assistant:
    schema = Schema((Field("rated", "facet"), Field("genres", "facet")))
    rated = ("G", "PG-13", "R", "NC-17", "PG")
    items = [
        Item(f"f{n}", f"Film {n}", fields={"rated": rated[n % 5], "genres": ("Kids" if n % 5 == 0 else "Drama",)})
        for n in range(40)
    ]
    return make_assistant(build_index(items, MemoryEngine(), HashEncoder(), schema))


@pytest.fixture(scope="module")
def stall() -> Assistant:
    """Tags say for whom, among others; some things are for men and women."""
    tags = (("men", "wool"), ("women", "wool"), ("men", "women"), ("kids",), ("unisex",))
    items = [Item(f"t{n}", f"Hat {n}", fields={"tags": tags[n % 5]}) for n in range(20)]
    return make_assistant(build_index(items, MemoryEngine(), HashEncoder(), Schema((Field("tags", "facet"),))))


def said(assistant: Assistant, *turns: str) -> Session:
    session = Session()
    for turn in turns:
        session = assistant.reply(turn, session).session
    return session


def wants(session: Session, facet: str, level: str = "want") -> set[str]:
    return {i.value for i in session.interests if i.facet == facet and i.level == level and not i.parked}


CONVERSATIONS = {
    ("a blue shirt for my wife",): {"Women", "Unisex"},
    ("a shirt", "Anything for her?"): {"Women", "Unisex"},
    ("a shirt for my wife", "in red"): {"Women", "Unisex"},
    ("a shirt for my wife", "actually it's for my husband"): {"Men", "Unisex"},
    ("a shirt for my wife", "and one for my brother too"): {"Women", "Unisex", "Men"},
    ("a shirt for my wife", "no, for me"): set(),
    ("a shirt for my wife", "she needs it for work"): {"Women", "Unisex"},
    ("a shirt for my daughter, 7", "she needs it for school"): {"Girls"},
    ("a shirt for my 8 year old",): {"Boys", "Girls"},
    ("a shirt for my son",): {"Boys", "Men", "Unisex"},
    ("a shirt for a girl of 16",): {"Women", "Unisex"},
    ("my wife hates red",): set(),
    ("a shirt, the boy who cried wolf had one",): set(),
}


@pytest.mark.parametrize(("turns", "expected"), CONVERSATIONS.items(), ids=map(" / ".join, CONVERSATIONS))
def test_it_lasts_is_replaced_and_taken_back(shop: Assistant, turns: Sequence[str], expected: set[str]) -> None:
    assert wants(said(shop, *turns), "whom") == expected


def test_what_is_for_others_is_never_shown(shop: Assistant) -> None:
    reply = shop.reply("a red shirt for my wife", Session())
    assert reply.picks
    assert {pick.item.fields["whom"] for pick in reply.picks} <= {"Women", "Unisex"}


def test_the_wish_has_its_words_and_the_reply_says_it(shop: Assistant) -> None:
    reply = shop.reply("a blue shirt for my wife", Session())
    assert {i.quote for i in reply.session.interests if i.facet == "whom"} == {"for my wife"}
    assert "Women or Unisex" in reply.text
    assert "wife" not in reply.text


def test_it_holds_though_nothing_be_left(shop: Assistant) -> None:
    """Every red shirt is for others; whom it is for is no kind of thing that makes way."""
    index = build_index(
        [shirt(0, "Women"), shirt(1, "Men", "red"), shirt(2, "Unisex"), shirt(3, "Boys"), shirt(4, "Men", "red")],
        MemoryEngine(),
        HashEncoder(),
        shop.index.schema,
    )
    assert wants(said(make_assistant(index), "a shirt for my wife", "in red"), "whom") == {"Women", "Unisex"}


def test_nothing_for_men_bars_theirs(shop: Assistant) -> None:
    assert wants(said(shop, "shirts, no gentlemen's please"), "whom", "never") == {"Men"}


def test_a_child_is_kept_from_what_it_is_too_young_for(films: Assistant) -> None:
    session = said(films, "my daughter is 7, what can she watch")
    assert wants(session, "rated", "never") == {"PG-13", "R", "NC-17"}
    assert wants(session, "genres") == {"Kids"}
    assert wants(said(films, "for my wife and me"), "rated", "never") == set()
    over = said(films, "my daughter is 7, what can she watch", "this one is for my wife")
    assert not wants(over, "rated", "never") | wants(over, "genres")


def test_an_older_child_may_see_more(films: Assistant) -> None:
    assert wants(said(films, "a film for my 14-year-old"), "rated", "never") == {"R", "NC-17"}


def test_tags_bar_what_is_for_others_alone(stall: Assistant) -> None:
    reply = stall.reply("a hat for my uncle", Session())
    assert wants(reply.session, "tags") >= {"men", "unisex"}
    assert all({"men", "unisex"} & set(pick.item.values("tags")) for pick in reply.picks)
    assert any(
        {"men", "women"} == set(pick.item.values("tags")) for pick in stall.reply("hats for men", Session()).picks
    )
