"""The number fields of a catalogue as people speak of them: by their words, their units, and which end is "cheaper".

Knows the columns, and nothing of messages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from penchant.retriever import Catalogue, Encoder, parse_range
from penchant.retriever.arrays import Floats
from penchant.retriever.catalogue.inference import says

from .field_words import is_said, words_of_amounts
from .number_field import DATE, YEAR, NumberField, number_field, written

PRIOR = "prior"
_LONGEST_UNIT = 60.0
"""What is counted in days or years is an age or a delivery, and no length."""
_QUARTER, _THIRD = 1 / 4, 1 / 3
_SIZES = ("area", "volume", "mass", "length", "storage")
_NO_SIZES = ("distance", "elevation", "ascent", "mileage")
"""Lengths of which nothing is small or large."""
_LIKELY = 0.1
"""So much nearer is what costs, and of a bound from below a mark: of a number alone they are the likeliest."""
_NOWHERE_NEAR = 0.01
_AS_NEAR = 0.05
"""Cosines so far apart tell nothing."""
_TELLS = 0.1
"""So much nearer than another is what is named: a part, and not the total."""
_ALONE = 0.05
"""So much less is enough where nothing else is near."""


class NumberFields:
    """All number fields of a catalogue."""

    def __init__(self, catalogue: Catalogue, encoder: Encoder | None = None) -> None:
        """encoder: by which a field is found that no word names; without one none is."""
        self._catalogue, self._encoder = catalogue, encoder
        self._columns = catalogue.numbers
        found = [number_field(catalogue, name) for name in catalogue.schema.of("number")]
        known = [field for field in found if field is not None]
        usual = sorted(known, key=lambda field: field.field.aside)
        self.fields: Mapping[str, NumberField] = {field.name: _paired(field, known) for field in usual}
        self.prior = catalogue.schema.prior

    def is_amount(self, name: str) -> bool:
        """Whether a field of that name is here, and holds neither years nor dates."""
        return name in self.fields and self.fields[name].dimension not in (YEAR, DATE)

    def of(self, dimension: str) -> list[NumberField]:
        """The fields of a dimension, the best known first; what is set aside last."""
        known = (f for f in self.fields.values() if f.dimension == dimension)
        return sorted(known, key=lambda f: (f.field.aside, -f.filled))

    @property
    def year(self) -> NumberField | None:
        """The field that "from the 90s" means: of years, else of dates, or of dates where these are better known."""
        dated = [field for field in (*self.of(YEAR), *self.of(DATE)) if not field.field.aside]
        return max(dated, key=lambda field: round(field.filled, 1), default=None)

    def year_said(self, text: str) -> NumberField | None:
        """The field of years or dates that a text names ("acquired in the last ten years"), else the usual one."""
        dated = (*self.of(YEAR), *self.of(DATE))
        return next((field for field in dated if is_said(field.field, text)), self.year)

    @property
    def lengths(self) -> tuple[NumberField, ...]:
        """The fields that say how long an item takes: those of hours or less, the best known first, then of pages."""
        times = [f for f in self.of("time") if f.unit is None or f.unit.factor <= _LONGEST_UNIT]
        return (*times, *(f for f in self.fields.values() if f.is_about("page") and f not in times))

    def named(self, words: Iterable[str], among: Collection[NumberField]) -> list[tuple[float, NumberField]]:
        """The fields that words (the nearest first) speak of, with how clearly, the clearest first."""
        scores: dict[str, float] = {}
        for place, word in enumerate(words):
            for field in among:
                if value := field.said(word):
                    scores[field.name] = scores.get(field.name, 0.0) + value / (1 + 0.25 * place)
        by_name = {field.name: field for field in among}
        ranked = [(score - 0.05 * len(by_name[name].words), by_name[name]) for name, score in scores.items()]
        return sorted(ranked, key=lambda pair: -pair[0])

    def any_within(self, name: str, value: str) -> bool:
        """Whether any item lies in a range of a field, as Interest.value has it; of dates also by the calendar."""
        return bool(self._catalogue.within(name, *parse_range(value)).any())

    def divided(self, name: str, value: str) -> float:
        """How far a range tells the items apart: the share of them that lies within or outside, whichever is the
        smaller; 0 where every item is so, or none. A hundredth where none is half to twice as much as the bound."""
        low, high = parse_range(value)
        column = self._columns[name]
        known = column[~np.isnan(column)]
        within = int(((low <= known) & (known <= high)).sum())
        ends = [end for end in (low, high) if np.isfinite(end)]
        near = any(((min(end / 2, end * 2) <= known) & (known <= max(end / 2, end * 2))).any() for end in ends)
        return min(within, len(known) - within) / len(column) * (1.0 if near else _NOWHERE_NEAR)

    def nearest(
        self,
        said: str,
        among: Sequence[NumberField],
        least: float,
        sign: str = "",
        shares: Mapping[str, float] | None = None,
    ) -> NumberField | None:
        """The field whose name is nearest in meaning to what is said; none whose cosine is below `least`. sign: of a
        bound, that is likelier of what is the better on that side; shares: how far it divides each, where two are as
        near."""
        if self._encoder is None or not (among and said.strip()):
            return None
        said_vector, *names = self._encoder.encode([said, *(field.spoken for field in among)])
        likely = [_is_likely(field, sign) for field in among]
        likely = [one and not all(likely) for one in likely]
        near = [float(name @ said_vector) + _LIKELY * one for name, one in zip(names, likely, strict=True)]
        best = max(range(len(among)), key=near.__getitem__)
        if shares:
            best = max(
                range(len(among)), key=lambda n: (near[n] >= near[best] - _AS_NEAR) * (1 + shares[among[n].name])
            )
        total = self._total(among)
        if total is not None and near[best] - near[among.index(total)] < _TELLS:
            best = among.index(total)
        apart = near[best] - max((n for at, n in enumerate(near) if at != best), default=0.0) >= _TELLS
        return among[best] if near[best] >= least - _ALONE * apart else None

    def by_meaning(self, said: str, among: Sequence[NumberField]) -> list[tuple[float, NumberField]]:
        """The fields by the cosine of their names and what is said, the nearest first; none without an encoder."""
        if self._encoder is None or not (among and said.strip()):
            return []
        said_vector, *names = self._encoder.encode([said, *(field.spoken for field in among)])
        near = [(float(name @ said_vector), field) for name, field in zip(names, among, strict=True)]
        return sorted(near, key=lambda pair: -pair[0])

    def is_low(self, word: str, field: NumberField) -> bool:
        """Whether a word is nearer to little of a field than to much of it: the quietest has the lowest noise level. Of
        44 pairs on which this was tried it is right in 39; without an encoder nothing is little."""
        if self._encoder is None:
            return False
        said, high, low = self._encoder.encode([word, f"high {field.spoken}", f"low {field.spoken}"])
        return bool(said @ low > said @ high)

    def _total(self, among: Sequence[NumberField]) -> NumberField | None:
        """The field of several called alike that holds what the others are parts of: sales everywhere."""
        alike = [f for f in among if any(f.words & other.words for other in among if other is not f)]
        columns = [np.nan_to_num(self._columns[f.name]) for f in alike]
        greatest = (f for f, own in zip(alike, columns, strict=True) if all((own >= one).all() for one in columns))
        return next(greatest, None)

    def column(self, field: NumberField) -> Floats:
        """What the items have of a field, shape (n,), not a number where unknown."""
        return self._columns[field.name]

    def quantile(self, field: NumberField, share: float) -> float:
        """The number that so many of the known ones lie below."""
        return float(np.nanquantile(self._columns[field.name], share))

    def degree(self, adjective: str, wanted: bool, kinds: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
        """The field and range of "short" or, where it is not wanted, "long": the lowest quarter, or all but the highest
        third.

        `kinds` are categories and their values that are wanted: a short book is short for a book, and counts pages.
        """
        about, sign = self.ends(adjective)
        about = [f for f in about if not (f.dimension == "age" and f.field.bound)]  # it is the person that is so old
        held = [self._catalogue.holding(facet, value) for facet, value in kinds]
        rows = np.logical_or.reduce(held) if held else np.ones(len(self._catalogue), dtype=bool)
        known = {f.name: self._columns[f.name][rows] for f in about}
        known = {name: column[~np.isnan(column)] for name, column in known.items()}
        most = max(map(len, known.values()), default=0)
        likely = [f for f in about if len(known[f.name]) == most]
        name = (self.nearest(adjective, likely, 0.0) or likely[0]).name if likely else ""
        if not name or len(known[name]) <= rows.sum() / 2:
            return None  # a small gift is not one of the few things whose width is known
        low, share = (sign == "<") == wanted, _QUARTER if wanted else _THIRD
        bar = float(np.quantile(known[name], share if sign == "<" else 1 - share))
        return name, f"{'<=' if low else '>='} {written(round(bar) if self.fields[name].whole else bar)}"

    def ends(self, adjective: str) -> tuple[list[NumberField], str]:
        """The fields that an adjective is said of, the likeliest first, and "<" or ">": "cheap" of prices, "<"."""
        found: list[NumberField] = []
        sign = ""
        for concept, ends in words_of_amounts()["ends"].items():
            said = "<" if adjective in ends["less"] else ">" if adjective in ends["more"] else ""
            fields = self._about(concept) if said else []
            if concept == PRIOR and any(field.field.better == "less" for field in fields):
                said = {"<": ">", ">": "<"}[said]  # places, of which the first is the best known
            if fields and (not sign or said == sign):
                sign = said
                found += [field for field in fields if field not in found]
        return found, sign

    def may_say(self, adjective: str, field: NumberField) -> bool:
        """Whether an adjective is said of a field, whichever else it is said of: "quick" of speeds and of times."""
        ends = words_of_amounts()["ends"].items()
        said = (concept for concept, end in ends if adjective in (*end["less"], *end["more"]))
        return any(field in self._about(concept) for concept in said)

    def sized(self, adjective: str) -> tuple[list[NumberField], str]:
        """The field by which things are large or small where no column says that of them: the only one of a measure
        that what is larger has more of, else that says for how many it is."""
        ends = words_of_amounts()["ends"]["area"]
        sign = "<" if adjective in ends["less"] else ">" if adjective in ends["more"] else ""
        every = [f for f in self.fields.values() if sign]
        sizes = (f for f in every if f.dimension in _SIZES or "size" in f.words)
        measures = [f for f in sizes if not f.words & set(_NO_SIZES)]
        heads = [f for f in every if says(f.name, "heads") and not f.field.bound][:1]  # a place that sleeps ten
        found = measures or heads
        return (found, sign) if len(found) == 1 else ([], "")

    def _about(self, concept: str) -> list[NumberField]:
        if concept == PRIOR:
            places = [f for f in self.fields.values() if f.field.better == "less" and says(f.name, "popularity")]
            return [self.fields[self.prior]] if self.prior in self.fields else places
        if concept == YEAR:
            return [field] if (field := self.year) else []
        measured = words_of_amounts()["measured"].get(concept)
        if measured is None:
            return [f for f in self.fields.values() if f.is_about(concept)]
        # A time is also called a length, and is not small.
        every = [f for f in self.fields.values() if concept != "length" or not any(map(f.is_about, _NO_SIZES))]
        return [f for f in every if f.dimension == concept or (not f.dimension and f.words & set(measured))]


def _is_likely(field: NumberField, sign: str) -> bool:
    return field.dimension == ("rating" if sign in (">", ">=") else "money")


def _paired(field: NumberField, known: Sequence[NumberField]) -> NumberField:
    other = {"low": "high", "high": "low"}.get(field.field.bound)
    partner = next((f.name for f in known if other and f.field.bound == other and f.words == field.words), "")
    return replace(field, partner=partner)
