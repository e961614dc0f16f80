"""The order of the folders, what each may know, and what importing costs."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "retriever": set(),
    "assistant": {"retriever"},
    "tools": {"retriever", "assistant"},
    "ui": {"retriever", "assistant", "tools"},
}
UNKNOWN_TO = {
    "retriever": {"gradio", "langchain", "langchain_core", "langchain_openai", "mcp", "openai"},
    "assistant": {"chromadb", "gradio", "mcp"},
    "tools": {"chromadb", "gradio"},
    "ui": {"chromadb", "langchain", "langchain_core", "mcp"},
}
MOST_LINES = 300
MODULES = [path for folder in MAY_IMPORT for path in sorted((ROOT / folder).rglob("*.py"))]
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
each_folder = pytest.mark.parametrize("folder", MAY_IMPORT)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, with the number of leading dots."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""
            if node.module == "penchant":
                yield from ((0, f"penchant.{alias.name}") for alias in node.names)


@each_module
def test_order(path: Path) -> None:
    folder = path.relative_to(ROOT).parts[0]
    for dots, name in imported(path):
        assert dots <= 1, f"{path}: a relative import must stay in its folder"
        parts = name.split(".")
        if not dots and parts[0] == "penchant" and len(parts) > 1:
            assert parts[1] == folder or parts[1] in MAY_IMPORT[folder], f"{path} imports {name}"
        assert dots or parts[0] not in MAY_IMPORT, f"{path} imports {name} by its bare name"
        assert dots or parts[0] not in UNKNOWN_TO[folder], f"{path} imports {name}"


@each_module
def test_no_tricks_with_the_path(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "sys.path" not in text
    for name in re.findall(r"import_module\(\s*f?[\"']([^\"']+)", text):
        assert not name.startswith("penchant."), f"{path} imports {name} behind the back of this test"


@each_module
def test_size(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@each_module
def test_every_module_says_what_it_does(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@each_folder
def test_all_is_sorted_and_true(folder: str) -> None:
    """In the linter's order: constants, classes, functions. A folder that exports nothing needs no __all__."""
    module = importlib.import_module(f"penchant.{folder}")
    names = list(getattr(module, "__all__", []))
    exported = {name for name, value in vars(module).items() if not name.startswith("_") and not _is_module(value)}
    assert set(names) == exported
    assert names == sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))


def _is_module(value: object) -> bool:
    return isinstance(value, type(sys))


@pytest.mark.parametrize(
    ("folder", "heavy"),
    [("retriever", "torch chromadb pyarrow sentence_transformers"), ("assistant", "torch chromadb gradio langchain")],
)
def test_importing_is_light(folder: str, heavy: str) -> None:
    script = f"import penchant.{folder}, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    assert not set(heavy.split()) & set(done.stdout.split())
