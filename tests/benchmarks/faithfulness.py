"""Whether what is said of picks is so: by taking away what they are said to rest on, and by their rows and sums.

    python -m tests.benchmarks.faithfulness [--picks 1000] [--seed 7]

Simulated people (penchant.assistant.reporting) talk to the demo catalogue, without a language model. Of each pick it is
asked

    cause       does its score fall, and by its share, when the interest with the largest share is taken away and all
                else is held as it is? That is what is meant by a cause here
    named       is that interest among what "why is it there?" names?
    edit        does its score fall when a person takes that interest out of the session? The weights of the others are
                then shared out anew, so that it is a change of all interests at once
    place       does it fall behind, among all that may be shown, when the interest is taken out?

and of each statement of the offline explanation (the opening, each line of the list, why each pick is there) whether it
follows from fields of the rows or from a sum of shares. What the check cannot read counts as not following.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from penchant.assistant import Assistant, Reply, Session, Settings, feedback
from penchant.assistant.explanation.answers import answer_text
from penchant.assistant.explanation.answers.reasons import reasons
from penchant.assistant.explanation.words import interest_text, language_of, shortened
from penchant.assistant.reporting import Person, population
from penchant.assistant.session import Asked, Understanding, merge
from penchant.assistant.wiring import open_assistant
from penchant.retriever import MENTION, OPEN, Interest, Level, Pick, Schema, counterfactual, matching, score_items
from penchant.retriever.ranking import by_interest

PLACES = 10
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LACKING = re.compile(
    r" ?(?:Nothing here is listed as (?P<none>.+?) at once(?:; there would be (?P<costs>.+?))?\."
    r"|Only (?P<only>\*\*.+?\*\*) (?:is|are) listed as all of that\.)"
)
_OPENING = re.compile(r"(?P<count>\w+) (?P<what>.*?)\b(?P<kind>picks?|films?|books?|albums?)\b(?P<rest>.*)\.$")


@dataclass(frozen=True, slots=True)
class Removal:
    """What becomes of a pick without the interest of its largest share. change: of the score, the weights shared out
    anew; alone: with the others' weights as they were; places: how many places it falls among all that may be shown;
    named: whether it is among what is said to have caused the pick.

    match: how well the pick matches the interest, its share by its weight; others: the same of the other wants
    together, which take over that weight.
    """

    title: str
    interest: str
    share: float
    change: float
    alone: float
    named: bool
    places: int
    match: float
    others: float


def replies(assistant: Assistant, people: Sequence[Person]) -> Iterator[Reply]:
    """What these people are told, turn for turn; each likes the first pick that fits."""
    catalogue = assistant.index.catalogue
    for person in people:
        session = Session(id=person.name)
        for said in person.agenda:
            decay = assistant.search_config.composition_config.decay
            session = merge(session, Understanding("refine", said), "", catalogue.schema, decay)
            reply = assistant.answer(session, PLACES)
            yield reply
            session = reply.session
            if liked := next((pick for pick in reply.picks if person.likes(pick.item)), None):
                session = feedback(session, "like", liked.item.id, catalogue, liked)


def removals(assistant: Assistant, reply: Reply) -> Iterator[Removal]:
    """For each pick on which an interest has a share above 0."""
    index, session = assistant.index, reply.session
    interests = {i.key: i for i in session.effective_interests}
    weights = dict(zip(interests, reply.weights, strict=True))
    for pick in reply.picks:
        sums = [share for share in by_interest(pick.shares) if share.key in interests]
        if not sums or sums[0].value <= 0:
            continue
        largest = sums[0]
        rest = [i for i in interests.values() if i.key != largest.key]
        (after,) = score_items(index, rest, [pick.item.id], session.turn, assistant.search_config)
        alone = sum(share.value for share in pick.shares if share.key != largest.key) - pick.score
        found = counterfactual(
            index, session.effective_interests, pick.item.id, assistant.hidden(session), session.turn
        )
        places = dict(found.without)[largest.key] - found.place
        weight = weights[largest.key]
        others = sum(share.value for share in sums[1:]) / (1 - weight) if weight < 1 - 1e-9 else -math.inf
        change, match = after.score - pick.score, largest.value / weight
        named = _is_named(interests[largest.key], pick, reply, index.schema)
        yield Removal(pick.item.title, largest.interest, largest.value, change, alone, named, places, match, others)


def _is_named(interest: Interest, pick: Pick, reply: Reply, schema: Schema) -> bool:
    """Whether an interest is named as a cause of a pick; of an item that was named itself, that it was."""
    speech = language_of("", reply.session)
    asked = Reply("", reply.session, reply.picks, reply.weights, (), "rules", about=(pick,))
    told = answer_text(Asked("why"), asked, schema, speech)
    if interest.item == pick.item.id:
        return speech.say("named itself") in told
    return interest_text(interest, schema, speech) in told or shortened(interest.value) in told


def statements(assistant: Assistant, reply: Reply) -> Iterator[tuple[str, str]]:
    """Each statement of the explanation, and what it follows from: "field", "sum", or nothing."""
    schema, speech = assistant.index.schema, language_of("", reply.session)
    yield from _opening(assistant, reply)
    lines = assistant.templates.picks_list(reply).splitlines()
    for n, (pick, line) in enumerate(zip(reply.picks, lines, strict=True), 1):
        why = reasons(pick, reply, schema, speech)
        year = pick.item.fields.get("year")
        whole = f"{n}. **{pick.item.title}**" + (f", {year}" if year and str(year) not in pick.item.title else "")
        whole += f" ({', '.join(why)})" if why else ""
        yield line, "field" if line == whole else ""
        yield from ((f"{pick.item.title}: {reason}", _follows(assistant, reply, pick, reason)) for reason in why)
        yield from _why(assistant, reply, n, pick, why)


def _why(assistant: Assistant, reply: Reply, place: int, pick: Pick, why: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The answer to "why is it there?": its place, and the reasons, which are judged by themselves."""
    asked = Reply("", reply.session, reply.picks, reply.weights, (), "rules", about=(pick,))
    schema, speech = assistant.index.schema, language_of("", reply.session)
    text = answer_text(Asked("why"), asked, schema, speech)
    known = pick.item.title in text and (place == 1 or str(place) in text) and all(reason in text for reason in why)
    yield text, "sum" if known else ""


