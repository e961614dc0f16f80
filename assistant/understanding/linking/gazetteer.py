"""Finds what a catalogue knows in what a person types: values, names, titles, and aliases of them.

Built once per catalogue. Knows nothing of polarity or grammar: see decomposer.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Any, Literal

from penchant.retriever import Catalogue, Item, Schema, item_text

from ..text import STOPWORDS, Token, forms

Forms = tuple[str, ...]

MatchKind = Literal["value", "name", "title"]

_LONGEST = 10
_OWN_FORM = 3
_YEAR = re.compile(r"\s*\((\d{4})\)\s*$")
_YES_OR_NO = frozenset({"true", "false", "yes", "no"})
_SAID_OF_FIELDS = frozenset("has have is are in good for allowed allows with includes offers".split())
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)
_SINGLE_NAME_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """Something the catalogue knows: a value of a facet or category, a name, or a title (value, and the item's id)."""

    kind: MatchKind
    facet: str
    value: str
    item: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Match:
    """Entries found at tokens [first, last) of a message."""

    first: int
    last: int
    entries: tuple[Entry, ...]


class Gazetteer:
    """The entries of a catalogue by their forms, with aliases from synonyms.toml and those of the owner."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._synonyms = _load_synonyms()

    @cached_property
    def entries(self) -> Mapping[Forms, tuple[Entry, ...]]:
        """All entries by form, the likeliest first: the commoner, three times as likely where the form is its own."""
        found: dict[Forms, dict[Entry, int]] = {}
        for entry in (*self._values(), *self._titles()):
            found.setdefault(forms(entry.value), {})[entry] = _OWN_FORM * entry.count
        for alias, entries in [*self._aliases(found), *self._short_titles(), *self._yes_or_no()]:
            known = found.setdefault(alias, {})
            known |= {entry: entry.count for entry in entries if entry not in known}
        found.pop((), None)
        return {form: tuple(sorted(known, key=lambda e: -known[e])) for form, known in found.items()}

    def _values(self) -> Iterator[Entry]:
        names = set(self._catalogue.schema.of("name"))
        for facet, values in self._catalogue.value_counts.items():
            if _YES_OR_NO.issuperset(map(str.casefold, values)):
                continue
            for value, count in values.items():
                yield Entry("name" if facet in names else "value", facet, value, count=count)

    def _yes_or_no(self) -> Iterator[tuple[Forms, list[Entry]]]:
        """Fields that are true or false, by their names: "a garage" where there is `has_garage`."""
        for facet, values in self._catalogue.value_counts.items():
            if values and _YES_OR_NO.issuperset(map(str.casefold, values)):
                true = next((value for value in values if value.casefold() in ("true", "yes")), "True")
                words = [word for word in facet.casefold().split("_") if word not in _SAID_OF_FIELDS]
                yield forms(" ".join(words)), [Entry("value", facet, true, count=values.get(true, 0))]

    def _titles(self) -> Iterator[Entry]:
        for item in self._catalogue.items:
            yield Entry("title", "item", _YEAR.sub("", item.title), item.id)

    def _short_titles(self) -> Iterator[tuple[Forms, list[Entry]]]:
        """Titles as people cut them short: without the article, or only up to the colon ("Kingsman", "Star Wars")."""
        for entry in self._titles():
            start = entry.value.partition(":")[0]
            for short in {start, _ARTICLE.sub("", start), _ARTICLE.sub("", entry.value)} - {entry.value}:
                if any(word not in STOPWORDS for word in forms(short)):
                    yield forms(short), [entry]

    def _aliases(self, known: Mapping[Forms, Mapping[Entry, int]]) -> Iterator[tuple[Forms, list[Entry]]]:
        """Aliases of what the catalogue has: of equals, all that it has; else of near ones, the first that it has."""

        def entries(form: Forms) -> list[Entry]:
            return [e for e in known.get(form, ()) if e.kind == "value" or e.facet in self._languages]

        reached: dict[Forms, list[Entry]] = {}
        for group in self._synonyms["same"]:
            members = [forms(member) for member in group]
            target = list(dict.fromkeys(e for form in members for e in entries(form)))
            reached |= dict.fromkeys(members, target) if target else {}

        def meant(form: Forms) -> list[Entry]:
            return reached.get(form) or entries(form)

        def is_two(form: Forms) -> bool:
            """ "Horror film" where films are a category: a horror and a film, found one after the other."""
            is_category = any(self.schema.kind(e.facet) == "category" for e in meant(form[-1:]))
            return is_category and reached[form] == meant(form[:-1])

        yield from ((form, target) for form, target in reached.items() if not is_two(form))
        for word, targets in self._synonyms["near"].items():
            if (form := forms(word))[0] in STOPWORDS and form[1:] in known:
                continue  # "for running", where the catalogue itself has "running"
            found = next((e for t in targets if (e := meant(forms(t)))), None)
            if found:
                yield form, found

    @cached_property
    def _languages(self) -> set[str]:
        """Name fields that hold adjectives of nations rather than people."""
        return {name for name in self._catalogue.schema.of("name") if re.match(r"(language|countr)", name, re.I)}

    @cached_property
    def surnames(self) -> Mapping[str, Entry]:
        """Last words of names that belong to one person only (or to one far better known than the others)."""
        found: dict[str, list[Entry]] = {}
        for form, entries in self.entries.items():
            if len(form) in (2, 3) and entries[0].kind == "name" and len(form[-1]) >= _SINGLE_NAME_LETTERS:
                found.setdefault(form[-1], []).append(entries[0])
        best = {last: sorted(entries, key=lambda e: -e.count) for last, entries in found.items()}
        return {
            last: entries[0]
            for last, entries in best.items()
            if len(entries) == 1 or entries[0].count > 3 * entries[1].count
        }

    def find(self, words: Sequence[Token], accept: Callable[[Entry, int, int], bool]) -> list[Match]:
        """Longest matches of accepted entries from left to right, not overlapping.

        `accept(entry, first, last)` says whether tokens [first, last) may mean the entry.
        """
        found, n = [], 0
        while n < len(words):
            match = next(
                (
                    Match(n, last, entries)
                    for last in range(min(len(words), n + _LONGEST), n, -1)
                    if (entries := self._accepted(words, n, last, accept))
                ),
                None,
            )
            if match:
                found.append(match)
            n = match.last if match else n + 1
        return found

    def _accepted(
        self, words: Sequence[Token], first: int, last: int, accept: Callable[[Entry, int, int], bool]
    ) -> tuple[Entry, ...]:
        entries = self.entries.get(tuple(word.form for word in words[first:last]), ())
        return tuple(entry for entry in entries if accept(entry, first, last))

    @property
    def schema(self) -> Schema:
        return self._catalogue.schema

    @cached_property
    def field_words(self) -> frozenset[str]:
        """The forms of the words in the names of fields and categories: "an actor", "a restaurant" say nothing more."""
        names = [field.name.replace("_", " ") for field in self.schema.fields]
        kinds = [value for name in self.schema.of("category") for value in self._catalogue.value_counts[name]]
        return frozenset(form for text in (*names, *kinds) for form in forms(text))

    @cached_property
    def spellings(self) -> Mapping[int, Mapping[str, tuple[Entry, ...]]]:
        """Values of up to three words, and names of two or three, as written; by the number of words."""
        found: dict[int, dict[str, tuple[Entry, ...]]] = {1: {}, 2: {}, 3: {}}
        for form, entries in self.entries.items():
            known = tuple(e for e in entries if e.kind == "value" or (e.kind == "name" and len(form) > 1))
            if known and len(form) <= 3:
                found[len(form)][" ".join(form)] = known
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """Every form in the catalogue's texts: a word found here is spelt as meant."""
        return frozenset(form for item in self._catalogue.items for form in forms(item_text(item, self.schema)))

    def known_value(self, facet: str, value: str) -> str:
        """The value of a facet as the catalogue writes it, also by an alias; empty if it has no such value."""
        found = (e.value for e in self.entries.get(forms(value), ()) if e.facet == facet)
        return next(found, "")

    def common_values(self, facet: str, count: int) -> list[str]:
        """The most frequent values of a facet."""
        values = self._catalogue.value_counts[facet]
        return sorted(values, key=lambda value: -values[value])[:count]

    def find_title(self, title: str) -> str:
        """The id of the best-known item of a title, with or without its year; empty if there is none."""
        year = _YEAR.search(title)
        titles = [e.item for e in self.entries.get(forms(_YEAR.sub("", title)), ()) if e.kind == "title"]
        dated = [item for item in titles if year and self.title_year(item) == year[1]]
        return max(dated or titles, key=self.prior, default="")

    def is_value(self, text: str) -> bool:
        """Whether the catalogue has a value or a name that is written so, in whatever case."""
        found = self.entries.get(forms(text), ())
        return any(e.kind != "title" and e.value.casefold() == text.casefold() for e in found)

    def facet_value(self, text: str) -> Entry | None:
        """The value of a facet that a text means, the commonest; None if it means none."""
        found = (e for e in self.entries.get(forms(text), ()) if self.schema.kind(e.facet) == "facet")
        return next(found, None)

    def get(self, item: str) -> Item:
        return self._catalogue.get(item)

    def title(self, item: str) -> str:
        return self._catalogue.get(item).title

    def title_year(self, item: str) -> str:
        """The year in the item's title or its fields, or an empty text."""
        found = self._catalogue.get(item)
        match = _YEAR.search(found.title)
        return match[1] if match else str(found.fields.get("year", ""))

    def prior(self, item: str) -> float:
        return self._catalogue.get(item).number(self.schema.prior, unknown=0.0)


def _load_synonyms() -> dict[str, Any]:
    here = resources.files("penchant.assistant.understanding.linking")
    return tomllib.loads(here.joinpath("synonyms.toml").read_text(encoding="utf-8"))
