"""What the offline templates say of a pick is in its row or is a sum of its shares, by the check that models have to
pass."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penchant.assistant import Assistant, Reply, Session
from penchant.assistant.explanation.answers import answer_text
from penchant.assistant.explanation.grounding import Facts
from penchant.assistant.explanation.sentences import sentences
from penchant.assistant.explanation.words import language_of
from penchant.assistant.session import Asked
from penchant.retriever import Interest, Item, Pick, build_index
from penchant.retriever.encoding import HashEncoder
from penchant.retriever.ranking import by_interest

from .demo import demo, gazetteer

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
    lines = assistant.templates.picks_list(reply).splitlines()
    for place, (pick, line) in enumerate(zip(reply.picks, lines, strict=True), 1):
        start, facts = f"{place}. **{pick.item.title}**", Facts("", [], [pick], gazetteer())
        assert line.startswith(start)
        year, _, why = line.removeprefix(start).partition(" (")
        said = set(filter(None, why.removesuffix(")").split(", ")))
        named = {text for text in said if not text.startswith("close to ")}
        gains = _gains(reply, pick)
        assert {text.removeprefix("close to ") for text in said} <= gains.keys()
        own = {value for facet in pick.item.fields for value in pick.item.values(facet)}
        assert facts.hold(f"{pick.item.title}{year}: {', '.join(named & own)}")
        assert {max(gains, key=gains.__getitem__)} & own <= named if gains else not named


@given(session=sessions)
@settings(max_examples=40)
def test_the_opening_names_what_is_wanted_and_counts_the_picks(assistant: Assistant, session: Session) -> None:
    reply = assistant.answer(session, 5)
    if not reply.picks:
        return
    in_force = [i for i in reply.session.effective_interests if not i.parked]
    wanted = {i.value for i in in_force if i.level == "want"}
    kinds = {i.value for i in in_force if demo().schema.kind(i.facet) == "category"}
    ruled_out = {i.value for i in in_force if i.level == "never"}
    if wanted:
        assert reply.text.startswith(("One ", "Two ", "Three ", "Four ", "Five ")[len(reply.picks) - 1])
        only = list(reply.shortfall.only) if reply.shortfall else []
        closest = [reply.picks[0].item.title][: len(reply.picks) - 1]
        assert re.findall(r"\*\*(.+?)\*\*", reply.text) == only + closest
        assert any(value in reply.text for value in wanted) or wanted <= kinds, "of several kinds there are picks"
        assert all(value in reply.text for value in ruled_out)
    assert all(e.label in reply.text for e in reply.excluded if e.approximate)


@given(item=st.sampled_from(demo().items))
def test_a_portrait_says_only_what_is_in_the_row(item: Item) -> None:
    pick = Pick(item, 1.0, ())
    reply = Reply("", Session(), (pick,), (), (), "rules", about=(pick,))
    portrait = answer_text(Asked("about"), reply, demo().schema, language_of("", Session()))
    assert f"**{item.title}**" in portrait
    facts = Facts("", [], [pick], gazetteer())
    assert all(facts.hold(sentence, [0]) for sentence in sentences([portrait], [item.title]))


@given(item=st.sampled_from(demo().items), other=st.sampled_from(demo().items))
def test_the_check_tells_one_portrait_from_another(item: Item, other: Item) -> None:
    """It could fail: what another row has and this one lacks does not pass as this one's."""
    facts = Facts("", [], [Pick(item, 1.0, ())], gazetteer())
    whole = {name for name in other.values("makers") if " " in name and name == name.title()}
    foreign = {name for name in whole if name not in str(item)}
    assert not any(facts.hold(f"- makers: {name}", [0]) for name in foreign)


def _gains(reply: Reply, pick: Pick) -> dict[str, float]:
    """What is wanted and moved the pick up, and how far."""
    sums = {share.key: share.value for share in by_interest(pick.shares) if share.value > 0}
    wants = [i for i in reply.session.effective_interests if i.level == "want" and i.key in sums]
    return {i.value: sums[i.key] for i in wants}
