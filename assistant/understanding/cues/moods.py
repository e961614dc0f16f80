"""How a person feels, and what they want done about it: who is sad wants to be cheered up, not more of the same.

English and Chinese. "Something sad" is a wish and "sick of war films" a rejection; neither is a state. Knows nothing of
catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CHEER = ("uplifting", "feel-good", "heart-warming", "cheerful", "funny", "light-hearted", "joyful", "warm", "comedy")
_REST = ("calm", "light-hearted", "relaxing", "cosy", "warm", "gentle", "peaceful", "slow", "ambient", "comedy")
_WAKE = ("energetic", "exciting", "thrilling", "suspenseful", "fast-paced", "fun", "adventure", "action", "thriller")
_CRY = ("heartbreaking", "sad", "moving", "tear-jerker", "drama")
_SCARE = ("scary", "creepy", "horror")
_THINK = ("thought-provoking", "philosophical")

MOODS = frozenset((*_CHEER, *_REST, *_WAKE, *_CRY, *_SCARE, *_THINK)) - {
    "comedy",
    "drama",
    "action",
    "thriller",
    "horror",
}
"""Words for how something feels, which says less of what it is."""

_SO = r"(?:(?:so|very|really|just|quite|pretty|too|all|a\s+(?:bit|little)|kind\s+of|kinda|still|rather|such)\s+)*"
_I = rf"""(?:\b(?:i['’]?m|i\s+am|we['’]?re|we\s+are|i['’]?ve\s+been|i\s+was)\s+(?:feeling\s+|getting\s+)?{_SO}
    |\b(?:i\s+)?feel(?:ing)?\s+{_SO}|(?:^|(?<=[.!?,]\s))(?:so|really|very|pretty)\s+)"""
_AFTER_WORK = r"(?:\s+(?:after|from)\s+(?:work|school|(?:a|the|this|my)\s+(?:\w+\s+)?\w+))?"
_NOT_STATE = rf"\b{_AFTER_WORK}(?!\s+(?:of|that|to|by|when|during|films?|movies?|songs?|books?|music|with)\b)"
_WE = r"(?:我|今天|最近|有点|有些|很|好|太|心里)*"

_SAD = "sad|depressed|unhappy|miserable|heartbroken|lonely|gloomy|upset|homesick|melancholic|hopeless|grieving"
_LOW = "down|low|blue|bad|awful|terrible|unwell|ill|sick"
_TIRED = r"tired|exhausted|worn\s+out|drained|sleepy|knackered|burn(?:t|ed)\s+out|weary"
_STRESSED = r"stressed(?:\s+out)?|anxious|nervous|overwhelmed|worried|tense|angry|on\s+edge|restless"
_BORED = r"bored(?:\s+(?:out\s+of\s+my\s+mind|to\s+death))?|unmotivated|sluggish"

_EFFECTS = (
    (_CHEER, r"\b(?:cheers?|lifts?|perks?)\s+(?:me|us|my\s+spirits|my\s+mood)(?:\s+up)?\b"),
    (_CHEER, r"治愈我|让我(?:开心|高兴)(?:一?[点下])?|提神"),
    (("funny", *_CHEER), r"\b(?:makes?|have|let)\s+(?:me|us)\s+(?:laugh|smile|giggle)\b|[逗让]我发?笑(?:一?[点下])?"),
    (_CRY, r"\b(?:makes?|let)\s+(?:me|us)\s+(?:cry|weep)\b|让我哭(?:一?[场下])?"),
    (_SCARE, r"\b(?:scares?|frightens?|terrif(?:y|ies))\s+(?:me|us)(?:\s+to\s+death)?\b|吓[吓死]?我"),
    (_THINK, r"\b(?:makes?|let|gets?)\s+(?:me|us)\s+think(?:ing)?\b|让我思考"),
    (
        _REST,
        r"""\b(?:(?:to\s+)?helps?\s+me|let\s+me|so\s+(?:that\s+)?i\s+can|(?:want|need)\s+to)\s+
        (?:relax|unwind|calm\s+down|wind\s+down|fall\s+asleep|sleep|chill(?:\s+out)?|de-?stress)\b
        |\b(?:calms?|relax(?:es)?|soothes?)\s+(?:me|us)(?:\s+down)?\b|放松(?:一下|下|心情)?""",
    ),
    (
        _WAKE,
        r"(?<!it['’]d\s)(?<!it\swould\s)(?<!it\smight\s)"
        r"\bkeeps?\s+(?:me|us)\s+(?:awake|up|hooked|on\s+the\s+edge\s+of\s+(?:my|our|the)\s+seats?)\b",
    ),
    (_WAKE, r"\b(?:wakes?|pumps?|hypes?)\s+(?:me|us)\s+up\b"),
)
_STATES = (
    (_CHEER, rf"{_I}(?:{_SAD}){_NOT_STATE}|\b(?:i\s+)?feel(?:ing)?\s+{_SO}(?:{_LOW}){_NOT_STATE}(?!\s+for\b)"),
    (_CHEER, rf"\bnot\s+feeling\s+{_SO}(?:great|good|well|happy|my\s+best)\b|\bin\s+a\s+(?:bad|foul|low)\s+mood\b"),
    (_CHEER, r"\b(?:bad|rough|hard|terrible|awful|horrible)\s+(?:day|week|month|year|night|morning)\b(?!['’])"),
    (_CHEER, r"\bmy\s+(?:day|week|night)\s+was\s+(?:so\s+|really\s+)?(?:bad|rough|hard|terrible|awful|horrible)\b"),
    (_CHEER, r"\b(?:just\s+)?broke\s+up\b|\b(?:got|been)\s+dumped\b"),
    (_CHEER, rf"{_WE}(?:心情(?:很|有点|不太|有些)?(?:不好|低落|糟糕?|差|不佳)|难过|伤心|郁闷|沮丧|失恋|不开心)了?"),
    (_REST, rf"{_I}(?:{_TIRED}){_NOT_STATE}|\blong\s+(?:day|week)\b(?!['’])|\b(?:ca|could)n['’]?t\s+sleep\b"),
    # Of one word alone only what is never said of a work: "tense" and "angry" are wishes too.
    (_REST, rf"^\W*(?:{_TIRED}|stressed(?:\s+out)?|anxious|overwhelmed|worried|on\s+edge)(?=\W*$|,)"),
    (_WAKE, rf"^\W*(?:{_BORED})(?=\W*$|,)"),
    (_REST, rf"{_WE}(?:[很好太][累困]|疲惫|疲倦|累坏|[累困]了)了?"),
    (_REST, rf"{_I}(?:{_STRESSED}){_NOT_STATE}|{_WE}(?:压力[很太好]?大|焦虑|烦躁|睡不着|失眠)了?"),
    (_WAKE, rf"{_I}(?:{_BORED}){_NOT_STATE}|{_WE}(?:[很好太]无聊|闲得慌)啊?"),
)
_FORMS = tuple((wanted, re.compile(pattern, re.I | re.X)) for wanted, pattern in (*_EFFECTS, *_STATES))


@dataclass(frozen=True, slots=True)
class State:
    """A stretch of text that says how a person feels or wants to feel, and what may be wanted, the likeliest first."""

    wanted: Sequence[str]
    start: int
    end: int


def states(text: str) -> list[State]:
    """What is said of feelings: first what is wanted done about them, then how they are; not overlapping."""
    found: list[State] = []
    for wanted, pattern in _FORMS:
        for match in pattern.finditer(text):
            if not any(s.start < match.end() and match.start() < s.end for s in found):
                found.append(State(wanted, match.start(), match.end()))
    return found
