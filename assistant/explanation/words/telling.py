"""Which fields tell most of an item beside others: its kind, price, marks and length, before how it is built; and never
where on the globe it is, its currency or its address.

Knows fields and their values. Knows no wording.
"""

from __future__ import annotations

from collections.abc import Sequence

from penchant.retriever import Field, Item, Schema
from penchant.retriever.catalogue.inference import says

from ...understanding.quantities import dimension_of
from ...understanding.text import is_chinese
from .field_words import NO, YES

_FOR_FILES = ("coordinate", "address", "currency")
"""What a name may speak of that is kept for whoever sends, pays or draws a map."""
_ORDER = ("money", "rating", "time", "age", "", "year", "date")
"""What numbers measure, in the order in which people weigh it; what is empty is a measure of the catalogue's own."""
_ANYTHING = ("other", "others", "misc", "miscellaneous", "unknown", "none", "n/a", "其他")
"""Values that say only what an item is not."""


def is_telling(field: Field, schema: Schema) -> bool:
    """Whether a field says something of an item to whoever looks for one."""
    if field.kind not in ("category", "facet", "name", "number") or field.name == schema.prior:
        return False
    named_marks = field.kind == "facet" and says(field.name, "rating")  # "Rating color": the marks again
    return not named_marks and not any(says(field.name, concept) for concept in _FOR_FILES)


def telling_numbers(schema: Schema) -> list[Field]:
    """The number fields, those first that people weigh, of each measure one; how many took part comes last."""
    found = [f for f in schema.fields if f.kind == "number" and not f.aside and is_telling(f, schema)]
    measures = [dimension_of(field) for field in found]
    again = [bool(m) and m in measures[:n] for n, m in enumerate(measures)]
    ranks = {f.name: (twice, _rank(f)) for f, twice in zip(found, again, strict=True)}
    return sorted(found, key=lambda field: ranks[field.name])


def _rank(field: Field) -> int:
    if field.unit == "count" and field.better == "more":
        return len(_ORDER)
    dimension = dimension_of(field)
    return _ORDER.index(dimension if dimension in _ORDER else "")


def telling_kinds(schema: Schema) -> list[Field]:
    """The fields that say what an item is like, its kind first; those of yes and no are not among them."""
    order = ("category", "facet")
    found = [f for f in schema.fields if f.kind in order and f.unit != "yes/no" and is_telling(f, schema)]
    return sorted(found, key=lambda field: order.index(field.kind))


def truth_fields(schema: Schema) -> list[Field]:
    """The columns of yes and no."""
    return [
        f for f in schema.fields if f.kind in ("category", "facet") and f.unit == "yes/no" and is_telling(f, schema)
    ]


def telling_values(item: Item, field: Field) -> list[str]:
    """The values of an item that can be said without their field: words, and no letters, figures or "other"."""
    found = dict.fromkeys(value for value in item.values(field.name) if value.casefold() not in (*YES, *NO))
    return [v for v in found if v.casefold() not in _ANYTHING and any(map(str.isalpha, v)) and (v[1:] or is_chinese(v))]


def differing(fields: Sequence[Field], items: Sequence[Item]) -> list[Field]:
    """Those of the fields that each of the items has, and not all the same."""
    known = [f for f in fields if all(item.values(f.name) for item in items)]
    return [f for f in known if any(set(i.values(f.name)) != set(items[0].values(f.name)) for i in items)]
