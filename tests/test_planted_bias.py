"""A bias that somebody planted is found by the report: the works of one maker, boosted by a doctored popularity."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from penchant.assistant import Assistant
from penchant.assistant.reporting import as_markdown, genres_of, measured, population, sections, simulate
from penchant.assistant.reporting.measuring import GroupTable
from penchant.retriever import build_index
from penchant.retriever.encoding import HashEncoder

from .demo import demo, gazetteer

MAKER = "Hayao Miyazaki"
"""Of three films, which without it are not shown more than chance explains."""


def makers(folder: Path, boost: float) -> tuple[GroupTable, str]:
    """What the report says by maker, and all of it, where the popularity of his works is so many times what it is."""
    items = [
        replace(item, fields={**item.fields, "popularity": item.number("popularity") * boost})
        if MAKER in item.values("makers")
        else item
        for item in demo().items
    ]
    schema = replace(demo().schema, prior_weight=0.5)
    assistant = Assistant(build_index(items, folder, HashEncoder(48), schema=schema), gazetteer=gazetteer())
    catalogue = assistant.index.catalogue
    shown = simulate(assistant, population(catalogue, 120, 7))
    report = measured(shown, catalogue, "test", {}, genres_of(schema))
    return next(table for table in report.tables if table.by == "makers"), as_markdown(sections(report))


def test_a_planted_bias_is_found(tmp_path: Path) -> None:
    before, _ = makers(tmp_path / "before", 1)
    after, text = makers(tmp_path / "after", 1000)
    assert MAKER not in [group.name for group in before.groups if group.apart and group.times > 1]
    first = after.groups[0]
    assert first.name == MAKER and first.apart and first.times > 2
    assert first.exposure.low > 2 * first.catalogue
    by_makers, *_ = text.split("## By makers")[1].split("\n## ")
    (said,) = [line for line in by_makers.splitlines() if line.startswith("Shown more")]
    assert MAKER in said
    usual = {group.name: group.times for group in before.groups}
    assert first.times > 2 * usual[MAKER]
