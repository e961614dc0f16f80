"""How much of something is wished for, as ranges by what the catalogue's own columns hold.

Of any column that is named where a word says much or little of it; of marks also by what has them: "a good dribbler",
"with stamina", "smoky". Who is best at something comes first. English. Knows nothing of what is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

import numpy as np

from penchant.retriever import HIGHEST, LOWEST
from penchant.retriever.catalogue import Mask
from penchant.retriever.catalogue.inference import spoken

from ..quantities import NumberField, NumberFields, Range, written
from ..text import CHATTER, NUMBER, STOPWORDS, Token
from .marks import Marks
from .roots import root

_GOOD = frozenset("good great excellent decent nice solid fine superb amazing outstanding brilliant fantastic".split())
_MUCH = frozenset(
    "high much plenty lots loads tons heaps lot rich packed full big large strong long ample generous".split()
)
_LITTLE = frozenset("low little light small short weak poor bad reduced minimal modest".split())
_SIDES = _GOOD | _MUCH | _LITTLE
_NUMEROUS, _FEW = frozenset("many plenty lots loads tons heaps lot numerous".split()), frozenset(("few",))
_ASKED_OR_COMPARED = frozenset("how too so as not that this don't doesn't".split())
"""Before "many" these ask for a number, or compare or refuse one."""
_FIRST, _LAST = frozenset(("best", "top", "finest", "greatest")), frozenset(("worst", "poorest"))
_BETWEEN = frozenset("in of on at a an the source amount level levels score with quite for".split())
_NONE = frozenset(("no", "without", "zero"))
_ARTICLES = frozenset(("the", "a", "an"))
_FULL_OF = frozenset(("rich", "packed", "heavy", "laden"))
_VERY = frozenset("very really super extremely great excellent superb outstanding amazing loads tons so real".split())
_COUNTED = re.compile(rf"(?!(?:an?|one)$)(?:{NUMBER})|over|under|above|below|than|least|most|more|less|fewer", re.I)
_REACH, _LONGEST = 3, 3
_SOME, _VERY_MUCH = 0.8, 0.9
"""The part of what is known that lies below much of it."""
_MEASURES = (
    *"mass energy volume power speed share storage rating area length time charge work frequency".split(),
    *("resolution", "economy"),
)
_NOTHING = "<= 0"
_FEWEST = 6
"""So many of what is meant have much, however little that is beside all others: a page of them."""
_NEVER_NONE = ("time", "length")


class DegreeReader:
    """Reads degrees of a catalogue's number fields."""

    def __init__(self, fields: NumberFields) -> None:
        self._fields = fields
        self._marks = Marks(fields)
        amounts = (f for f in fields.fields.values() if fields.is_amount(f.name) and f.dimension in ("", *_MEASURES))
        self._measured = [f for f in amounts if f not in self._marks.fields]
        self._counts = [f for f in fields.fields.values() if f.dimension == "count"]
        every = (*self._measured, *self._counts)
        self._roots = {f.name: frozenset(map(root, (*f.words, *spoken(f.name, None)))) for f in every}

    def read(self, words: Sequence[Token], taken: Collection[int] = ()) -> list[Range]:
        """The degrees of a text, not overlapping, at most one of a field. taken: where words begin that say something
        else."""
        found: list[Range] = []
        free = [n for n, word in enumerate(words) if word.start not in taken]
        told = (r for n in range(len(words)) if not _is_counted(words, n) and (r := self._told(words, n, free)))
        for r in (*told, *self._of_marks(words, free)):
            if not any(k.meets(r.start, r.end) or k.facet == r.facet for k in found):
                found.append(r)
        return found

    def among(self, found: Sequence[Range], meant: Mask) -> list[Range]:
        """Degrees as they are of the items that are meant, (n,), and not of all."""
        return [replace(r, value=self._eased(r, meant)) for r in found]

    def _eased(self, stated: Range, meant: Mask) -> str:
        """The value of a degree where only some items are meant: some of them have it; of a mark no less than the
        middle of its scale, for a bad keeper is none."""
        sign, _, bar = stated.value.partition(" ")
        field = self._fields.fields[stated.facet]
        column = self._fields.column(field)[meant]
        known = np.sort(column[~np.isnan(column)])
        if sign not in (">=", "<=") or stated.value == _NOTHING or not len(known):
            return stated.value
        at, middle = min(_FEWEST, len(known)), (field.low + field.high) / 2
        eased = min(float(bar), known[-at]) if sign == ">=" else max(float(bar), known[at - 1])
        if field in self._marks.fields:
            eased = max(eased, middle) if sign == ">=" else min(eased, middle)
        return f"{sign} {written(float(eased))}"

    def _told(self, words: Sequence[Token], at: int, free: Collection[int]) -> Range | None:
        """ "High in protein", "lots of fibre", "good mileage", "protein-rich"; "sugary"; "no sugar"."""
        if numerous := self._numerous(words, at):
            return numerous
        if words[at].text.casefold() in _SIDES:
            return self._named_beside(words, at, free)
        return (self._full(words, at) or self._none(words, at)) if at in free else None

    def _named_beside(self, words: Sequence[Token], at: int, free: Collection[int]) -> Range | None:
        said = words[at].text.casefold()
        behind = [n for n in range(at + 1, len(words)) if words[n].text.casefold() not in _BETWEEN][:_REACH]
        places = [n for n in behind if n in free][:2]
        before = [at - 1] if said in _FULL_OF and at - 1 in free else []
        for n in (*places, *before):
            if (named := self._called(words, n, places)) and not _is_counted(words, n):
                more = said not in _LITTLE and (said not in _GOOD or named.field.better != "less")
                return self._degree(named, more, words, (at, n))
        return None

    def _numerous(self, words: Sequence[Token], at: int) -> Range | None:
        """ "Lots of reviews", "many voters", "few owners": of how many there are, where a column counts them."""
        said = words[at].text.casefold()
        led = words[at - 1].text.casefold() if at else ""
        behind = [n for n in range(at + 1, len(words)) if words[n].text.casefold() not in _BETWEEN][:1]
        if said not in _NUMEROUS | _FEW or led in _ASKED_OR_COMPARED or not behind:
            return None
        counted = [f for f in self._counts if root(words[behind[0]].text) in self._roots[f.name]]
        named = min(counted, key=lambda f: len(f.words), default=None)
        return self._degree(named, said in _NUMEROUS, words, (at, behind[0])) if named else None

    def _called(self, words: Sequence[Token], at: int, beside: Sequence[int]) -> NumberField | None:
        """The field that a word names; first what the words beside it name too, and what is called nothing else."""
        if words[at].text.casefold() in STOPWORDS | CHATTER:
            return None
        told = {root(words[n].text) for n in (at, *beside)}
        named = [f for f in self._measured if root(words[at].text) in self._roots[f.name]]
        return max(named, key=lambda f: (len(told & self._roots[f.name]), -len(f.words)), default=None)

    def _full(self, words: Sequence[Token], at: int) -> Range | None:
        """ "Sugary" is full of sugar, where a column is called that."""
        said = words[at].text.casefold()
        named = self._called(words, at, ()) if said.endswith("y") else None
        return self._degree(named, True, words, (at, at)) if named and words[at].form not in named.words else None

    def _none(self, words: Sequence[Token], at: int) -> Range | None:
        """ "No sugar", "sugar-free": nothing of it, where there is what has none."""
        some = (f for f in self._measured if f.low == 0 and f.dimension not in _NEVER_NONE)
        named = next((f for f in some if self._roots[f.name] == {root(words[at].text)}), None)
        before = at > 0 and words[at - 1].text.casefold() in _NONE
        then = words[at + 1] if at + 1 < len(words) else None
        behind = then is not None and then.text.casefold() == "free" and then.start == words[at].end + 1
        if named is None or not (before or behind):
            return None
        return Range(named.name, _NOTHING, words[at - before].start, words[at + behind].end, stated=True)

    def _of_marks(self, words: Sequence[Token], free: Sequence[int]) -> Iterator[Range]:
        """ "A good dribbler", "short passing", "the best header of the ball", "smoky"."""
        done = -1
        for at in free:
            if at <= done or self._marks.named([words[at].text]) is None or _is_counted(words, at):
                continue
            run = list(takewhile(lambda n: n in free, range(at, min(at + _LONGEST, len(words)))))
            run = [n for n in run if self._marks.named([words[n].text])]
            complement, done = _is_complement(words, done, at), run[-1]
            named = self._marks.named([words[n].text for n in run])
            if named and not complement:
                yield from self._marked(named, words, at, done)

    def _marked(self, named: NumberField, words: Sequence[Token], at: int, end: int) -> Iterator[Range]:
        led = [n for n in range(max(0, at - _REACH), at) if words[n].text.casefold() not in _BETWEEN]
        sign = words[led[-1]].text.casefold() if led else ""
        if sign in _FIRST | _LAST:
            yield Range(named.name, HIGHEST if sign in _FIRST else LOWEST, words[led[-1]].start, words[end].end)
        elif not sign.endswith("est"):
            start = led[-1] if sign in _SIDES | _VERY else at
            yield self._degree(named, sign not in _LITTLE, words, (start, end))

    def _degree(self, field: NumberField, more: bool, words: Sequence[Token], places: tuple[int, int]) -> Range:
        """Much is what few items pass, and of marks no less than the middle of the scale; little likewise."""
        first, last = min(places), max(places)
        very = any(word.text.casefold() in _VERY for word in words[max(0, first - 1) : first + 1])
        share, middle = _VERY_MUCH if very else _SOME, (field.low + field.high) / 2
        bar = self._fields.quantile(field, share if more else 1 - share)
        if field in self._marks.fields:
            bar = max(bar, middle) if more else min(bar, middle)
        bar = float(round(bar)) if field.dimension == "count" else bar
        value = f"{'>=' if more else '<='} {written(bar)}"
        return Range(field.name, value, words[first].start, words[last].end, stated=True, degree=True)


def _is_complement(words: Sequence[Token], done: int, at: int) -> bool:
    """Whether a word only says of what another is: "a header of the ball"."""
    between = [word.text.casefold() for word in words[done + 1 : at]] if done >= 0 else []
    return between[:1] == ["of"] and all(word in _ARTICLES for word in between[1:])


def _is_counted(words: Sequence[Token], at: int) -> bool:
    """Whether a number, or what bounds one, is next to a word, with no comma between: that is an amount."""
    run = [n for n in (at - 1, at) if 0 <= n < len(words) - 1 and words[n + 1].start - words[n].end > 1]
    first, last = (at if at - 1 in run else max(0, at - 1)), (at + 1 if at in run else at + 3)
    near = (*words[first:at], *words[at + 1 : last])
    return any(_COUNTED.fullmatch(word.text) for word in near)
