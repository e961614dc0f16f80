"""Messages with the tags that people wrote down for them, and the vocabulary that each is to be understood with.

Knows nothing of how tags are found or compared.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from penchant.assistant.understanding.linking.gazetteer import Gazetteer
from penchant.assistant.understanding.text.stopwords import STOPWORDS
from penchant.assistant.understanding.text.tokens import forms
from penchant.retriever import Catalogue, Item, infer_schema

from .tags import ARTICLES, Polarity, Tag, digits

_DATED = re.compile(r"\(\d{4}\)$")
_YES_OR_NO = {"true", "false"}
_TITLES = re.compile(r"(^title|^track|_name)$")
_POLARITIES: dict[str, Polarity] = {"liked": "liked", "disliked": "disliked"}


@dataclass(frozen=True, slots=True)
class Message:
    """A case: the turns (role, text), of which the last is meant, or all of the person's (`whole`), and the gold tags.

    `services` are the domains that its tags are of, if the source has any.
    """

    id: str
    dialog: str
    source: str
    language: str
    turns: tuple[tuple[str, str], ...]
    gold: tuple[Tag, ...]
    whole: bool
    services: frozenset[str]

    @property
    def spoken(self) -> str:
        """What the person says in it."""
        said = [text for role, text in self.turns if role == "user"]
        return "\n".join(said if self.whole else said[-1:])

    @property
    def titles_only(self) -> bool:
        """Whether nothing but works was asked of those who wrote the gold."""
        return self.source == "redial_titles"

    def left_out(self, tag: Tag) -> bool:
        """Whether those who wrote the gold were not asked about a work that is found: in redial_titles, some that stand
        in the dialogue with their year; in iard_slots, which are words of the message, all that it does not name."""
        if any(tag.item and tag.item == gold.item for gold in self.gold):
            return False
        if self.source == "iard_slots":
            return bool(tag.item) and not _stands_in(_DATED.sub("", tag.value).partition(":")[0].strip(), self.spoken)
        return self.titles_only and bool(_DATED.search(tag.value)) and any(tag.value in text for _, text in self.turns)

    def says(self, tag: Tag) -> bool:
        """Whether the words (or the name of a yes-or-no field) of a tag stand in what the person says.

        Where nobody else speaks, all tags are the person's.
        """
        if all(role == "user" for role, _ in self.turns):
            return True
        named = " ".join(word for word in tag.facet.split("_") if word not in STOPWORDS)
        values = (named,) if tag.value.casefold() in _YES_OR_NO else (tag.value, *tag.other)
        return any(_stands_in(value, self.spoken) for value in values)


def _stands_in(value: str, text: str) -> bool:
    """Whether a value stands in a text: its words, and not those of a sequel; of a title like "It", also its year."""
    if value in text:
        return True
    words = [form for form in forms(_DATED.sub("", value)) if form not in ARTICLES]
    if all(word in STOPWORDS for word in words):
        return False
    spoken = " ".join(form for form in forms(text) if form not in ARTICLES)
    return bool(re.search(rf"(?<!\S){re.escape(digits(' '.join(words)))}(?!\S)(?! (?:\d|ii|part\b))", digits(spoken)))


def read_messages(path: Path) -> list[Message]:
    """The cases of a file, also gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return [_message(json.loads(line)) for line in file if line.strip()]


def _message(row: dict[str, Any]) -> Message:
    whole = row["source"] == "redial_titles" or row.get("gold_scope") == "dialogue"
    return Message(
        row["case_id"],
        row.get("dialog_id") or row["case_id"],
        row["source"],
        row.get("language") or "en",
        tuple((turn["role"], turn["text"]) for turn in row["turns"]),
        tuple(_tag(g) for g in row["gold"]),
        whole,
        frozenset(g["service"] for g in row["gold"] if "service" in g),
    )


def _tag(row: dict[str, Any]) -> Tag:
    polarity = _POLARITIES.get(row["polarity"], "unknown")
    return Tag(row["value"], polarity, row.get("facet", ""), row.get("item_id", ""), tuple(row.get("alternatives", ())))


def service_vocabulary(message: Message, messages: Sequence[Message]) -> Gazetteer:
    """A vocabulary for a message of a source without a catalogue: the values in other dialogues of its services.

    Each other message becomes an item that holds its tags; names of works and places are titles. So a value that no
    other dialogue has is unknown, as it would be if the catalogue did not hold it.
    """
    others = [m for m in messages if m.dialog != message.dialog and m.services & message.services]
    items = [item for m in others for item in _items(m)]
    return Gazetteer(Catalogue(items, infer_schema(items)))


def _items(message: Message) -> Iterator[Item]:
    names = [tag.value for tag in message.gold if _TITLES.search(tag.facet)]
    fields: dict[str, tuple[str, ...]] = {}
    for tag in message.gold:
        if not _TITLES.search(tag.facet) and tag.polarity == "liked":
            fields[tag.facet] = (*fields.get(tag.facet, ()), tag.value)
    for n, name in enumerate(names or [""]):
        yield Item(f"{message.id}-{n}", name, fields=fields)
