"""Measures what the rules understand of messages, against tags that people wrote down; with baselines.

    python -m tests.benchmarks.decomposition CASES_DIR [--catalogue FILE] [--nearest]

CASES_DIR holds cases.jsonl[.gz]: turns, and `gold` tags {facet, value, polarity}. Messages of this repository
(tests/benchmarks/data, on the demo catalogue, written by whoever wrote the rules) are measured in rows of their own.

What the rules are given. Films are understood with the items of --catalogue (CASES_DIR/../../redial, if it is not
named). The sources of slots have no catalogue: each message is understood with the values that other dialogues of the
same services have, never its own, so that what is new in it must be caught as an open phrase. The other side's turns
are context: the titles in them are on screen. No language model, nothing learned.

What is counted. A tag found is an interest with its polarity: want is liked, less and never are disliked; a rejection
that several facets know is one tag. A work that is taken ("I'll check it out") is no interest but a mark, liked, and
counts as such; one that is only known, or not known and asked about, is nothing. The message as a whole, which also
becomes an interest, is no tag. Strictly, a tag is right if it is the same work, the same number, has the same stems
(function words apart), or names the same entry of the vocabulary; leniently also if the words of one hold the other's
or their F1 is at least one half. Facets are not compared, for the gold names them as its makers did. What the gold
leaves open ("unknown", "no_preference") counts without polarity only.

What is left out. redial_titles asks for works, in whole dialogues: other tags do not count there, nor do works that
are written out with their year but were not asked about. iard_slots are words of the last message: works that it does
not name do not count there. Rows marked "said" take only the gold tags whose words stand in what the person says (a
tag found that means another gold tag then does not count); the others were named by the other side and accepted,
rejected or passed over, or follow from it.

Baselines: the same tags all liked; key phrases (runs of words between function words, scored as in RAKE, Rose et al.,
2010, the best half); with --nearest, which needs the encoder, each of those phrases as the nearest word of the
vocabulary. Milliseconds are processor time of one turn.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import numpy as np

from penchant.assistant.evaluation.replay import find_file
from penchant.assistant.session.session import Session
from penchant.assistant.session.understanding import Understanding
from penchant.assistant.understanding.linking import EntityLinker, Gazetteer
from penchant.assistant.understanding.spans import SpanModel, span_model
from penchant.assistant.understanding.tagger import MESSAGE_STRENGTH, RuleTagger
from penchant.assistant.understanding.text.tokens import forms
from penchant.retriever import MENTION, OPEN, Catalogue, Interest, infer_schema, override_schema, read_items

from .baselines import key_phrases, nearest_values
from .messages import Message, read_messages, service_vocabulary
from .tags import Counts, Polarity, Score, Tag, count, same, score

OWN = Path(__file__).parent / "data"
DEMO = Path(__file__).parents[2] / "retriever" / "catalogue" / "demo"

Tagger = Callable[[Message, Gazetteer], tuple[Sequence[Tag], Sequence[float]]]
"""The tags of a message, and the milliseconds that each of the person's turns took."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one tagger did with one message: with all gold tags, and with those that are said."""

    message: Message
    strict: tuple[Counts, Counts]
    lenient: tuple[Counts, Counts]
    nothing: bool
    milliseconds: tuple[float, ...]


def rules(message: Message, gazetteer: Gazetteer, spans: SpanModel | None = None) -> tuple[list[Tag], list[float]]:
    """Plays the turns: the tags of the last, or of all together, of which what was said last counts."""
    decomposer = _decomposer(gazetteer, spans)
    session, kept, took = Session(), dict[tuple[str, str], Interest](), list[float]()
    for role, text in message.turns:
        if role != "user":
            session = session.show(EntityLinker(gazetteer).named_items(text))
            continue
        start = time.thread_time()
        said = decomposer.understand(text, session)
        took.append(1000 * (time.thread_time() - start))
        before = kept if message.whole else {}
        kept = (
            {key: i for key, i in before.items() if key not in said.dropped} | _tagged(said) | _taken(said, gazetteer)
        )
        session = replace(session, interests=tuple({i.key: i for i in (*session.interests, *said.interests)}.values()))
    return _tags(i for i in kept.values() if i.facet == MENTION or not message.titles_only), took


@cache
def _decomposer(gazetteer: Gazetteer, spans: SpanModel | None) -> RuleTagger:
    """Its tables are built before anything is timed."""
    decomposer = RuleTagger(gazetteer, spans=spans)
    decomposer.understand("Warm up with somthing like Alein, no horror.", Session())
    return decomposer


def _tagged(said: Understanding) -> dict[tuple[str, str], Interest]:
    whole = (OPEN, "want", MESSAGE_STRENGTH)
    return {i.key: i for i in said.interests if (i.facet, i.level, i.strength) != whole}


def _taken(said: Understanding, gazetteer: Gazetteer) -> dict[tuple[str, str], Interest]:
    """The works that the session marks as liked, as the assistant does of what is taken."""
    taken = said.about if said.asked.topic == "accept" else ()
    liked = [Interest(MENTION, gazetteer.title(item), source="feedback", item=item) for item in taken]
    return {i.key: i for i in liked}


def _tags(interests: Iterable[Interest]) -> list[Tag]:
    """One tag for each expression: a rejection of "war" that several facets know is one."""
    found: dict[object, Tag] = {}
    for interest in interests:
        polarity: Polarity = "liked" if interest.level == "want" else "disliked"
        tag = Tag(interest.value, polarity, interest.facet, interest.item)
        key = interest.key if interest.facet in (OPEN, MENTION) else (interest.quote, polarity)
        found[key] = replace(found[key], other=(*found[key].other, tag.value)) if key in found else tag
    return list(found.values())