def _follows(assistant: Assistant, reply: Reply, pick: Pick, reason: str) -> str:
    """What a reason follows from: the item's row has it, or the shares of what it names are above 0 in all."""
    schema, speech = assistant.index.schema, language_of("", reply.session)
    row = assistant.index.catalogue.row[pick.item.id]
    meant = [i for i in reply.session.effective_interests if interest_text(i, schema, speech) == reason]
    if any(matching(i, assistant.index.catalogue)[row] for i in meant if i.facet != MENTION):
        return "field"
    near = [i for i in reply.session.effective_interests if reason.startswith("close to") and i.value in reason]
    sums = {share.key: share.value for share in by_interest(pick.shares)}
    likened = [i for i in (*meant, *near) if i.facet in (MENTION, OPEN) or i in near]
    return "sum" if any(sums.get(i.key, 0.0) > 0 for i in likened) else ""


def _opening(assistant: Assistant, reply: Reply) -> Iterator[tuple[str, str]]:
    """Its statements one by one: how many picks of which kind, what all or some of them are, what none is, and which
    comes closest. Questions state nothing."""
    lacking = _LACKING.search(reply.text)
    if lacking:
        yield lacking[0].strip(), _if(_is_lacking(assistant, reply, lacking))
    text = reply.text.replace(lacking[0], "", 1) if lacking else reply.text
    head, _, tail = text.partition(" **")
    read = _OPENING.match(head)
    if read is None:
        yield head, ""
        return
    yield read["count"], _if(read["count"].casefold() == NUMBERS[len(reply.picks) - 1])
    kinds = {pick.item.fields.get("kind") for pick in reply.picks}
    yield read["kind"], _if(read["kind"].startswith("pick") or kinds == {read["kind"].removesuffix("s")})
    near, *parts = _parts(read["rest"])
    if whole := f"{read['what']} {near}".strip():
        counts = [_count(assistant, reply, interest) for interest in _named(reply, whole)]
        yield f"all: {whole}", _if(bool(counts) and set(counts) == {len(reply.picks)})
    yield from ((part, _part(assistant, reply, part)) for part in parts)
    if tail:
        title = tail.partition("**")[0]
        yield f"{title} comes closest", _closest(reply, title)


def _is_lacking(assistant: Assistant, reply: Reply, said: re.Match[str]) -> bool:
    """Whether nothing in the catalogue holds all that is named, and as much as is said holds all but one of it; or
    whether those named, and nothing else, hold all of it."""
    catalogue, found = assistant.index.catalogue, reply.shortfall
    if found is None:
        return False
    masks = {" or ".join(i.value for i in wish): [matching(i, catalogue) for i in wish] for wish in found.wishes}
    holding = {name: np.logical_or.reduce(some) for name, some in masks.items()}
    whole = np.logical_and.reduce(list(holding.values()))
    if said["only"]:
        titles = {catalogue.items[row].title for row in np.flatnonzero(whole)}
        return titles == set(re.findall(r"\*\*(.+?)\*\*", said["only"]))
    counts = {what: int(count) for count, what in re.findall(r"(\d+) without “(.+?)”", said["costs"] or "")}
    rests = {name: [mask for other, mask in holding.items() if other != name] for name in holding}
    named = set(re.findall("“(.+?)”", said["none"]))
    return (
        not whole.any()
        and named == holding.keys()
        and all(count == int(np.logical_and.reduce(rests[what]).sum()) for what, count in counts.items())
    )


