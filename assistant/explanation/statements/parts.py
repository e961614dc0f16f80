"""Which picks each part of a sentence is about.

A sentence falls into clauses, and a clause that names several picks into a part for each; picks named one after the
other are spoken of together. A clause that names none is about those before it, or behind it where it leads. Knows
mentions, and nothing of what is said.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...understanding.text import NUMBER, number
from .mentions import Called, Mention, designated

_CLAUSE = re.compile(
    r"[;:]\s|,\s(?=(?:the\s+)?one\s)|\s[–—-]\s|,\s(?:and|but|while|whereas|though|although|yet|so|with)\s|\s(?:while|whereas|but|though)\s",
    re.I,
)
_BORDER = re.compile(r",?\s(?:and|or)\s|,\s", re.I)
_JOINED = re.compile(
    r"[\"”’'*_》!?.]*\s*(?:\(\d{4}\)\s*)?(?:,|and|or|&|\+|,\s*and|as\s+well\s+as|和|与|、)\s*(?:the\s+|also\s+|both\s+)?[\"“‘'*_《]*",
    re.I,
)
_ASIDE = re.compile(r"[\"”’'*_》]*\s*\(([^()]*)\)")
_ALL = re.compile(
    r"(?:\b(?:one|two|three|four|most|some)\s+of\s+(?:these|those|them)\b"
    r"|(?<!\bat )(?<!\babove )(?<!\bafter )(?<!\bof )"
    r"\b(?:they|both|all|these|those|each|every|either|neither|none)\b)(?!\s+(?:day|night|evening|time|you|your|that|the)\b)",
    re.I,
)
_SOME = re.compile(
    r"\W*(?P<only>(?:only|just)\s+)?(?P<count>one|two|three|four|most)\s+of\s+(?:these|those|them|the|your)\b", re.I
)
_FIRST_NUMBER = re.compile(rf"(?:^\W*|\b(?:here|these|those)\s+(?:are|come)\s+)({NUMBER})\s", re.I)
_BOTH = re.compile(r"\b(?:both|either|neither)\b", re.I)
_ONE_BY_ONE = re.compile(
    r"\bone\b.*\b(?:other|another)\b|\b(?:first|former)\b.*\b(?:second|latter|other)\b|\b(?:one|two)\b.*\band\s+(?:one|two)\b",
    re.I | re.S,
)

_POINTS_BACK = re.compile(r"\W*(?:and\s+|but\s+|while\s+|yet\s+|so\s+|with\s+)?(?:it|its|he|his|she|her|this)\b", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence and the picks that it is about: each of them where `every`, else at least so many.
    `named`: it says which; one that does not may speak of them by a name that one of them bears. `only`: no more than
    so many."""

    start: int
    end: int
    picks: tuple[int, ...]
    every: bool
    named: bool = True
    least: int = 1
    only: bool = False


def parts(text: str, called: Called, named: Sequence[Mention], about: Sequence[int]) -> list[Part]:
    """The parts of a sentence that names some picks, asides first. `about` are those that the sentence before was
    about."""
    subjects = [m for m in named if not m.compared] or ([] if about else list(named))
    told = _without(text, [m for m in named if m.compared and m not in subjects])
    found: list[Part] = []
    waiting: list[tuple[int, int]] = []
    everything = tuple(range(len(called.titles)))
    for start, end in _clauses(text, named):
        here = _of_clause(told, start, end, called, [m for m in subjects if start <= m.start < end])
        if here and not here[0].named and (found or about) and _POINTS_BACK.match(text[start:end]):
            here = []
        if not here and not found and not about:
            waiting.append((start, end))
            continue
        spoken_of = tuple(dict.fromkeys(pick for part in found for pick in part.picks)) or tuple(about)
        here = here or [_carried(text, start, end, found[-1].picks if found else tuple(about), spoken_of, everything)]
        found += [*(_led(text, *span, here[0], everything) for span in waiting), *here]
        waiting = []
    counted = _counts_all(text, len(everything))
    found += [Part(*span, everything, counted or _is_plural(text[slice(*span)]), named=False) for span in waiting]
    return [*_asides(text, subjects), *(_counted(text, part) for part in found)]


