"""Of a series whose last part that the person knows they liked, the next part comes first, and no other part beside it.

Knows marks, what binds items, and a search's results. Knows nothing of words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from penchant.retriever import MENTION, Catalogue, Pick, Results, is_order
from penchant.retriever.arrays import Floats
from penchant.retriever.catalogue.kinship import SERIES, Bond, Kinship
from penchant.retriever.ranking.ordering import FITS, tiers

from .session import Session

_MOST = 2_000
"""So many of the works liked last are looked at."""


def next_parts(liked: Iterable[str], known: Collection[str], kinship: Kinship) -> Mapping[str, str]:
    """The parts (ids) that come after one that is liked, which is the value, and that the person does not know."""
    catalogue = kinship.catalogue
    after = {item: kinship.next_part(catalogue.row[item]) for item in liked}
    found = {catalogue.items[row].id: item for item, row in after.items() if row is not None}
    return {part: item for part, item in found.items() if part not in known}


@dataclass(frozen=True)
class NextParts:
    """The order of a page on which the next parts come first. `found_of`: the pick that an item would be, if any gate
    lets it in. `places`: on a page."""

    session: Session
    kinship: Kinship
    places: int
    found_of: Callable[[str], Pick | None]

    def first(self, found: Results) -> Results:
        """The results, as many as they were; no score changes. As they are where a series or an order is asked for, or
        what is known may be shown."""
        wanted = self.session.effective_interests
        if self.session.screen.mode != "new" or any(map(is_order, wanted)) or not found.picks:
            return found
        picks = list(found.picks)
        known = {mark.item for mark in self.session.marks}
        for part, liked in next_parts(self._liked_beside(picks[: self.places]), known, self.kinship).items():
            picks = self._with_part(picks, part, liked)
        return replace(found, picks=tuple(picks[: len(found.picks)]))

    def _liked_beside(self, page: Iterable[Pick]) -> list[str]:
        """What the person liked of the series on a page."""
        row = self._catalogue.row
        liked = [mark.item for mark in self.session.marks if mark.kind == "liked" and mark.item in row][-_MOST:]
        here = {bond for pick in page for bond in self._series(pick.item.id)} if liked else set()
        return [item for item in liked if here and not here.isdisjoint(self._series(item))]

    def _series(self, item: str) -> list[Bond]:
        return [bond for bond in self.kinship.bonds(self._catalogue.row[item]) if bond.kind == SERIES]

    def _with_part(self, picks: list[Pick], part: str, liked: str) -> list[Pick]:
        row = self._catalogue.row
        series = {self._catalogue.items[n].id for n in self.kinship.others_of_series(row[part])}
        at = next((n for n, pick in enumerate(picks[: self.places]) if pick.item.id in series), None)
        if at is None or self._is_asked_for(series | {part}):
            return picks
        new = next((pick for pick in picks if pick.item.id == part), None) or self.found_of(part)
        if new is None or not self._fits(new, picks[at]):
            return picks
        before = next((n for n, pick in enumerate(picks) if pick.item.id == part), len(picks))
        left = [pick for pick in picks if pick.item.id != part]
        if at < before:
            why = f"as it comes after {self._catalogue.get(liked).title}, which you liked"
            new = replace(new, lifted=new.lifted or why)
        left.insert(min(at, before), new)
        return self._alone(left, part, series)

    def _alone(self, picks: list[Pick], part: str, series: set[str]) -> list[Pick]:
        """With other parts of the series set aside for the next page, where something that fits as well is there."""
        page, later = picks[: self.places], picks[self.places :]
        bond = self._bond(part)
        for n, pick in enumerate(page):
            others = (other for other in later if other.item.id not in series and self._fits(other, pick))
            if pick.item.id in series and (other := next(others, None)):
                page[n] = replace(other, instead=bond)
                later = [pick, *(left for left in later if left is not other)]
        return [*page, *later]

    def _bond(self, part: str) -> Bond | None:
        return next(iter(self._series(part)), None)

    def _fits(self, one: Pick, other: Pick) -> bool:
        row = self._catalogue.row
        as_much = self._holds[row[one.item.id]] >= self._holds[row[other.item.id]]
        return bool(as_much) and one.score >= FITS * other.score

    @cached_property
    def _holds(self) -> Floats:
        """How much of what is wanted each row holds, (n,)."""
        return tiers(self.session.effective_interests, self._catalogue)

    def _is_asked_for(self, series: set[str]) -> bool:
        """Whether the person wants the series itself, all of it."""
        fields, catalogue = self.kinship.fields.series, self._catalogue
        wants = [i for i in self.session.interests if i.level == "want" and not i.parked]
        named = any(i.facet == MENTION and series.intersection(i.items) for i in wants)
        values = (catalogue.holding(i.facet, i.value) for i in wants if i.facet in fields)
        return named or any(mask[[catalogue.row[item] for item in series]].any() for mask in values)

    @property
    def _catalogue(self) -> Catalogue:
        return self.kinship.catalogue