def _parts(rest: str) -> list[str]:
    """ "about love and war, four of them funny, without horror": what is near the noun, then the others."""
    return [part.strip() for part in re.split(r", (?=\w+ of them |without |none listed as )", rest)]


def _named(reply: Reply, text: str) -> list[Interest]:
    """The interests that a text names and nothing else; none where something else is in it."""
    found, left = list[Interest](), f" {text} "
    for interest in sorted(reply.session.effective_interests, key=lambda i: -len(i.value)):
        value = re.compile(rf"(?<=[ ,]){re.escape(shortened(interest.value))}(?=[ ,])")
        if value.search(left):
            found.append(interest)
            left = value.sub("", left, count=1)
    return [] if re.sub(r"\b(about|like|without|none listed as|and|or)\b|[ ,]", "", left) else found


def _part(assistant: Assistant, reply: Reply, part: str) -> str:
    counted = re.match(r"(\w+) of them (.+)", part)
    named = _named(reply, counted[2] if counted else part)
    counts = [_count(assistant, reply, interest) for interest in named]
    if not named:
        return ""
    if counted:
        return _if(counts == [NUMBERS.index(counted[1]) + 1])
    return _if(part.startswith(("without ", "none listed as ")) and not any(counts))


def _count(assistant: Assistant, reply: Reply, interest: Interest) -> int:
    """How many of the picks have the value; of "like TITLE", on how many that has a share above 0."""
    if interest.facet == MENTION:
        return _lifts(reply, interest)
    mask = matching(interest, assistant.index.catalogue)
    return sum(bool(mask[assistant.index.catalogue.row[pick.item.id]]) for pick in reply.picks)


def _lifts(reply: Reply, interest: Interest) -> int:
    """How many picks an interest moves up."""
    return sum(any(s.key == interest.key and s.value > 0 for s in by_interest(p.shares)) for p in reply.picks)


def _closest(reply: Reply, title: str) -> str:
    """The one with the highest score, or one that holds a fact that those with a higher one lack."""
    (named,) = [pick for pick in reply.picks if pick.item.title == title][:1] or [None]
    if named is None:
        return ""
    if named.score >= max(pick.score for pick in reply.picks) - 1e-9:
        return "sum"
    higher = [pick for pick in reply.picks if pick.score > named.score + 1e-9]
    return _if(all(_outdoes(named, pick, reply.session.effective_interests) for pick in higher))


def _outdoes(one: Pick, other: Pick, interests: Sequence[Interest]) -> bool:
    """Whether a pick holds a fact that is wanted and the other lacks, or lacks one that is wanted less."""

    def only(this: Pick, that: Pick, level: Level) -> bool:
        said = (i for i in interests if i.level == level and i.facet not in (MENTION, OPEN))
        return any(i.value in this.item.values(i.facet) and i.value not in that.item.values(i.facet) for i in said)

    return only(one, other, "want") or only(other, one, "less")


def _if(so: bool) -> str:
    return "field" if so else ""


def measure(assistant: Assistant, picks: int, seed: int) -> tuple[list[Removal], list[tuple[str, str]]]:
    """So many removals, and the statements of the replies that they are of."""
    found, said = list[Removal](), list[tuple[str, str]]()
    for reply in replies(assistant, population(assistant.index.catalogue, picks, seed)):
        if len(found) >= picks:
            break
        found += removals(assistant, reply)
        said += statements(assistant, reply)
    return found[:picks], said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--picks", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    found, said = measure(open_assistant(Settings.from_environment()), options.picks, options.seed)
    count = len(found)
    print(f"picks {count}")
    held = sum(r.alone < 0 and math.isclose(r.alone, -r.share, abs_tol=1e-5) for r in found)
    print(f"cause    {held / count:.1%} lower, by the share")
    print(f"named    {sum(r.named for r in found) / count:.1%}")
    print(f"edit     {sum(r.change < 0 for r in found) / count:.1%} lower")
    behind, ahead = sum(r.places > 0 for r in found) / count, sum(r.places < 0 for r in found) / count
    print(f"place    {behind:.1%} behind, {ahead:.1%} ahead")
    higher = [r for r in found if r.change >= 0]
    print(f"of {len(higher)} not lower, {sum(r.others >= r.match for r in higher)} match the other wants better")
    print(*(f"  {removal}" for removal in higher[:3]), sep="\n")
    bases = Counter(basis for _, basis in said)
    print(f"statements {len(said)}: {bases['field']} by a field, {bases['sum']} by a sum, {bases['']} by neither")
    for text, _ in [one for one in said if not one[1]][:20]:
        print(f"  does not follow: {text}")


if __name__ == "__main__":
    main()
