"""Who did what: a name beside a word for a role is in the field of that role, whatever the catalogue calls it.

"Directed by" speaks of the field of directors, "brewed by" of a brewery, as the field's own name has the word's
beginning; words.toml has those that have not. Where a catalogue has only "makers", it depends on the kind of item who
they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from penchant.retriever import Schema

from ...understanding.text import stem
from ..evidence import Reading, Row
from ..statements import Role, called, named_after, vocabulary

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[,;:.!?()&–—]")
_SKIPPED = frozenset(", and & or the a an both great legendary young late brilliant always".split())
_LINKS = frozenset("by from of with as is are was were including like".split())
_ALSO = frozenset("also who who's both together then himself herself".split())
_ACTIVE = re.compile(r"\s*(?:\u25a0|[\"“‘'*_]+\u25a0|(?:this|it|the|both|all|them|an?|here)\b)", re.I)
_DOES = frozenset(
    "stars star plays play leads directs writes wrote makes brews sings sang hosts runs owns designs".split()
)
_DOING = ("s", "ed", "te", "ade", "ew", "ng")
_BEFORE_NAMES = frozenset(
    "stars starring featuring actors actress actresses directors writers authors makers singers co-stars".split()
)
_FARTHEST = 7
_SURNAME = 4


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or a mark, or the name of somebody."""

    text: str
    start: int
    end: int
    is_name: bool = False


class Roles:
    """Says whether those whom a sentence names are what it says they are."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._vocabulary = vocabulary()
        self._fields = schema.of("name", "facet", "category")
        star = self._vocabulary.role("star")
        self._casts = set(called(schema, star.fields[0])) if star else set()
        people = set(called(schema, star.fields[-1])) if star else set()
        self._casts |= people if len(schema.of("name")) > len(people) and self._has_makers() else set()

    def hold(self, reading: Reading) -> bool:
        """Whether every one is."""
        tokens = _tokens(reading)
        return all(
            self._holds(reading, tokens, n)
            for n, token in enumerate(tokens)
            if token.is_name and not reading.sentence.clauses.is_of_the_person(token.start)
        )

    def _has_makers(self) -> bool:
        return any(
            called(self._schema, role.fields[k])
            for role in self._vocabulary.roles
            for k in (0, 1)
            if k < len(role.fields) and "star" not in role.said
        )

    def _holds(self, reading: Reading, tokens: Sequence[_Token], n: int) -> bool:
        name = tokens[n].text
        words = _role_words(reading.sentence.blotted, tokens, n, self._is_role)
        return all(reading.holds(tokens[n].start, lambda row, w=word: self._is(row, name, w)) for word in words)  # type: ignore[misc]

    def _is_role(self, word: str) -> bool:
        return self._vocabulary.role(stem(word)) is not None or bool(named_after(self._schema, stem(word)))

    def _is(self, row: Row, name: str, word: str) -> bool:
        """Whether a row has a name in the field of the role that a word speaks of."""
        role = self._vocabulary.role(stem(word))
        fields = self._fields_of(row, role, stem(word))
        if not fields and role is None:  # "by", or a word that speaks of no field
            fields = [f for f in self._fields if f not in self._casts]
        return any(_bears(row, field, name) for field in fields)

    def _fields_of(self, row: Row, role: Role | None, word: str) -> list[str]:
        """The surest fields there are for a role, of those that the kind of the item allows."""
        own = [f for f in named_after(self._schema, word) if row.values(f)]
        if own or role is None:
            return own
        tiers = [called(self._schema, words) for words in role.fields]
        sure = [f for f in tiers[0] if row.values(f)] if tiers else []
        if sure or (tiers and tiers[0]) or not self._allows(row, role):
            return sure
        return next((tier for tier in tiers[1:] if tier), [])

    def _allows(self, row: Row, role: Role) -> bool:
        """Whether items of the row's kind have such a role, as far as that is known."""
        kinds = {stem(v) for f in self._schema.of("category") for v in row.values(f)} & self._vocabulary.kinds
        return not (kinds and role.kinds) or bool(kinds & role.kinds)


def _role_words(text: str, tokens: Sequence[_Token], n: int, is_role: Callable[[str], bool]) -> list[str]:
    """The words that say what somebody did: right before the name, right behind it, or before a list of names."""
    before = tokens[n - 1].text.casefold() if n else ""
    if before in ("by", "starring", "featuring"):
        return _led(tokens, n, is_role)
    if before in ("in", "at", "on"):
        return []  # a place does nothing
    behind = next((t for t in tokens[n + 1 :] if not t.is_name and t.text.casefold() not in _ALSO | {"and", "&"}), None)
    if behind is not None and is_role(behind.text) and _is_active(text, behind):
        return [behind.text]
    return _led(tokens, n, is_role)


def _is_active(text: str, verb: _Token) -> bool:
    """ "Directed" is done by whom it follows, if what was directed follows in turn; else it may be "grown on
    granite"."""
    return bool(_ACTIVE.match(text, verb.end)) or verb.text.casefold() in _DOES


def _led(tokens: Sequence[_Token], n: int, is_role: Callable[[str], bool]) -> list[str]:
    """The role words that lead up to a name, "by" alone where there is none."""
    found: list[str] = []
    by = False
    for token in reversed(tokens[max(0, n - _FARTHEST) : n]):
        word = token.text.casefold()
        if token.is_name or word in _SKIPPED:
            if found and word not in ("and", "&"):
                break
        elif is_role(word) and word not in _LINKS:
            found.append(word)
        elif word in _LINKS and not found:
            by = by or word == "by"
            if word not in ("by", "from", "of", "as"):
                break
        else:
            break
    if found and not by:
        found = [word for word in found if word in _BEFORE_NAMES or not word.endswith(_DOING)]
    return found or (["by"] if by else [])


def _tokens(reading: Reading) -> list[_Token]:
    text = reading.sentence.blotted
    names = list(_names(reading))
    marks = [
        _Token(m[0], *m.span()) for m in _TOKEN.finditer(text) if not any(n.start <= m.start() < n.end for n in names)
    ]
    return sorted([*names, *marks], key=lambda token: token.start)


def _names(reading: Reading) -> Iterator[_Token]:
    """Where a sentence names whom a row names, in full or by the surname."""
    text = reading.sentence.blotted
    values = {v for row in reading.rows for v in row.names}
    shorts = {
        value.split()[-1]: value
        for value in values
        if len(value.split()) in (2, 3) and len(value.split()[-1]) >= _SURNAME
    }
    end = 0
    pattern = "|".join(re.escape(v) for v in sorted({*values, *shorts}, key=len, reverse=True))
    for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text) if pattern else ():
        if match.start() >= end:
            yield _Token(shorts.get(match[0], match[0]), *match.span(), is_name=True)
            end = match.end()


def _bears(row: Row, field: str, name: str) -> bool:
    return any(name.casefold() == v.casefold() for v in row.values(field))
