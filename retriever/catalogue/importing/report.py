"""What was guessed of a file, to be checked and changed by a person: a schema file with comments; and what was left
out."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from ..inference import Column
from ..reading import BadRow
from .catalogue_file import CatalogueFile

_SAMPLES = 3
_SAMPLE_CHARACTERS = 40


def schema_toml(read: CatalogueFile) -> str:
    """A schema file that says what was guessed, with samples; `override_schema` reads it."""
    lines = [
        "# What the columns were taken for. Change what is wrong; then: penchant index ... --schema THIS_FILE",
        "# kind: facet (values with meaning), name (people, brands, places), category (wanting one keeps only those),",
        "#       number, text (prose), image, hidden (kept, never matched or shown)",
        "",
        f"prior = {_text(read.schema.prior)}  # the number that says how well known an item is",
    ]
    for column in read.columns:
        lines += ["", *_commented(column), f"[fields.{_text(column.name)}]", f"kind = {_text(column.kind)}"]
        lines += [f"{name} = {_text(value)}" for name, value in _said(column) if value]
        if column.aside:
            lines.append("aside = true  # of the record or of who made it: meant only where it is named")
        if column.words:
            lines.append(f"words = {json.dumps(list(column.words), ensure_ascii=False)}  # asked for by these")
    return "\n".join(lines) + "\n"


def _commented(column: Column) -> list[str]:
    about = f"# {column.filled:.0%} filled; {', '.join(samples(column))}"
    taken = [f"# from {column.source}"] if column.source else []
    return [" ".join(about.split()), *taken, *(f"# {' '.join(warning.split())}" for warning in column.warnings)]


def _said(column: Column) -> list[tuple[str, str]]:
    return [("unit", column.unit), ("better", column.better), ("bound", column.bound)]


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def samples(column: Column) -> list[str]:
    """Three different values, cut short."""
    known = dict.fromkeys(
        ", ".join(value) if isinstance(value, tuple) else str(value) for value in column.values if value is not None
    )
    cut = [text if len(text) <= _SAMPLE_CHARACTERS else text[: _SAMPLE_CHARACTERS - 1] + "…" for text in known]
    return cut[:_SAMPLES]


def write_left_out(rows: Sequence[BadRow], path: Path) -> None:
    """The rows that were left out, as CSV: file, line, reason, content. Nothing left out: no such file."""
    if not rows:
        if path.exists():  # where nothing can be written, to remove nothing is an error too
            path.unlink()
        return
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "line", "reason", "content"))
        writer.writerows((row.file, row.line, row.reason, row.content) for row in rows)
