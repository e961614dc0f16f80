"""Turns ratings into what an encoder learns from: a text that the retriever would encode, an item, a label.

Where ratings come without words, the texts are written from the facets of items that the person liked. Splits by
person. Knows nothing of encoders or losses.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..catalogue import Catalogue, Item, Rating, Scale, item_text
from ..errors import TrainingError

FEWEST_PEOPLE = 10
"""Fewer cannot be split into those to learn from, those to stop by and those to report on."""

_DRAWS = 4  # texts written for a person
_TARGETS = 8  # items rated by the person that a written text is paired with
_SOURCES = 3  # liked items a text is written from
_TAGS = 4  # facet values in a sentence
_HELD_OUT = 0.1  # share of the people to stop by, and again of those to report on
_SENTENCES = ("I like {tags}.", "Something with {tags}, please.", "{tags}", "I am looking for {tags}, like {title}.")


@dataclass(frozen=True, slots=True)
class Example:
    """A text as the retriever would encode it, an item's id, and how well the two go together, in [0, 1].

    `known`: the items that the text was written from; whoever says it knows them.
    """

    person: str
    query: str
    item: str
    label: float
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """Examples of different people: to learn from, to stop and calibrate by (none in private), to report on."""

    train: tuple[Example, ...]
    validation: tuple[Example, ...]
    test: tuple[Example, ...]


def write_examples(ratings: Sequence[Rating], catalogue: Catalogue, scale: Scale, seed: int) -> list[Example]:
    """The examples of ratings of items that the catalogue holds; those of other items are left out.

    A rating with words gives one example for each of its texts. A user without words is given some: their liked items
    are sampled, a text is written from them (a tag alone, a sentence of tags, or the item itself, as when someone says
    "like this one"), and it is paired with other items that the user rated.
    """
    by_user: dict[str, list[Rating]] = {}
    examples = []
    for rating in ratings:
        if rating.item not in catalogue.row:
            continue
        label = scale.label(rating.rating)
        examples += [Example(rating.person, query, rating.item, label) for query in rating.queries]
        if not rating.queries:
            by_user.setdefault(rating.user, []).append(rating)
    for user, rated in by_user.items():
        examples += _written(user, rated, catalogue, scale, random.Random(f"{seed}:{user}"))
    return examples


def _written(
    user: str, rated: Sequence[Rating], catalogue: Catalogue, scale: Scale, rng: random.Random
) -> list[Example]:
    labels = {rating.item: scale.label(rating.rating) for rating in sorted(rated, key=lambda rating: rating.time)}
    liked = [item for item, label in labels.items() if label >= scale.liked]
    examples = []
    for draw in range(_DRAWS if len(labels) > 1 else 0):
        sources = rng.sample(liked, min(len(liked), len(labels) - 1, rng.randint(1, _SOURCES)))
        if not sources:
            break
        text = _text([catalogue.get(item) for item in sources], catalogue, draw, rng)
        targets = [item for item in labels if item not in sources]
        drawn = rng.sample(targets, min(_TARGETS, len(targets)))
        examples += [Example(user, text, item, labels[item], tuple(sources)) for item in drawn]
    return examples


def _text(sources: Sequence[Item], catalogue: Catalogue, draw: int, rng: random.Random) -> str:
    """In turn: a sentence, an item as the retriever sees it, a sentence, a tag."""
    tags = _tags(sources, catalogue)
    if draw % 4 == 1 or not tags:
        return item_text(sources[0], catalogue.schema)
    if draw % 4 == 3:
        return tags[0]
    return rng.choice(_SENTENCES).format(tags=", ".join(tags), title=sources[0].title)


def _tags(sources: Sequence[Item], catalogue: Catalogue) -> list[str]:
    """The facet values that most of the items share; among those of the same count the rarer ones say more."""
    facets = catalogue.schema.of("facet")
    pairs = [(facet, value) for item in sources for facet in facets for value in set(item.values(facet))]
    held = Counter(pairs)
    ranked = sorted(held, key=lambda pair: (-held[pair], catalogue.value_counts[pair[0]][pair[1]], pair))
    return list(dict.fromkeys(value for _, value in ranked))[:_TAGS]


def split_each(examples: Sequence[Example], seed: int) -> Split:
    """Nine people in ten to learn from, and one to report on, each by a draw of their own: who else is there changes
    nothing for a person. Raises TrainingError as split_people does."""
    place = {e.person: random.Random(f"{seed}:report:{e.person}").random() < _HELD_OUT for e in examples}
    train, test = (tuple(e for e in examples if place[e.person] is held) for held in (False, True))
    _check_people(len(place))
    return Split(train, (), test)


def split_people(examples: Sequence[Example], seed: int) -> Split:
    """Splits by person, 80 : 10 : 10, at least one person in each part.

    Raises TrainingError for fewer than FEWEST_PEOPLE people.
    """
    people = sorted({example.person for example in examples})
    _check_people(len(people))
    random.Random(seed).shuffle(people)
    held = max(1, round(_HELD_OUT * len(people)))
    place = {person: min(n // held, 2) for n, person in enumerate(people)}
    validation, test, train = (tuple(e for e in examples if place[e.person] == part) for part in range(3))
    return Split(train, validation, test)


def _check_people(count: int) -> None:
    if count < FEWEST_PEOPLE:
        raise TrainingError(
            f"{count} people (or different queries) have ratings to learn from; at least {FEWEST_PEOPLE} are"
            " needed. A user without queries counts with two rated items in the catalogue, one of them liked"
        )
