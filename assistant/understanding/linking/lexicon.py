"""What a catalogue knows as people may say it: each value, name and title by its forms, with aliases and short titles.

Aliases are those of synonyms.toml. Knows nothing of messages: see gazetteer.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from itertools import chain
from typing import Any, Literal

from penchant.retriever import Catalogue, Schema
from penchant.retriever.catalogue.inference import says, words_of
from penchant.retriever.catalogue.kinds import adjectives

from ..text import CHATTER, STOPWORDS, forms, is_chinese, scripts
from .deeds import comparative, deeds
from .written_titles import shortened_titles

Forms = tuple[str, ...]

EntryKind = Literal["value", "name", "title"]

YEAR = re.compile(r"\s*\((\d{4})\)\s*$")
"""The year at the end of a title."""

_OWN_FORM = 3
_ANSWER = {"true": "yes", "yes": "yes", "false": "no", "no": "no"}
_ANSWERS = frozenset(("yes", "no"))
_SAID_OF_FIELDS = frozenset(
    "has have is are in good for allowed allows with includes offers included needed required"
    " available friendly ok yn".split()
)
_HAS = re.compile(r"^(?:has|have|with|needs?|includes?|offers?|requires?)\s+", re.I)
_JOINT = re.compile(r"\s*[/&]\s*|\s+and\s+")
_COMMON_ENDING, _COMMON_SHARE, _MOST_HEADS = 2, 0.1, 200
_HEAD, _CODE = 4, 3
_CALLED = 3
"""What so many fields' names begin with is what the things are called."""
_CUT_UNIT = re.compile(r"(?<=\d) (?=[a-z]\b)")
"""In "5 g", the words of `has_5g`, what nobody writes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something the catalogue knows: a value of a facet or category, a name, or a title (value, and the item's id)."""

    kind: EntryKind
    facet: str
    value: str
    item: str = ""
    count: int = 1


