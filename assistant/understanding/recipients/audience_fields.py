"""Which fields of a catalogue say for whom its items are, and what their values say: found from the values, never from
a name.

Knows one catalogue. Knows nothing of messages.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from penchant.retriever.catalogue.kinds import Audience, audience_of, audiences, is_of_people

from ..linking import Gazetteer
from ..quantities import NumberField
from ..text import forms
from .persons import Person

_FOR_CHILDREN = ("children's", "childrens", "children", "kids", "kid friendly", "child friendly", "儿童")
_FOR_TEENS = ("young adult", "teen", "teens")
_TAGGED = 0.5
"""Of the items, so many have a tag that says for whom they are, where a field of tags says it."""
_YOUNGEST_TEEN, _OLDEST_CHILD = 13, 12
_LIMITS = frozenset(range(22))
_MOST_LIMITS = 10

Pair = tuple[str, str]


@dataclass(frozen=True)
class AudienceFields:
    """people: fields of men's and women's things; ages: fields of ages or ratings; by value. tagged: fields in which
    such values stand among others."""

    people: Mapping[str, Mapping[str, Audience]]
    ages: Mapping[str, Mapping[str, Audience]]
    tagged: frozenset[str]
    limits: tuple[NumberField, ...]
    gazetteer: Gazetteer

    @classmethod
    def of(cls, gazetteer: Gazetteer, apart: Collection[str] = ()) -> AudienceFields:
        """apart: fields of the sex of the items themselves, or of their makers."""
        counts = gazetteer.catalogue.value_counts
        names = [name for name in gazetteer.schema.of("facet", "category") if name not in apart]
        known = {name: found for name in names if (found := audiences(counts[name]))}
        people = {name: values for name, values in known.items() if is_of_people(values)}
        tagged = {name: tags for name in names if name not in known and (tags := _tags(gazetteer, name))}
        ages = {name: values for name, values in known.items() if name not in people}
        return cls({**people, **tagged}, ages, frozenset(tagged), tuple(_limits(gazetteer)), gazetteer)

    @property
    def has_ages(self) -> bool:
        """Whether a field says from which age on, or for which ages, something is; a whisky's own age does not."""
        return bool(self.ages) or any(field.field.bound for field in self.limits)

    def for_young(self, who: Person) -> Iterator[Pair]:
        """The values of other fields that are for the young, as a genre is: of a child's age, or a teenager's."""
        said = (
            *(_FOR_CHILDREN if who.low <= _OLDEST_CHILD else ()),
            *(_FOR_TEENS if who.high >= _YOUNGEST_TEEN else ()),
        )
        entries = (e for word in said for e in self.gazetteer.entries.get(forms(word), ()) if e.kind == "value")
        yield from ((e.facet, e.value) for e in entries if e.facet not in self.people and e.facet not in self.ages)

    def holding(self, field: str, values: Sequence[str]) -> tuple[str, ...]:
        """The ids of the items that have one of some values of a field."""
        catalogue = self.gazetteer.catalogue
        masks = [catalogue.holding(field, value) for value in values]
        rows = np.flatnonzero(np.logical_or.reduce(masks)) if masks else ()
        return tuple(catalogue.items[int(row)].id for row in rows)


def _tags(gazetteer: Gazetteer, name: str) -> Mapping[str, Audience]:
    """The tags of a field that say for whom items are, as most of its items have one."""
    counts = gazetteer.catalogue.value_counts[name]
    found = {value: one for value in counts if value.casefold() != "m" and (one := audience_of(value)) and one.worded}
    people = {value: one for value, one in found.items() if len(one.sexes) == 1 or not one.low}
    if not is_of_people(people):
        return {}
    told = Counter(any(value in people for value in item.values(name)) for item in gazetteer.catalogue.items)
    return people if told[True] >= _TAGGED * len(gazetteer.catalogue) else {}


def _limits(gazetteer: Gazetteer) -> Iterator[NumberField]:
    """The fields of the ages from which, or up to which, something is."""
    for field in gazetteer.number_fields.fields.values():
        column = gazetteer.catalogue.numbers[field.name]
        known = set(column[~np.isnan(column)].tolist())
        few = known <= _LIMITS and len(known) <= _MOST_LIMITS
        if field.is_about("age") and (field.field.bound or (few and math.isfinite(field.high))):
            yield field
