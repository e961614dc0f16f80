"""Which values of a catalogue a noun stands for that none is called: a sedan is a Saloon, bourbon is Whisky, and
spirits are gin, rum and vodka.

Knows values by their fields, and English nouns. Knows nothing of items or messages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import chain, takewhile
from typing import Literal, TypeVar

from .compounds import is_joint, takes_away, words_in
from .nouns import Nouns, Sense, nouns

_MOST_VALUES = 1000
"""Of a field, the commonest."""
_MOST_WORDS = 3
_COMMONEST = 3
"""Meanings of a noun that may be meant, other than just what a value is."""
_HARDLY_ANOTHER = 2
_STEPS = 2
"""Up to the value that a noun is a kind of."""
_USUAL = 0.1
"""The share of a field's values that makes a theme one of the field's."""
_NOT_MANY_FEWER = 0.75
_SHARE = 0.5
"""Of a field's values. A noun for more says nothing there."""
_SEVERAL = 2
_SEEN = frozenset(("physical entity", "chromatic color"))
_OFTEN = 1.5
"""So many items have a value, on average, of a field that sorts them; of others kinds are not looked up."""
_REMEMBERED = 256
_BEHIND_A_HEAD = frozenset("in of with on for from at to by without".split())

How = Literal["same", "kinds", "broader"]

_Senses = Sequence[Sense]
_Pairs = Iterable[tuple[str, str]]
_Key = TypeVar("_Key", str, Sense)


@dataclass(frozen=True, slots=True)
class Named:
    """Values of a field, the commonest first: they are just what was named ("same"), of its kind ("kinds"), or what
    that is a kind of ("broader"). plain: the noun has hardly another meaning."""

    field: str
    values: tuple[str, ...]
    how: How
    plain: bool


class OtherNames:
    """The values of some fields, by other nouns. They are read when the first noun is looked up."""

    def __init__(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """counts: by field, how many items hold a value."""
        self._counts = counts
        self.of = lru_cache(_REMEMBERED)(self._of)

    def _of(self, noun: str) -> Named | None:
        """What a noun of up to three words stands for in one field: the values that are just that; else all that are of
        its kind, if some say so by their last word; else those that it is a kind of, by one step or two; else all that
        are of its kind, if these are not most of the field. None where it stands for nothing."""
        words = words_in(noun)
        senses = self._table.senses(" ".join(words)) if 0 < len(words) <= _MOST_WORDS and not takes_away(noun) else []
        for how, way in self._ways(senses) if senses else ():
            if found := _grouped(way):
                field = max(found, key=lambda one: sum(self._counts[one][value] for value in found[one]))
                values = sorted(found[field], key=lambda value: -self._counts[field][value])
                return Named(field, tuple(values), how, len(senses) <= _HARDLY_ANOTHER)
        return None

    def _ways(self, senses: _Senses) -> Iterator[tuple[How, _Pairs]]:
        """What a noun may stand for, the surest first."""
        yield "same", [*self._held("own", senses), *self._cut_short(senses)]
        called = [*self._held("heads", senses)]
        likely = above = [sense for sense in senses[:_COMMONEST] if self._is_seen(sense)]
        kinds = [*self._of_kind(likely)]
        yield "kinds", [*called, *kinds] if called else ()
        for _ in range(_STEPS):
            above = [kind for sense in above for kind in self._table.parents(sense)]
            yield "broader", self._held("own", above)
        yield "kinds", kinds

    def _is_seen(self, sense: Sense) -> bool:
        """Whether it is a thing or a colour: of what is only in the mind kinds say little (a commute is travel)."""
        return any(not _SEEN.isdisjoint(kind.names) for kind in self._table.broader(sense))

    def _held(self, where: str, senses: _Senses) -> _Pairs:
        return ((f, v) for f, field in self._fields.items() for s in senses for v in getattr(field, where).get(s, ()))

    def _of_kind(self, senses: _Senses) -> _Pairs:
        for name, field in self._fields.items():
            found = dict.fromkeys(value for sense in senses for value in field.kinds.get(sense, ()))
            known = self._counts[name]
            if len(found) <= _SHARE * len(known) and sum(known.values()) >= _OFTEN * len(known):
                yield from ((name, value) for value in found)

    def _cut_short(self, senses: _Senses) -> _Pairs:
        """An estate car is an Estate, where other values are cars."""
        for one, kind in ((sense, kind) for sense in senses for kind in self._table.parents(sense)):
            ends = [(name, f" {end}") for name in one.names for end in kind.names]
            short = {name.removesuffix(end) for name, end in ends if name.endswith(end)}
            for name, field in self._fields.items():
                if len(field.kinds.get(kind, ())) >= _SEVERAL:
                    yield from ((name, value) for one in short for value in field.called.get(one, ()))

    @cached_property
    def _table(self) -> Nouns:
        return nouns()

    @cached_property
    def _fields(self) -> Mapping[str, _Meanings]:
        return {name: _Meanings(known, self._table) for name, known in self._counts.items()}


class _Meanings:
    """The values of one field by their words (`called`), by what they (`own`), or else their last words (`heads`), may
    mean of the themes that are usual in the field, and by all that they are kinds of in their likeliest meaning."""

    def __init__(self, counts: Mapping[str, int], table: Nouns) -> None:
        values = nlargest(_MOST_VALUES, counts, key=counts.__getitem__)
        written = {v: words for v in values if not (takes_away(v) or is_joint(v)) and (words := words_in(v))}
        whole = {value: table.senses(" ".join(words)) for value, words in written.items()}
        last = {value: table.senses(_head(written[value])) for value, senses in whole.items() if not senses}
        meant = {value: senses or last[value] for value, senses in whole.items()}
        themes = Counter(chain.from_iterable({sense.theme for sense in senses} for senses in meant.values()))
        usual = {theme for theme, count in themes.items() if count >= _USUAL * len(written)}
        most = max(themes.values(), default=0)
        leading = {theme for theme, count in themes.items() if count >= _NOT_MANY_FEWER * most}
        likeliest = ((value, s) for value, senses in meant.items() for s in _first(senses, leading))
        self.called = _inverted((" ".join(words), value) for value, words in written.items())
        self.own = _inverted((s, value) for value, senses in whole.items() for s in senses if s.theme in usual)
        self.heads = _inverted((s, value) for value, senses in last.items() for s in senses if s.theme in usual)
        self.kinds = _inverted((kind, value) for value, s in likeliest for kind in table.broader(s))


def _head(words: Sequence[str]) -> str:
    """The last word of what stands before a preposition: a "private room in home" is a room."""
    led = [*takewhile(lambda word: word not in _BEHIND_A_HEAD, words)]
    return (led or words)[-1]


def _first(senses: _Senses, themes: set[str]) -> _Senses:
    return [sense for sense in senses if sense.theme in themes][:1]


def _grouped(pairs: _Pairs) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field, value in dict.fromkeys(pairs):
        found.setdefault(field, []).append(value)
    return found


def _inverted(pairs: Iterable[tuple[_Key, str]]) -> Mapping[_Key, Sequence[str]]:
    """By the first of each pair what stands beside it, each once."""
    found: dict[_Key, dict[str, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: list(values) for key, values in found.items()}
