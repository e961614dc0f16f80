"""An object that names a value, as lists of options and of facts have them: {"key": "Colour", "value": "red"}."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_VALUED = ("value", "values", "val")
_KEYED = ("name", "key", "label", "title")
_CODED = ("id", "code", "slug", "handle")


class NamedValue(str):
    """The name alone, for whoever asks no more; `said` is the value, or the list of them."""

    said: Any


def named_value(found: Mapping[str, Any]) -> NamedValue | None:
    """What an object names, if it has a value and one text beside it that says of what."""
    valued = next((key for key in _VALUED if found.get(key) not in (None, "", [])), "")
    texts = [key for key, one in found.items() if isinstance(one, str) and key not in (*_VALUED, *_CODED)]
    name = next((key for key in _KEYED if key in texts), texts[0] if len(texts) == 1 else "")
    if not valued or not name or not found[name].strip() or isinstance(found[valued], Mapping):
        return None
    named = NamedValue(found[name].strip())
    named.said = found[valued]
    return named
