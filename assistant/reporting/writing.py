"""A report as files: report.md, report.html and report.json in a folder that is there whole or not at all.

Knows files and pages. Knows nothing of how the figures came about.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from penchant.retriever import PenchantError

from .knobs import KnobComparison
from .markdown import Section, as_markdown
from .measuring import Report, least_shown
from .plots import bars, lorenz

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Report on what is shown</title>
<meta name="viewport" content="width=device-width">
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c2733 }}
table {{ border-collapse: collapse }} th, td {{ padding: .2rem .8rem .2rem 0; text-align: left }}
th {{ border-bottom: 1px solid #9aa5b1 }} svg {{ max-width: 100%; height: auto }}
</style></head><body>
<h1>Report on what is shown</h1>
{body}
</body></html>
"""


def check_free(folder: Path) -> None:
    """Raises PenchantError for a folder that is there: what somebody has is not written over."""
    if folder.exists():
        raise PenchantError(f"{folder} is there already; name a new folder with --into")


def write_report(
    folder: Path, report: Report, parts: Sequence[Section], ids: Sequence[str], comparison: KnobComparison | None = None
) -> None:
    """Writes the three files. Raises PenchantError if the folder is there or cannot be written."""
    check_free(folder)
    texts = {
        "report.md": as_markdown(parts),
        "report.html": as_html(report, parts),
        "report.json": json.dumps(as_json(report, ids, comparison), ensure_ascii=False, indent=2) + "\n",
    }
    made = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    try:
        made.mkdir(parents=True)
        for name, text in texts.items():
            (made / name).write_text(text, encoding="utf-8")
        made.rename(folder)
    except OSError as error:
        raise PenchantError(f"{folder}: cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def as_html(report: Report, parts: Sequence[Section]) -> str:
    """The report as one page with its drawings in it."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    found = [reader.render(f"## {part.title}\n\n{part.text}") + _drawing(report, part) for part in parts]
    return _PAGE.format(body="\n".join(found))


def _drawing(report: Report, part: Section) -> str:
    if part.table:
        return bars(part.table.groups, f"By {part.table.by}: shares of the catalogue and of the exposure")
    return lorenz(report.exposure) if part.title == "What is shown" else ""


def as_json(report: Report, ids: Sequence[str], comparison: KnobComparison | None = None) -> dict[str, Any]:
    """All figures. `least_shown`: the ids of the half of the items that get the least, for the knob of that name.

    ids: of the catalogue's items in their order.
    """
    said = asdict(report) | {"exposure": dict(zip(ids, report.exposure.tolist(), strict=True))}
    least = [ids[row] for row in least_shown(report.exposure)]
    return said | {"least_shown": least, "knobs": asdict(comparison) if comparison else None}
