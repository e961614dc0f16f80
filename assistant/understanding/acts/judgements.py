"""What a message says of the items that it names, by title or by their place on screen: one verdict for each list.

"I've seen Alien, Aliens and Heat" is of all three. English and Chinese. Knows nothing of interests.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from penchant.retriever import MENTION

from ...session import Session
from ..cues import is_unseen, verdict
from ..parsing import JOINT, ParsedMessage
from ..spans import Act, Reading, Side

Stance = Literal["liked", "disliked", "accepted", "seen", "unseen", "later", "ruled out"]
"""liked: also where no more is said than the name. ruled out: "not the second one"."""

_BEFORE, _AFTER = 40, 80
_NOW = r"(?:right\s+now|now|tonight|today|this\s+(?:time|evening|week|weekend)|at\s+the\s+moment|just\s+yet|yet)"
_PUT_OFF = rf"""(?:not\s+{_NOW}|(?:maybe|perhaps)\s+(?:\w+\s+)?later|(?:remind\s+me\s+)?later(?:\s+maybe)?(?!\s+than)
    |(?:maybe\s+|perhaps\s+)?(?:some\s+)?(?<!\bthe\s)(?:an)?other\s+(?:time|day|night)|(?:maybe\s+)?next\s+time
    |(?:sometime\s+)?in\s+the\s+future|for\s+later|(?:save|keep|leave)(?=\s+[^.!?]{1, 40}\sfor\s+later)
    |改天再?[看听读说]?|下次再?[看听读说]?|以后再[看听读说]?|回头再[看听读说]?|晚点再?[看听读说]?|留着
    |(?:今天|今晚|现在|暂时|先)就?不[想要]?[看听读]?)"""
LATER = re.compile(rf"(?:\b|(?<=[\u4e00-\u9fff])|(?=[\u4e00-\u9fff])){_PUT_OFF}", re.I | re.X)
"""What puts off a thing that was offered. It says nothing of taste."""

_LATER_AFTER = re.compile(rf"[\s,，、]*+(?:\w+\s+){{0,3}}?{_PUT_OFF}[^.!?。！？]*", re.I | re.X)
_LATER_BEFORE = re.compile(rf"{_PUT_OFF}[\s,，]*+(?:(?:for|on|with|about|of)\s*+)?$", re.I | re.X)
_NOW_AFTER = re.compile(rf"\s*(?:{_NOW})\b", re.I)
_BUT_NOT = re.compile(r"\W*+(?:(?:but|and)\W++)?(?:not|no)\s+(?:the\s+)?", re.I)
_LEFT_OUT = re.compile(r"\b(?:not|no(?:\s+to)?|skip|without|except|but|drop|(?:leave|take)\s+out)\s+(?:the\s+)?$", re.I)
"""What leaves out what is known, and says nothing against it: "not the first one, I have seen it"."""
_HAD = re.compile(
    r"[\s,.;:–-]*(?:(?:because|since|as)\s+)?(?:i|we)(?:['’]ve|\s+have|\s+had)?\s+(?:(?:already|just|both)\s+)*"
    r"(?:\w+\s+(?:it|them|both|those|that|these)|been)\b(?!\s+(?:not|never))",
    re.I,
)
"""Whatever one has done with a thing, one knows it: "I have tried it", "we own it"."""
_SOME_OF = re.compile(r"(?:any|either)\s+of\b", re.I)
"""Of so many none is liked: "any of them rated 4 or better" asks for some."""
_AND_THE = re.compile(r"[\s,]*(?:(?:and|or|nor)\s+|&\s*)?(?:the\s+)?", re.I)
_SEEN_BUT_NOT = re.compile(
    r"\b(?:seen|saw|see|watched|read|heard)\b[^.!?;]*\b(?:but|and|just)\s+not\s+(?:yet\s+)?(?:the\s+)?$", re.I
)
_OTHER_SUBJECT = re.compile(
    r"""(?:\s*\(\d{4}\))?\W*+(?:(?:and|but|oh|though|so|well|the|my)\s+)*+
        (?!(?:it|that|this|they|those|these|ones?|both|all|which|who|what|also|too|always|never|just|still|either|so|i|we|he|she
        |there|movies?|films?|books?|albums?|plot|story|acting|ending|cast|music|script|effects?|\w+ly)\b)
        [a-z][\w'’]*\s+(?:is|was|are|were)\b[^.!?,;]*""",
    re.I | re.X,
)
"""A clause about something else: "Alien, my brother was bored"."""

_PRAISED = re.compile(r"\s*(?:\(\d{4}\))?\s*(?:was|is|were|are)\b", re.I)
_UNSEEN_AFTER = re.compile(
    r"""[\s,]*+(?:\(\d{4}\)[\s,]*+)?(?:(?:i|we|which\s+i|that\s+i|but\s+i)\s+)(?:\w+\s+)?(?:
        (?:have|had)(?:\s+not|n['’]?t)\s+(?:\w+\s+)?(?:seen|watched|read|heard)
      | did(?:\s+not|n['’]?t)\s+(?:see|watch|read|hear) | never\s+(?:saw|seen|watched|read|heard))\b""",
    re.I | re.X,
)
_LABEL = re.compile(r"^\s*(?:\(\d{4}\)\s*)?[:=–—-]\s+(?=\w)")
"""What stands behind it is said of what stands before: "Alien: boring"."""

