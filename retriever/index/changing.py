"""Items that come, go or change in an index that is in use: only what is new is encoded, and nobody sees half a change.

The whole change is kept beside the index first; then the index is said to have it, in one step. From then on all who
open the index see it, however much of it is written by then (Overlay). Who is stopped before that step has changed
nothing; what is left to do after it, the next who writes does first. Knows nothing of files of items.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..catalogue import Catalogue, Item, KnownFields
from ..encoding import Encoder, Pictures
from ..errors import CatalogueError
from ..progress import Progress
from .engines import ChromaEngine, Overlay, Row, VectorEngine, pages
from .folder import alone, break_seal, check_seal, is_sealed, set_seal
from .opening import (
    CHANGE,
    check_finished,
    check_fits,
    check_pictures,
    engine_in,
    picture_model,
    stored_schema,
    with_change,
)
from .projection_store import stored_layout
from .writing import Writer

_SAMPLE = 400
"""How many items tell which fields hold lists."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """Items that are to be there as they are here, ids that are to be gone, and new values of fields by id: as a file
    has them, and None or an empty text for unknown."""

    items: Sequence[Item] = ()
    removed: Sequence[str] = ()
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises CatalogueError for an item that is changed in two ways."""
        ids = [*(item.id for item in self.items), *dict.fromkeys(self.removed), *self.values]
        if twice := next((name for name in ids if ids.count(name) > 1), None) if len(set(ids)) < len(ids) else None:
            raise CatalogueError(f"{twice}: one change has this item twice; say one thing of it")


@dataclass(frozen=True, slots=True)
class Changed:
    """How many items came, changed and went, and how many there are now; `unknown`: ids to be removed that were not
    there."""

    added: int
    changed: int
    removed: int
    items: int
    unknown: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is other than it was."""
        return self.added + self.changed + self.removed > 0


def known_fields(where: Path | str | VectorEngine) -> KnownFields:
    """What the fields of an index are, to read further rows by. Raises IndexMismatch if there is none."""
    engine = engine_in(Path(where)) if isinstance(where, Path | str) else where
    meta = check_finished(engine, engine.metadata())
    return _fields(with_change(engine, meta), meta)


def change_items(
    where: Path | str | VectorEngine,
    encoder: Encoder,
    change: ItemChange,
    progress: Progress | None = None,
    pictures: Pictures | None = None,
    patience: float = 0,
) -> Changed:
    """Changes items of the index in a folder, or in another engine; all of it, or where it raises nothing.

    pictures, patience: see build_index. A running server takes it up by itself. Raises CatalogueError for an item that
    does not fit, an id with new values that is not there, and where nothing would be left; IndexMismatch as
    open_index, and if another process is writing there.
    """
    with _alone(where, patience) as engine:
        meta = check_finished(engine, engine.metadata())
        check_fits(meta, encoder, engine.place)
        if CHANGE in meta or not _is_whole(where):
            with _unsealed(where):
                meta = _finished(engine, meta)
        staged, done = _staged(engine, meta, encoder, change, progress, pictures)
        if done:
            with _unsealed(where):
                decided = {**meta, "total": done.items, "built": secrets.token_hex(8), CHANGE: staged.save()}
                engine.describe(decided)
                _finished(engine, decided)
        return done


@contextmanager
def _alone(where: Path | str | VectorEngine, patience: float) -> Iterator[VectorEngine]:
    """The engine, in which nobody else writes meanwhile."""
    if not isinstance(where, Path | str):
        with where.alone(patience):
            yield where
        return
    engine_in(Path(where))
    with alone(Path(where), patience):
        check_seal(Path(where))
        yield ChromaEngine.in_folder(where)


def _is_whole(where: Path | str | VectorEngine) -> bool:
    return not isinstance(where, Path | str) or is_sealed(Path(where))


@contextmanager
def _unsealed(where: Path | str | VectorEngine) -> Iterator[None]:
    """Where there is a seal, it is broken while something is written."""
    if not isinstance(where, Path | str):
        yield
        return
    break_seal(Path(where))
    yield
    set_seal(Path(where))


def _finished(engine: VectorEngine, meta: Row) -> Row:
    """Writes what is left of a change that was decided on; what is known about the index then."""
    if CHANGE not in meta:
        return meta
    saved = Overlay.saved(engine, int(meta[CHANGE]))
    saved.apply()
    after = {name: value for name, value in meta.items() if name != CHANGE}
    engine.describe(after)
    saved.drop()
    return after


def _staged(
    engine: VectorEngine,
    meta: Row,
    encoder: Encoder,
    change: ItemChange,
    progress: Progress | None,
    pictures: Pictures | None,
) -> tuple[Overlay, Changed]:
    """The change in memory, encoded and checked, and what comes of it."""
    staged, schema = Overlay(engine), stored_schema(engine, meta)
    pictures = picture_model(schema, pictures)
    check_pictures(meta, pictures, engine.place)
    items = [*change.items, *_with_values(engine, meta, change.values)]
    Catalogue(items, schema).check()
    if pictures:
        pictures.check(items, schema.of("image"))
    scale, behaviour = float(meta["scale"]), str(meta.get("behaviour", ""))
    layout = stored_layout(engine, meta)
    Writer(staged, layout, encoder, schema, scale, behaviour, None, pictures, progress).put(items)
    removed = list(dict.fromkeys(change.removed))
    before = _rows(engine, [*staged.changed, *removed])
    gone = [name for name in removed if name in before]
    staged.delete(gone)
    changed = sum(name in before for name in staged.changed)
    added = len(staged.changed) - changed
    unknown = tuple(name for name in removed if name not in before)
    total = int(meta["total"]) + added - len(gone)
    if total == 0:
        raise CatalogueError(f"{engine.place}: no items would be left; an index has at least one")
    return staged, Changed(added, changed, len(gone), total, unknown)


def _with_values(engine: VectorEngine, meta: Row, values: Mapping[str, Mapping[str, Any]]) -> Iterator[Item]:
    rows = _rows(engine, list(values))
    if lost := [name for name in values if name not in rows]:
        raise CatalogueError(f"{engine.place} has no item {lost[0]!r}; nothing was changed")
    fields = _fields(engine, meta) if values else None
    for name, new in values.items():
        if fields:
            yield fields.changed(Item.from_json(str(rows[name]["item"])), new)


def _fields(engine: VectorEngine, meta: Row) -> KnownFields:
    rows = engine.rows(engine.ids()[:_SAMPLE])
    some = [Item.from_json(str(row["item"])) for row in rows.values()]
    several = {name for item in some for name, value in item.fields.items() if isinstance(value, tuple)}
    return KnownFields(stored_schema(engine, meta), several)


def _rows(engine: VectorEngine, ids: Sequence[str]) -> dict[str, Row]:
    return {name: row for page in pages(ids) for name, row in engine.rows(page).items()}
