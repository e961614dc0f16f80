"""Measures understanding on blind messages: the whole tagger with a catalogue, and the model that labels spans alone.

    python -m tests.benchmarks.span_model.measure [DIR]

DIR (by default tests/benchmarks/data/blind_messages) holds pairs DOMAIN.items.jsonl and DOMAIN.messages.jsonl, written
and marked by hands that saw neither the model nor its training messages.

A tag is a stretch that is wanted (liked), or wanted less or not at all (disliked). The noun for what is looked for, and
what points to the screen, are no tags. A tag found is right if one holds the words of the other, or half of their words
are the same, and its polarity is right. Amounts count without polarity: "not over 50" and "over 50", which is not
wanted, are one. Acts are counted one by one (F1 over all): the model's, and with the tagger those that follow from what
it understood, as an assistant acts on it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from penchant.assistant.session import Session, Understanding
from penchant.assistant.understanding.linking import EntityLinker, Gazetteer
from penchant.assistant.understanding.spans import Act, LabelledSpan, SpanModel, span_model
from penchant.assistant.understanding.tagger import MESSAGE_STRENGTH, RuleTagger
from penchant.retriever import MENTION, OPEN, Catalogue, infer_schema, read_items

from ..tags import Count, Counts, Polarity, Tag, count, same, score
from .marked import Marked, read_marked

BLIND = Path(__file__).parents[1] / "data" / "blind_messages"
_PHRASE = 4
"""The message as a whole is no tag, unless it is so short that it is one itself."""

_TOPICS: dict[str, Act] = {
    "compare": "compare",
    "person": "assistant",
    "assistant": "assistant",
    "accept": "accept",
    "seen": "seen",
    "thanks": "chat",
    "goodbye": "chat",
    "greeting": "chat",
    "remark": "chat",
}
"""Any other question asks."""

_POLARITIES: dict[str, Polarity] = {"want": "liked", "less": "disliked", "never": "disliked"}

Found = tuple[Sequence[Tag], frozenset[str]]
"""The tags of a message, and its acts."""


@dataclass(frozen=True, slots=True)
class Result:
    domain: str
    counts: Counts
    acts: Count
    nothing: bool | None
    """Of a message without tags: whether none was found."""


def gold(message: Marked) -> tuple[list[Tag], list[Tag]]:
    """What is to be found, and what does not count if it is."""
    told = [s for s in message.spans if s.side in _POLARITIES]
    tags = [s for s in told if s.kind not in ("noun", "reference")]
    apart = [s for s in told if s.kind in ("noun", "reference")]
    found = [replace(t, polarity="unknown") if t.facet == "amount" else t for t in _tags(message.text, tags)]
    return found, _tags(message.text, apart)


def _tags(text: str, spans: Iterable[LabelledSpan]) -> list[Tag]:
    return [Tag(text[s.start : s.end], _POLARITIES[s.side], s.kind) for s in spans]


def labels(message: Marked) -> Found:
    """What the model says by itself."""
    reading = span_model().read(message.text, message.before)
    spans = [s for s in reading.spans if s.side in _POLARITIES and s.kind not in ("noun", "reference")]
    return _tags(message.text, spans), frozenset(reading.acts)


def whole(linkers: dict[str, tuple[RuleTagger, Gazetteer]], message: Marked) -> Found:
    """What the tagger says with the catalogue, in which the titles that were said before are on screen."""
    tagger, gazetteer = linkers[message.domain]
    said = tagger.understand(message.text, on_screen(message, gazetteer))
    return list(_said(said)), frozenset(_does(said, bool(message.before)))


def on_screen(message: Marked, gazetteer: Gazetteer) -> Session:
    """The session after what another assistant said before: the titles that it named are shown."""
    shown = EntityLinker(gazetteer).named_items(message.before)
    session = Session().show(shown).told(message.before)
    return replace(session, screen=replace(session.screen, overheard=True)) if message.before else Session()


def _does(said: Understanding, goes_on: bool) -> Iterator[Act]:
    """What the message does, by what was understood of it, whatever the model calls it."""
    if act := _TOPICS.get(said.asked.topic, "ask" if said.asked.topic else None):
        yield act
    works = [i for i in said.interests if i.facet == MENTION]
    wishes = any(i.facet != MENTION or (i.strength == 1 and i.item not in said.seen) for i in said.interests)
    beside: dict[Act, bool] = {
        "more": said.intent == "more",
        "else": said.intent == "new_topic",
        "list": said.count > 0,
        "later": bool(said.later),
        "undo": bool(said.dropped),
        "seen": any(i.strength < 1 and i.item in said.seen for i in works) or (bool(said.seen) and not works),
        "liked": any(i.strength == 1 and i.level == "want" and i.item in said.seen for i in works),
        "rejected": any(i.level == "never" for i in works),
        "refine" if goes_on else "recommend": wishes and said.intent not in ("more", "new_topic"),
    }
    yield from (act for act, holds in beside.items() if holds)


def _said(said: Understanding) -> Iterator[Tag]:
    seen: set[tuple[str, str]] = set()
    for i in said.interests:
        whole = (i.facet, i.level, i.strength) == (OPEN, "want", MESSAGE_STRENGTH) and len(i.value.split()) > _PHRASE
        known = i.facet == MENTION and i.level == "want" and i.strength < 1  # seen, taken or not known, and no more
        polarity: Polarity = "liked" if i.level == "want" else "disliked"
        named = i.quote if i.facet not in (OPEN, MENTION) else i.value
        if not whole and not known and (named, polarity) not in seen:
            seen.add((named, polarity))
            yield Tag(named, polarity, i.facet, other=(i.value,) if i.facet != OPEN else ())


def measure(messages: Sequence[Marked], tagger: Callable[[Marked], Found]) -> list[Result]:
    results = []
    for message in messages:
        found, acts = tagger(message)
        wanted, apart = gold(message)
        found = [Tag(t.value, t.polarity, "", other=t.other) for t in found]
        counts = count(found, wanted, apart, partial(same, identities=lambda _: (), lenient=True))
        right = Count(len(acts & message.acts), len(acts), len(message.acts))
        results.append(Result(message.domain, counts, right, None if wanted or apart else not found))
    return results


def line(name: str, results: Sequence[Result]) -> str:
    keys = [str(n) for n in range(len(results))]
    tags = score(zip(keys, [r.counts.tags for r in results], strict=True))
    values = score(zip(keys, [r.counts.values for r in results], strict=True))
    disliked = score(zip(keys, [r.counts.disliked for r in results], strict=True))
    acts = score(zip(keys, [r.acts for r in results], strict=True))
    empty = [r.nothing for r in results if r.nothing is not None]
    return (
        f"| {name} | {len(results)} | {tags.f1:.3f} [{tags.low:.3f}, {tags.high:.3f}] | {values.f1:.3f} | "
        f"{disliked.precision:.3f} | {disliked.recall:.3f} | {disliked.f1:.3f} "
        f"[{disliked.low:.3f}, {disliked.high:.3f}] | "
        f"{acts.f1:.3f} | {sum(empty)}/{len(empty)} |"
    )


HEADER = (
    "| | messages | F1 of tags | polarity apart | disliked: P | R | F1 | acts F1 | empty kept |\n" + "|---" * 9 + "|"
)


def taggers(folder: Path, spans: SpanModel | None) -> dict[str, tuple[RuleTagger, Gazetteer]]:
    made = {}
    for path in sorted(folder.glob("*.items.jsonl")):
        items = read_items(path)
        gazetteer = Gazetteer(Catalogue(items, infer_schema(items)))
        made[path.name.partition(".")[0]] = RuleTagger(gazetteer, spans=spans), gazetteer
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=BLIND)
    parser.add_argument("--each", action="store_true", help="also each domain")
    said = parser.parse_args()
    messages = read_marked(sorted(said.folder.glob("*.messages.jsonl")))
    print(HEADER)
    both = (("rules", taggers(said.folder, None)), ("with the model", taggers(said.folder, span_model())))
    for name, tagger in (*((name, partial(whole, made)) for name, made in both), ("labels alone", labels)):
        results = measure(messages, tagger)
        print(line(name, results), flush=True)
        for domain in sorted({r.domain for r in results}) if said.each else ():
            print(line(f"{name}, {domain}", [r for r in results if r.domain == domain]))


if __name__ == "__main__":
    main()
