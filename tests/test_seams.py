"""One contract for whoever understands messages, and one for whoever explains picks; and how they fall back."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from penchant.assistant import Assistant, ModelError, Reply, Session, Understanding, Usage
from penchant.assistant.explanation import (
    Explainer,
    FallbackExplainer,
    ScriptedExplainer,
    TemplateExplainer,
    Wording,
)
from penchant.assistant.explanation.narration import Narrator
from penchant.assistant.llm import LLMParser
from penchant.assistant.understanding import (
    FallbackUnderstander,
    RuleTagger,
    ScriptedUnderstander,
    ScriptEnded,
    Understander,
)
from penchant.retriever import Index, Interest

from .demo import check_understanding
from .scripted_model import ScriptedModel, answer, tag
from .tiny import tiny_index

MESSAGES = ("something Sci-Fi", "no Horror, please", "like Inception", "what is Inception about?", "thanks!", "雨", "…")
SCI_FI = Understanding("recommend", (Interest("genres", "Sci-Fi"),))
GONE = ModelError("gone")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(tiny_index(tmp_path_factory.mktemp("tiny")), k=5)


@pytest.fixture
def index(assistant: Assistant) -> Index:
    return assistant.index


def _parser(assistant: Assistant, *steps: str | Exception) -> LLMParser:
    return LLMParser(ScriptedModel.of(*steps).language_model(), assistant.gazetteer, assistant.rules)


READ = answer(tag("genres", "sci-fi"), tag("mood", "odd"), tag("genres", "no such"), wish="something odd")

UNDERSTANDERS: dict[str, tuple[str, Callable[[Assistant, int], Understander]]] = {
    "rules": ("rules", lambda a, n: RuleTagger(a.gazetteer)),
    "model": ("scripted", lambda a, n: _parser(a, *[READ] * n)),
    "script": ("scripted", lambda a, n: ScriptedUnderstander([SCI_FI] * n)),
    "model, else rules": ("scripted", lambda a, n: FallbackUnderstander(_parser(a, *[READ] * n), a.rules)),
    "failing model, else rules": (
        "scripted",
        lambda a, n: FallbackUnderstander(ScriptedUnderstander([GONE] * n), a.rules),
    ),
}


@pytest.mark.parametrize("name", UNDERSTANDERS)
def test_whoever_understands_says_only_what_the_catalogue_knows(assistant: Assistant, name: str) -> None:
    known_as, make = UNDERSTANDERS[name]
    understander, session = make(assistant, len(MESSAGES)), Session().show(["i1", "i8"])
    before = copy.deepcopy(session)
    assert understander.name == known_as and not understander.resting
    for message in MESSAGES:
        said = understander.understand(message, session, Usage())
        check_understanding(said, assistant.index.catalogue)
        assert said.served_by in (understander.name, "rules")
    assert session == before


@pytest.mark.parametrize("name", UNDERSTANDERS)
def test_whoever_understands_can_be_shared(assistant: Assistant, name: str) -> None:
    understander = UNDERSTANDERS[name][1](assistant, 24)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: understander.understand("Sci-Fi", Session(), Usage()).interests, range(24)))
    assert len({*found}) == 1 and any(i.value == "Sci-Fi" for i in found[0])


def test_the_rules_serve_where_the_model_does_not(assistant: Assistant) -> None:
    first = ScriptedUnderstander([ModelError("it sleeps"), SCI_FI, ValueError("a fault, not a failure")], name="big")
    understander = FallbackUnderstander(first, assistant.rules)
    said = understander.understand("a drama by Zorblax", Session(), Usage())
    assert said.served_by == "rules" and [i.value for i in said.interests if i.facet == "genres"] == ["Drama"]
    assert said.note.startswith("Understood by rules: it sleeps.")
    assert understander.understand("a drama", Session(), Usage()).served_by == "big"
    with pytest.raises(ValueError, match="a fault"):
        understander.understand("a drama", Session(), Usage())


def test_a_script_is_neither_over_nor_under_used() -> None:
    understander = ScriptedUnderstander([SCI_FI])
    with pytest.raises(AssertionError):
        understander.assert_complete()
    understander.understand("x", Session(), Usage())
    understander.assert_complete()
    with pytest.raises(ScriptEnded):
        FallbackUnderstander(understander, understander).understand("y", Session(), Usage())


# explaining

TOLD = "**Inception** is a Sci-Fi thriller."


def _narrator(assistant: Assistant, *steps: str | Exception | Sequence[str | Exception]) -> Narrator:
    return Narrator(ScriptedModel.of(*steps).language_model(), assistant.gazetteer)


EXPLAINERS: dict[str, tuple[str, Callable[[Assistant], Explainer]]] = {
    "templates": ("shares", lambda a: TemplateExplainer(a.index.schema)),
    "model": ("scripted", lambda a: _narrator(a, TOLD + " It is about dreams. ", TOLD)),
    "script": ("scripted", lambda a: ScriptedExplainer([["**Inception** ", "is one."], [TOLD]])),
    "model, else templates": ("scripted", lambda a: FallbackExplainer(_narrator(a, TOLD, TOLD), a.templates)),
    "failing model, else templates": (
        "shares",
        lambda a: FallbackExplainer(ScriptedExplainer([["**Inception** is", GONE], [GONE]]), a.templates),
    ),
}


@pytest.fixture
def reply(assistant: Assistant) -> Reply:
    return next(assistant.stream("something Sci-Fi"))


@pytest.mark.parametrize("name", EXPLAINERS)
def test_whoever_explains_names_the_picks_and_says_who_speaks(assistant: Assistant, reply: Reply, name: str) -> None:
    known_as, make = EXPLAINERS[name]
    explainer, before = make(assistant), copy.deepcopy(reply.session)
    for _ in range(2):
        texts = list(explainer.explain("something Sci-Fi", SCI_FI, reply))
        last = texts[-1]
        assert last.by == known_as and last.text and last.text == last.text.strip()
        named = [item.id for item in assistant.index.catalogue.items if f"**{item.title}**" in last.text]
        assert named and {*named} <= {pick.item.id for pick in reply.picks}
        for one, next_one in pairwise(texts):
            assert next_one.text.startswith(one.text.strip()) or next_one.by != one.by
    assert reply.session == before


def test_the_templates_speak_where_the_model_breaks_off(assistant: Assistant, reply: Reply) -> None:
    script = ScriptedExplainer([["**Inception** is", GONE], [GONE], []])
    explainer = FallbackExplainer(script, assistant.templates)
    (whole,) = assistant.templates.explain("x", SCI_FI, reply)
    note = ("Explained from the shares: gone.",)
    begun, instead = explainer.explain("x", SCI_FI, reply)
    assert (begun.text, begun.by) == ("**Inception** is", "scripted")
    assert instead == Wording(whole.text, "shares", note)
    assert list(explainer.explain("x", SCI_FI, reply)) == [instead]
    assert list(explainer.explain("x", SCI_FI, reply)) == [whole], "who says nothing gives no reason either"
    script.assert_complete()
    with pytest.raises(ScriptEnded):
        list(explainer.explain("x", SCI_FI, reply))


# An assistant knows only the seams.


def test_an_assistant_is_given_what_it_uses(index: Index) -> None:
    understander, explainer = ScriptedUnderstander([SCI_FI], name="one"), ScriptedExplainer([["Well. ", "So."]], "two")
    assistant = Assistant(index, understander, explainer, k=2)
    replies = list(assistant.stream("anything"))
    assert [reply.text for reply in replies] == ["", "Well. ", "Well. So."]
    assert (replies[-1].understood_by, replies[-1].explained_by, assistant.model_name) == ("one", "two", "one")
    assert all("Sci-Fi" in pick.item.fields["genres"] for pick in replies[-1].picks)
    assert understander.heard == explainer.heard == ["anything"]


def test_without_a_model_the_same_assistant_goes_on(index: Index) -> None:
    understander = ScriptedUnderstander([], name="one", resting=True)
    assistant = Assistant(index, understander, ScriptedExplainer([]))
    offline = assistant.offline()
    assert (assistant.model_name, assistant.model_rests) == ("one", True)
    assert (offline.model_name, offline.model_rests) == ("rules", False)
    assert offline.index is index and offline.gazetteer is assistant.gazetteer
    assert offline.reply("Sci-Fi").explained_by == "shares"
    assert assistant.answer().text.startswith("Tell me"), "an answer to no message asks no model"


def test_words_come_as_they_are_made(index: Index) -> None:
    made: list[str] = []

    class Slow:
        def explain(self, message: str, said: Understanding, reply: object) -> Iterator[Wording]:
            for text in ("One.", "One. Two."):
                made.append(text)
                yield Wording(text, "slow")

    replies = Assistant(index, ScriptedUnderstander([SCI_FI]), Slow()).stream("x")
    assert next(replies).picks and not made
    assert next(replies).text == "One." and made == ["One."]