class Lexicon:
    """Makes the entries of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        table = resources.files("penchant.assistant.understanding.linking").joinpath("synonyms.toml")
        self._synonyms: dict[str, Any] = tomllib.loads(table.read_text(encoding="utf-8"))
        names = catalogue.schema.of("name")
        self.nations = frozenset(
            name for name in names if re.search(r"language|countr|nation", name, re.I) or says(name, "state")
        )
        """Fields of names that hold languages, countries and states rather than people."""

    def _tells_nothing(self, value: str) -> bool:
        """Whether a value by itself is no word for some of the items."""
        return value.casefold() in _ANSWER or self._things.issuperset(forms(value))

    @cached_property
    def _things(self) -> frozenset[str]:
        """What all items are called, and so says nothing of one: "course" where there are `course_title`,
        `course_rating` and so on."""
        first = Counter(words[0] for field in self._catalogue.schema.fields if len(words := words_of(field.name)) > 1)
        return frozenset(form for word, count in first.items() if count >= _CALLED for form in forms(word))

    def entries(self) -> dict[Forms, tuple[Entry, ...]]:
        """All entries by form, the likeliest first: the commoner, three times as likely where the form is its own."""
        found: dict[Forms, dict[Entry, int]] = {}
        titles = self._titles()
        for entry in (*self._values(), *titles):
            found.setdefault(forms(entry.value), {})[entry] = _OWN_FORM * entry.count
        several = self._catalogue.several
        own = {(form, entry.facet) for form, known in found.items() for entry in known if entry.facet in several}
        for form, entry in self._parts():
            # "Space" is no "space travel" where there is "space"; but of colours, "black metallic" is black, too.
            if (form, entry.facet) not in own:
                found.setdefault(form, {}).setdefault(entry, entry.count)
        more_of = [*_compared(found)]
        for more in (self._yes_or_no, lambda: self._aliases(found), lambda: _short_titles(titles), lambda: more_of):
            for alias, entries in [*more()]:
                known = found.setdefault(alias, {})
                known |= {entry: entry.count for entry in entries if entry not in known}
        found.pop((), None)
        return {form: self._by_role(_likeliest_first(known)) for form, known in found.items()}

    def _by_role(self, known: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """With the column first that says what a thing is, where another of the same words says something else."""
        first = next((e for e in known if (e.facet, known[0].facet) in self._catalogue.twins), None)
        return (first, *(e for e in known if e is not first)) if first else known

    @property
    def endings(self) -> Mapping[str, Sequence[str]]:
        """What says a kind of thing behind another word, and the words that mean the same."""
        endings: Mapping[str, Sequence[str]] = self._synonyms["endings"]
        return endings

    @property
    def compounds(self) -> Sequence[str]:
        """Words that end in one, with a space before it."""
        every = chain(*self._synonyms["same"], self._synonyms["near"])
        return [word for word in every if is_chinese(word) and " " in word]

    def _ending(self, form: Forms, meant: Callable[[Forms], list[Entry]]) -> list[Entry]:
        return next((e for word in self.endings.get("".join(form), ()) if (e := meant(forms(word)))), [])

    def _values(self) -> Iterator[Entry]:
        names = set(self._catalogue.schema.of("name"))
        for facet, values in self._catalogue.value_counts.items():
            for value, count in values.items():
                if self._tells_nothing(value):
                    continue
                yield Entry("name" if facet in names else "value", facet, value, count=count)

    def _parts(self) -> Iterator[tuple[Forms, Entry]]:
        """Values as people cut them: without the word that most values of the facet end in ("Horror Movies", "Beginner
        Level"), and each part of a joint one ("Thriller/Suspense", "Children & Family"). Not of what hardly comes
        twice, such as the names of albums."""
        called = headings(self._catalogue.schema)
        for facet in self._catalogue.schema.of("facet", "category"):
            values = self._catalogue.value_counts[facet]
            if not self._catalogue.sorts(facet):
                continue
            last = Counter(form[-1] for value in values if len(form := forms(value)) > 1)
            last.update(form[-2] for value in values if len(form := forms(value)) > 2)
            least = max(_COMMON_ENDING, _COMMON_SHARE * len(values))
            # Where there is "black", "active black" is one, and nothing active.
            common = {word for word, n in last.items() if n >= least} - {
                f[0] for f in map(forms, values) if len(f) == 1
            }
            for value, count in values.items():
                if self._tells_nothing(value):
                    continue
                entry = Entry("value", facet, value, count=count)
                parts = [forms(_HAS.sub("", part)) for part in _JOINT.split(value)]
                for form in parts:
                    short = form
                    while len(short) > 1 and short[-1] in common:
                        short = short[:-1]
                    yield from ((one, entry) for one in {form, short} if one and any(len(w) > 2 for w in one))
                yield from ((forms(part), entry) for part in scripts(value))
            heads = ((form, entry) for form, entry in _heads(facet, values) if not called.issuperset(form))
            yield from ((f, e) for f, e in heads if not self._catalogue.calls_others(f[0], facet, e.value))

    def _yes_or_no(self) -> Iterator[tuple[Forms, list[Entry]]]:
        """Fields that are true or false, by their names: "a garage" where there is `has_garage`."""
        for facet, values in self._catalogue.value_counts.items():
            if {_ANSWER.get(value.casefold(), "") for value in values} >= _ANSWERS:
                true = next((value for value in values if value.casefold() in ("true", "yes")), "True")
                entry = Entry("value", facet, true, count=values.get(true, 0))
                words = [word for word in words_of(facet) if word not in _SAID_OF_FIELDS] or words_of(facet)
                yield forms(" ".join(words)), [entry]
                yield forms(_CUT_UNIT.sub("", " ".join(words))), [entry]
                if len(words) > 1 and len(words[-1]) > 4:  # "built-in speakers"
                    yield forms(words[-1]), [entry]
                yield from ((forms(deed), [entry]) for deed in (deeds(words) if words else ()))

    def _titles(self) -> list[Entry]:
        return [Entry("title", "item", YEAR.sub("", item.title), item.id) for item in self._catalogue.items]

    def _aliases(self, known: Mapping[Forms, Mapping[Entry, int]]) -> Iterator[tuple[Forms, list[Entry]]]:
        """Aliases of what the catalogue has: of equals, all that it has; else of near ones, the first that it has."""

        def entries(form: Forms) -> list[Entry]:
            return [e for e in known.get(form, ()) if e.kind == "value" or e.facet in self.nations]

        reached: dict[Forms, list[Entry]] = {}
        for group in self._synonyms["same"]:
            members = [forms(member) for member in group]
            target = list(dict.fromkeys(e for form in members for e in entries(form)))
            reached |= dict.fromkeys(members, target) if target else {}

        def meant(form: Forms) -> list[Entry]:
            return reached.get(form) or entries(form)

        def is_two(form: Forms) -> bool:
            """ "Horror film" where films are a category: a horror and a film, found one after the other."""
            ends = [(n, meant(form[-n:]) or self._ending(form[-n:], meant)) for n in (1, 2) if n < len(form)]
            kinds = [n for n, end in ends if any(self._catalogue.schema.kind(e.facet) == "category" for e in end)]
            return any(reached[form] == meant(form[:-n]) for n in kinds)

        yield from ((form, target) for form, target in reached.items() if not is_two(form))
        for word, targets in self._synonyms["near"].items():
            if (form := forms(word))[0] in STOPWORDS and form[1:] in known:
                continue  # "for running", where the catalogue itself has "running"
            found = next((e for t in targets if (e := meant(forms(t)))), None)
            if found:
                yield form, found


@lru_cache
def headings(schema: Schema) -> frozenset[str]:
    """The words of the fields' names: where there are studios, "studio" is no Walt Disney Studios."""
    return frozenset(form for field in schema.fields for form in forms(" ".join(words_of(field.name))))


def _heads(facet: str, values: Mapping[str, int]) -> Iterator[tuple[Forms, Entry]]:
    """The first word that several values share ("Xbox One", "Xbox Series X") and no adjective is, and the last that
    only one ends in ("Business Finance")."""
    if len(values) > _MOST_HEADS:
        return
    written = {value: form for value in values if len(form := forms(value)) > 1}
    first = Counter(form[0] for form in written.values())
    last = Counter(form[-1] for form in map(forms, values) if form)
    for value, form in written.items():
        entry = Entry("value", facet, value, count=values[value])
        written_so = value.split()
        made = first[form[0]] > 1 and written_so[0][0].isupper() and written_so[0].casefold() not in adjectives()
        heads = [form[:1]] if made else []
        heads += [form[-1:]] if last[form[-1]] == 1 and written_so[-1][0].isupper() else []
        least = _CODE if written_so[-1].isupper() else _HEAD  # "Type 2 CCS"
        yield from ((head, entry) for head in heads if len(head[0]) >= least and head[0] not in STOPWORDS | CHATTER)


def _compared(found: Mapping[Forms, Mapping[Entry, int]]) -> Iterator[tuple[Forms, list[Entry]]]:
    """What is more of a value, where nothing else is called so."""
    for entry in {e: None for known in found.values() for e in known if e.kind == "value"}:
        if (more := forms(comparative(entry.value))) and more not in found:
            yield more, [entry]


def _likeliest_first(known: Mapping[Entry, int]) -> tuple[Entry, ...]:
    return tuple(known) if len(known) == 1 else tuple(sorted(known, key=lambda entry: -known[entry]))


def _short_titles(titles: Sequence[Entry]) -> Iterator[tuple[Forms, list[Entry]]]:
    for entry in titles:
        for short in shortened_titles(entry.value):
            if any(word not in STOPWORDS for word in forms(short)):
                yield forms(short), [entry]
