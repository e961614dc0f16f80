"""docs/security.md: each threat names a test that is there, and each test named runs."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [row for row in re.findall(r"^\| (.+) \|$", PAGE, re.M) if not row.startswith(("threat |", "---"))]


@cache
def defined(file: str) -> frozenset[str]:
    """The tests of a file that are not left out by a mark of their own."""
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    marks = {node.name: " ".join(map(ast.unparse, node.decorator_list)) for node in found}
    return frozenset(name for name, said in marks.items() if not re.search(r"mark\.(skip|xfail)\b", said))


def test_there_are_threats() -> None:
    assert len(ROWS) > 40


@pytest.mark.parametrize("row", ROWS)
def test_a_threat_is_held_by_tests_that_are_there(row: str) -> None:
    *_, tests = row.split(" | ")
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", tests)
    assert named and re.sub(r"`[^`]+`(, )?", "", tests) == ""
    assert not [name for file, name in named if name not in defined(file)]
