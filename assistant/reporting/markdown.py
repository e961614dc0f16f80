"""A report in Markdown: sections with a title, sentences and a table each.

Knows figures and words. Knows nothing of drawings or files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..evaluation import Figure
from .groups import DECLARED
from .knobs import KnobComparison
from .measuring import GroupTable, Report

_LONGEST = 60
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#&~])")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report. `table`: the groups that it is about, if it is about some."""

    title: str
    text: str
    table: GroupTable | None = None


def sections(report: Report, comparison: KnobComparison | None = None) -> list[Section]:
    """The report in its order: the whole, what knobs change, and each way to group the items."""
    found = [Section("What is shown", _whole(report))]
    if comparison:
        found.append(Section("What the knobs change", _changes(comparison)))
    return found + [Section(f"By {_words(table.by)}", _groups(table), table) for table in report.tables]


def as_markdown(parts: Sequence[Section]) -> str:
    return "# Report on what is shown\n\n" + "\n\n".join(f"## {part.title}\n\n{part.text}" for part in parts) + "\n"


def plain(text: str) -> str:
    """A catalogue's text in a line of Markdown: shortened, and with no sign that means anything."""
    line = " ".join(text.split())
    return _SPECIAL.sub(r"\\\1", line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…")


def _words(name: str) -> str:
    return plain(name.replace("_", " "))


def _whole(report: Report) -> str:
    counts = {"page": report.pages, "session": report.sessions, "item": report.items}
    pages, sessions, items = (f"{n:,} {what}{'' if n == 1 else 's'}" for what, n in counts.items())
    shown = f"{plain(report.source)}: {pages} of {sessions} over {items}."
    rows = [
        ("Gini of exposure over items", _with_interval(report.gini), "0: all items get as much; 1: one gets all"),
        ("share never shown", _with_interval(report.unshown), "items that were on no page"),
    ]
    if drift := report.calibration:
        what = f"{_words(report.genres)} of a page against the taste, in nats (Steck 2018); 0: in its proportions"
        rows.append(("divergence from tastes", _with_interval(drift), what))
    how = (
        "Exposure counts each place of a page by 1 / log2(1 + place), and each page as much. Intervals are of 95 %,"
        " over sessions: of means by a bootstrap, of Gini and the share never shown by a jackknife. One group in twenty"
        " lies off its share by chance alone."
    )
    return "\n\n".join([shown, *report.notes, _table(("figure", "value", "what it says"), rows), how])


def _groups(table: GroupTable) -> str:
    head = ("group", "items", "of the catalogue", "of the exposure", "95 % interval", "times its share", "")
    rows = [
        (
            plain(group.name),
            f"{group.items:,}",
            _percent(group.catalogue),
            _percent(group.exposure.mean),
            f"{_percent(group.exposure.low)} to {_percent(group.exposure.high)}",
            f"{group.times:.2f}",
            ("more" if group.times > 1 else "less") if group.apart else "",
        )
        for group in table.groups
    ]
    return "\n\n".join([_table(head, rows), *_told(table)])


def _told(table: GroupTable) -> Iterator[str]:
    """Which groups get more or less than chance explains, how many are left out, and how far two are apart."""
    apart = [group for group in table.groups if group.apart]
    for word, some in (("more", [g for g in apart if g.times > 1]), ("less", [g for g in apart if g.times < 1])):
        if some:
            yield f"Shown {word} than their share: {', '.join(plain(group.name) for group in some)}."
    if table.others:
        yield f"These are the groups farthest from their share; {table.others:,} others are nearer to it."
    if table.differences:
        unit = "each in times its share" if table.by == DECLARED else "in times their share"
        rows = [(plain(f.name), _signed(f.mean), _interval(f)) for f in table.differences]
        yield _table(("difference", unit, "95 % interval"), rows)


def _changes(comparison: KnobComparison) -> str:
    knobs = ", ".join(f"{name} = {value:g}" for name, value in comparison.knobs)
    rows = [
        (
            change.name,
            f"{change.without:.3f}",
            f"{change.with_knobs:.3f}",
            _signed(change.difference.mean),
            _interval(change.difference),
        )
        for change in comparison.changes
    ]
    told = f"The same people, with {knobs}."
    cost = (
        f"The cost is measured on {comparison.cases:,} cases of your own."
        if comparison.cases
        else "What it costs is not measured; name cases of your own with --cases."
    )
    return "\n\n".join([told, _table(("figure", "without", "with", "difference", "95 % interval"), rows), cost])


def _with_interval(figure: Figure) -> str:
    return f"{figure.mean:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def _interval(figure: Figure) -> str:
    return f"{_signed(figure.low)} to {_signed(figure.high)}"


def _signed(value: float) -> str:
    return f"{value:+.3f}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if share >= 0.001 or share == 0 else f"{100 * share:.2f} %"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