_SURE, _LIKELY = 0.9, 0.5
_KNOWN: Mapping[Side, tuple[Stance, Act | None]] = {
    "seen": ("seen", "seen"),
    "unseen": ("unseen", None),
    "fine": ("accepted", "accept"),
}
"""What the side of an item says of it, and the act of a message in which that is so."""

_SENTENCE = re.compile(r"[.!?;。！？；\n]")


@dataclass(frozen=True, slots=True)
class Named:
    """Items (ids) named at a stretch of the text; `asked`: a title that is asked for, not one that is known."""

    items: tuple[str, ...]
    start: int
    end: int
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """Named items and what is said of them; `after` is where their list ends."""

    named: Named
    said: Stance
    after: int


def judge(parsed: ParsedMessage, named: Iterable[Named]) -> list[Judged]:
    """What is said of each, in order."""
    found: list[Judged] = []
    lists = _lists(parsed.text, sorted(named, key=lambda n: n.start))
    before: Stance | None = None
    left_out = False
    for here, follows in pairwise([*lists, None]):
        if here is None:
            break
        start, after = here[0].start, here[-1].end
        until = min(follows[0].start if follows else len(parsed.text), after + _AFTER)
        begin = max(found[-1].named.end if found else 0, start - _BEFORE)
        said = _of_list(parsed.text[begin:start], parsed.text[after:until], before)
        if _SEEN_BUT_NOT.search(parsed.text[max(0, start - _AFTER) : start]):
            said = _unseen(parsed.text[after:until])
        before = said
        left_out = _leaves_out(parsed.text[begin:start], left_out)
        said = "seen" if said in (None, "liked") and left_out and _HAD.match(parsed.text, after) else said
        found += [Judged(one, _of_one(parsed, one, said, after, left_out), after) for one in here]
    return [j for j in found if j.said != "liked" or not _SOME_OF.match(parsed.text, j.named.start)]


def _leaves_out(led: str, earlier: bool) -> bool:
    """Whether what leads up to items leaves them out, or goes on: "not the first and the last"."""
    return bool(_LEFT_OUT.search(led)) or (earlier and bool(_AND_THE.fullmatch(led)))


def _lists(text: str, named: Sequence[Named]) -> list[list[Named]]:
    """Named items that nothing but commas and "and" keeps apart belong together."""
    found: list[list[Named]] = []
    for one in named:
        if found and JOINT.fullmatch(text, found[-1][-1].end, one.start):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _of_list(before: str, after: str, earlier: Stance | None) -> Stance | None:
    """The verdict on a list between two stretches of text; `earlier` is that on the list before."""
    if is_unseen(before) or _UNSEEN_AFTER.match(after) or (earlier == "seen" and _BUT_NOT.fullmatch(before)):
        return _unseen(after)
    if _LABEL.match(after) and is_unseen(_SENTENCE.split(after)[0]):
        return "unseen"
    after = _LABEL.sub(" was ", after, count=1)
    after = _OTHER_SUBJECT.sub("", after, count=1) if _OTHER_SUBJECT.match(after) else after
    sentence = _SENTENCE.split(after)[0]
    if _LATER_AFTER.match(sentence) or _LATER_BEFORE.search(before):
        return "later"
    return verdict(after) or ("seen" if verdict(before) == "seen" else None)


def _unseen(after: str) -> Stance:
    """Not to have seen a thing and not to care for it, or only not to have seen it."""
    return "disliked" if verdict(after) == "disliked" else "unseen"


def _of_one(parsed: ParsedMessage, one: Named, said: Stance | None, after: int, left_out: bool) -> Stance:
    said = said or surely_known(parsed.reading, one.start, one.end) or ("later" if put_off(parsed.reading) else None)
    if said in ("unseen", "later") or (said == "seen" and left_out):
        return said
    if parsed.level_of_item(one.start) == "want" or (said == "liked" and _PRAISED.match(parsed.text, after)):
        return said or "liked"
    return "later" if _NOW_AFTER.match(parsed.text, after) else "ruled out"


def surely_known(reading: Reading | None, start: int, end: int) -> Stance | None:
    """Whether what stands there is known, not known yet, or taken, where the model is sure: also what was tasted,
    played, visited or owned, of which no verb of watching or reading speaks. Where it is sure that the message as a
    whole says so, it need not be of each place."""
    side, confidence = reading.judge(start, end) if reading else (None, 0.0)
    if reading is None or side is None or side not in _KNOWN:
        return None
    stance, act = _KNOWN[side]
    told = act is not None and reading.act_scores[act] >= _SURE
    return stance if confidence >= (_LIKELY if told else _SURE) and (told or side != "fine") else None


def put_off(reading: Reading | None) -> bool:
    """Whether a message does nothing but put off what was offered."""
    return reading is not None and reading.act_scores["later"] >= _SURE and len(reading.acts) == 1


def unspoken(shown: Sequence[str], session: Session, named: Collection[str]) -> list[str]:
    """The items on screen that are not named now; without those that were spoken of before, unless all were."""
    items = [item for item in shown if item not in named]
    spoken = {i.item for i in session.interests if i.facet == MENTION}
    return [item for item in items if item not in spoken] or items
