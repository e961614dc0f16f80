"""What the offline templates say of a pick is in its row or is a sum of its shares, by the check that models have to
pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penchant.assistant import Assistant, Reply, Session, Understanding
from penchant.assistant.explanation.grounding import Facts
from penchant.assistant.explanation.templates import PRIOR_NAME, reply_text
from penchant.retriever import Interest, Item, Pick, build_index
from penchant.retriever.encoding import HashEncoder
from penchant.retriever.ranking import by_interest

from .demo import demo, gazetteer

SHARE = re.compile(r"(?P<label>.+?) (?P<value>[+-]\d\.\d\d)(?:; |$)")
VALUES = [(facet, value) for facet, values in demo().value_counts.items() for value in values if "|" not in value]

interests = st.builds(
    lambda value, level: Interest(*value, level=level),
    st.sampled_from(VALUES),
    st.sampled_from(("want", "want", "less", "never")),
)
sessions = st.lists(interests, min_size=1, max_size=4, unique_by=lambda i: i.key).map(
    lambda some: Session(interests=tuple(some))
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("demo")
    return Assistant(build_index(demo().items, folder, HashEncoder(48), schema=demo().schema))


@given(session=sessions)
@settings(max_examples=40)
def test_each_line_is_of_its_row_and_its_shares(assistant: Assistant, session: Session) -> None:
    reply = assistant.answer(session, 5)
    for pick, line in zip(reply.picks, _lines(reply), strict=True):
        title, _, why = line.partition(" (") if "(" not in pick.item.title else (line, "", "")
        assert Facts("", [], [pick], gazetteer()).hold(title)
        shown = {match["label"]: float(match["value"]) for match in SHARE.finditer(why.removesuffix(")"))}
        sums = {share.interest: share.value for share in by_interest(pick.shares)}
        named = {label for label in shown if label != PRIOR_NAME and "…" not in label}
        assert named <= sums.keys()
        assert "(" in pick.item.title or len(shown) == min(3, sum(value > 0.005 for value in sums.values()))
        assert all(abs(shown[label] - sums[label]) <= 0.0051 for label in named)


@given(session=sessions)
@settings(max_examples=40)
def test_the_opening_names_what_is_wanted_and_counts_the_picks(assistant: Assistant, session: Session) -> None:
    reply = assistant.answer(session, 5)
    if not reply.picks:
        return
    opening = reply.text.split("\n\n")[0]
    wanted = {i.value for i in reply.session.effective_interests if i.level == "want" and not i.parked}
    if wanted:
        assert opening.startswith("One pick" if len(reply.picks) == 1 else f"{len(reply.picks)} picks")
        assert set(re.findall(r"\*\*(.+?)\*\*", opening)) <= wanted
    assert all(f"{e.label} ({e.count:,}" in reply.text for e in reply.excluded if e.count)


@given(item=st.sampled_from(demo().items))
def test_a_portrait_says_only_what_is_in_the_row(item: Item) -> None:
    facts = Facts("", [], [Pick(item, 1.0, ())], gazetteer())
    assert all(facts.hold(line, [0]) for line in _portrait(item))


@given(item=st.sampled_from(demo().items), other=st.sampled_from(demo().items))
def test_the_check_tells_one_portrait_from_another(item: Item, other: Item) -> None:
    """It could fail: what another row has and this one lacks does not pass as this one's."""
    facts = Facts("", [], [Pick(item, 1.0, ())], gazetteer())
    whole = {name for name in other.values("makers") if " " in name and name == name.title()}
    foreign = {name for name in whole if name not in str(item)}
    assert not any(facts.hold(f"- makers: {name}", [0]) for name in foreign)


def _lines(reply: Reply) -> list[str]:
    return [line for line in reply.text.split("\n") if re.match(r"\d+\. ", line)]


def _portrait(item: Item) -> Iterator[str]:
    """The lines of what is answered when somebody asks about an item."""
    about = Understanding(intent="ask", about=(item.id,))
    reply = Reply("", Session(), (Pick(item, 1.0, ()),), (), (), "rules")
    text = reply_text(about, reply, [], demo().schema)
    yield from (line for line in text.split("\n") if line.strip())