def _counts_all(text: str, picks: int) -> bool:
    """Whether a sentence begins with as many as there are: "Three German whites" """
    match = _FIRST_NUMBER.search(text)
    return match is not None and number(match[1]) == picks > 1


def _counted(text: str, part: Part) -> Part:
    """A part that says of how many of several picks it speaks: "two of these are Italian"."""
    match = _SOME.match(text, part.start, part.end)
    if match is None or len(part.picks) < 2:
        return part
    least = int(number(match["count"])) if match["count"].casefold() != "most" else len(part.picks) // 2 + 1
    return replace(part, every=False, least=least, only=bool(match["only"]))


def _without(text: str, compared: Sequence[Mention]) -> str:
    """The text without the names of what is only compared with: nothing else is said of that."""
    for one in compared:
        text = text[: one.start] + "\u25a0" * (one.end - one.start) + text[one.end :]
    return text


def _clauses(text: str, named: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    borders = [m.start() for m in _CLAUSE.finditer(text) if not any(n.start <= m.start() < n.end for n in named)]
    yield from itertools.pairwise([0, *borders, len(text)] if 0 not in borders else [*borders, len(text)])


def _of_clause(text: str, start: int, end: int, called: Called, subjects: Sequence[Mention]) -> list[Part]:
    """The parts of one clause; none where it names no pick."""
    if not subjects:
        picks = designated(text[start:end], called)
        said = text[start:end]
        plural = _is_plural(said) or _counts_all(said, len(called.titles))
        if picks and (_ONE_BY_ONE.search(said) or (plural and (len(picks) == 1 or not _BOTH.search(said)))):
            picks = list(range(len(called.titles)))
        return [Part(start, end, tuple(picks), every=plural or len(picks) == 1, named=False)] if picks else []
    groups = _groups(text, subjects)
    begins = [start, *(_begin(text, one[-1].end, other[0].start) for one, other in itertools.pairwise(groups))]
    return [
        Part(begin, last, tuple(dict.fromkeys(m.pick for m in group)), every=True)
        for group, begin, last in zip(groups, begins, [*begins[1:], end], strict=True)
    ]


def _carried(
    text: str, start: int, end: int, before: tuple[int, ...], spoken_of: tuple[int, ...], everything: tuple[int, ...]
) -> Part:
    """A clause that goes on about the picks before it, or says something of all spoken of, or of all there are."""
    said = text[start:end]
    plural = _is_plural(said) and not (before and _POINTS_BACK.match(said))
    picks = (spoken_of if len(spoken_of) > 1 else everything) if plural else before
    return Part(start, end, picks, every=not _ONE_BY_ONE.search(said), named=False)


def _led(text: str, start: int, end: int, next_one: Part, everything: tuple[int, ...]) -> Part:
    """A clause that leads up to the part that names picks, or says something of all."""
    if _is_plural(text[start:end]) and len(next_one.picks) < 2:
        return Part(start, end, everything, every=True, named=False)
    return replace(next_one, start=start, end=end, every=next_one.every and not _ONE_BY_ONE.search(text[start:end]))


def _is_plural(text: str) -> bool:
    return bool(_ALL.search(text)) and not _ONE_BY_ONE.search(text)


def _groups(text: str, subjects: Sequence[Mention]) -> list[list[Mention]]:
    """Picks named one after the other with nothing said between them."""
    groups = [[subjects[0]]]
    for one in subjects[1:]:
        last = groups[-1][-1]
        if one.pick == last.pick or _JOINED.fullmatch(text[last.end : one.start]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _begin(text: str, after: int, before: int) -> int:
    """Where the part of a pick named at `before` begins: after the last border between it and the one named earlier."""
    borders = list(_BORDER.finditer(text[after:before]))
    return after + borders[-1].start() if borders else before


def _asides(text: str, subjects: Sequence[Mention]) -> Iterator[Part]:
    """What stands in brackets behind a title is about that one."""
    for mention in subjects:
        if match := _ASIDE.match(text, mention.end):
            yield Part(match.start(1), match.end(1), (mention.pick,), every=True)