def liking(tagger: Tagger, message: Message, gazetteer: Gazetteer) -> tuple[Sequence[Tag], Sequence[float]]:
    """The tags of another tagger, all liked."""
    found, took = tagger(message, gazetteer)
    return [replace(tag, polarity="liked") for tag in found], took


def measure(messages: Sequence[Message], vocabularies: Callable[[Message], Gazetteer], tagger: Tagger) -> list[Result]:
    results = []
    for message in messages:
        gazetteer = vocabularies(message)
        tagged, took = tagger(message, gazetteer)
        found = [tag for tag in tagged if not message.left_out(tag)]
        names = partial(_entries, gazetteer)
        said, apart = _parted(message)
        counts = {
            lenient: (
                count(found, message.gold, (), partial(same, identities=names, lenient=lenient)),
                count(found, said, apart, partial(same, identities=names, lenient=lenient)),
            )
            for lenient in (False, True)
        }
        results.append(Result(message, counts[False], counts[True], not found, tuple(took)))
    return results


def _parted(message: Message) -> tuple[list[Tag], list[Tag]]:
    said = [tag for tag in message.gold if message.says(tag)]
    return said, [tag for tag in message.gold if tag not in said]


def _entries(gazetteer: Gazetteer, text: str) -> set[tuple[str, str]]:
    found = gazetteer.entries.get(forms(text), ())
    return {(entry.facet, entry.value) for entry in found if entry.kind != "title"}


def table(name: str, results: Sequence[Result]) -> Iterable[str]:
    """One line a source and language, and one for all of them; below it, one of what is said, if that is not all."""
    groups: dict[str, list[Result]] = {}
    for r in results:
        groups.setdefault(f"{r.message.source}, {r.message.language}", []).append(r)
    if len(groups) > 1:
        groups["all"] = list(results)
    for group, members in groups.items():
        yield _line(name, group, members, 0)
        if any(r.strict[0].values.gold != r.strict[1].values.gold for r in members):
            yield _line(name, f"{group}, said", members, 1)


HEADER = (
    "| tagger | messages | of | gold | P | R | F1 | F1 values | F1 lenient | disliked: gold | P | R | F1 | lenient "
    "| empty kept | ms median, p95 |\n" + "|---" * 16 + "|"
)


def _line(name: str, group: str, results: Sequence[Result], said: int) -> str:
    dialogs = [r.message.dialog for r in results]
    strict, lenient = [r.strict[said] for r in results], [r.lenient[said] for r in results]
    tags, values, loose = (
        score(zip(dialogs, counts, strict=True))
        for counts in ([c.tags for c in strict], [c.values for c in strict], [c.tags for c in lenient])
    )
    disliked = score(zip(dialogs, [c.disliked for c in strict], strict=True))
    disliked_loosely = score(zip(dialogs, [c.disliked for c in lenient], strict=True))
    empty = [r.nothing for r in results if not r.message.gold]
    took = [t for r in results for t in r.milliseconds] or [0.0]
    cells = (
        name,
        group,
        len(results),
        sum(c.tags.gold for c in strict),
        _plain(tags.precision),
        _plain(tags.recall),
        _with_interval(tags),
        _plain(values.f1),
        _plain(loose.f1),
        sum(c.disliked.gold for c in strict),
        _plain(disliked.precision),
        _plain(disliked.recall),
        _with_interval(disliked),
        _plain(disliked_loosely.f1),
        f"{sum(empty)}/{len(empty)}" if empty else "",
        f"{np.median(took):.1f}, {np.percentile(took, 95):.1f}",
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def _with_interval(score: Score) -> str:
    interval = "" if np.isnan(score.low) else f" [{_plain(score.low)}, {_plain(score.high)}]"
    return _plain(score.f1) + interval


def _plain(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.3f}".removeprefix("0")


def demo_vocabulary() -> Gazetteer:
    items = read_items(DEMO / "items.jsonl")
    return Gazetteer(Catalogue(items, override_schema(infer_schema(items), DEMO / "schema.toml")))


def vocabularies_for(messages: Sequence[Message], catalogue: Path) -> Callable[[Message], Gazetteer]:
    """Films with the catalogue; a message of services with what other dialogues say of them."""
    slots = [m for m in messages if m.services]

    @cache
    def films() -> Gazetteer:
        items = read_items(catalogue)
        return Gazetteer(Catalogue(items, infer_schema(items)))

    def gazetteer(message: Message) -> Gazetteer:
        return service_vocabulary(message, slots) if message.services else films()

    return gazetteer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", type=Path, help="a folder with cases.jsonl[.gz]")
    parser.add_argument("--catalogue", type=Path, help="the items of the film sources")
    parser.add_argument("--nearest", action="store_true", help="also the baseline that needs the encoder")
    said = parser.parse_args()
    messages = read_messages(find_file(said.cases, "cases.jsonl"))
    catalogue = said.catalogue or find_file(said.cases.parents[1] / "redial", "catalogue.jsonl")
    taggers: dict[str, Tagger] = {
        "with the model": partial(rules, spans=span_model()),
        "rules": rules,
        "always like": partial(liking, rules),
        "key phrases": key_phrases,
    }
    if said.nearest:
        taggers["nearest value"] = nearest_values
    demo = demo_vocabulary()
    sets = (
        (messages, vocabularies_for(messages, catalogue)),
        (read_messages(find_file(OWN, "messages.jsonl")), lambda _: demo),
    )
    print(HEADER)
    for cases, vocabularies in sets:
        for name, tagger in taggers.items():
            print(*table(name, measure(cases, vocabularies, tagger)), sep="\n", flush=True)


if __name__ == "__main__":
    main()
