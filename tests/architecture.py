"""The house as it is: families of modules, and which of them imports which, read from the code.

    python -m tests.architecture            # prints families, sizes and circles
    python -m tests.architecture --write    # draws docs/architecture.md anew

Knows Python's import statements, and nothing of what the code does.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
FOLDERS = ("retriever", "assistant", "tools", "ui")
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- drawn by python -m tests.architecture --write -->", "<!-- end of the drawing -->"

Graph = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class Module:
    """A module as it is written; a package is its `__init__`."""

    name: str
    path: Path
    text: str
    docstring: str
    imported: frozenset[str]
    """Dotted names: of this project without `penchant.`, of others as they are."""
    classes: tuple[str, ...]
    functions: tuple[tuple[int, str], ...]
    """Lines of each function from its first to its last, signature and docstring included, and its name."""

    @property
    def is_door(self) -> bool:
        return self.path.name == "__init__.py"

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())


@cache
def modules() -> Mapping[str, Module]:
    """Every module by its dotted name, packages by theirs; read once."""
    found = {}
    for path in (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = _read(name, path)
    return found


def _read(name: str, path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    imported: set[str] = set()
    functions = []
    for node in ast.walk(tree):
        imported.update(_imported(node, package))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            functions.append(((node.end_lineno or node.lineno) - node.lineno + 1, f"{name}:{node.name}"))
    classes = tuple(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return Module(name, path, text, ast.get_docstring(tree) or "", frozenset(imported), classes, tuple(functions))


def _imported(node: ast.AST, package: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name.removeprefix("penchant.") for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        source = (node.module or "").removeprefix("penchant.")
        if node.level:
            base = package.split(".")[: len(package.split(".")) - node.level + 1]
            source = ".".join([*base, *filter(None, [node.module])])
        yield from (f"{source}.{alias.name}" for alias in node.names)


@cache
def module_graph() -> Graph:
    """For each module, the modules and packages of this project that it imports. Doors (`__init__`) are left out."""
    known = modules()
    graph: dict[str, set[str]] = {}
    for name, module in known.items():
        if not module.is_door:
            found = {target if target in known else target.rpartition(".")[0] for target in module.imported}
            graph[name] = {target for target in found if target in known}
    return graph


def family(name: str) -> str:
    """The package that a module lives in; a module at the top of its folder is a family of its own."""
    return name if name.count(".") == 1 or modules()[name].is_door else name.rpartition(".")[0]


def family_graph() -> Graph:
    """For each family, the others that it imports."""
    graph: dict[str, set[str]] = {}
    for name, targets in module_graph().items():
        own = graph.setdefault(family(name), set())
        own |= {family(target) for target in targets} - {family(name)}
    return graph


def circle(graph: Graph) -> Sequence[str]:
    """One circle of imports; none if they run one way."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return ()


def family_sizes() -> dict[str, tuple[int, int]]:
    """Modules and lines of each family."""
    sizes: dict[str, tuple[int, int]] = {}
    for name, module in modules().items():
        count, lines = sizes.get(family(name), (0, 0))
        sizes[family(name)] = (count + (not module.is_door), lines + module.lines)
    return sizes


def drawing() -> str:
    """The families of each folder and their arrows, as a Mermaid chart; arrows that others imply are left out."""
    graph, sizes = family_graph(), family_sizes()
    lines = ["```mermaid", "flowchart BT"]
    for folder in FOLDERS:
        lines.append(f"  subgraph {folder}")
        lines += [f'    {_id(n)}["{_label(n, sizes[n][0])}"]' for n in sorted(sizes) if _in(n, folder) and n != folder]
        lines.append("  end")
    boxes = {*sizes, *FOLDERS}
    arrows = [(one, other) for one, others in sorted(reduced(graph).items()) for other in others if other in boxes]
    lines += [f"  {_id(one)} --> {_id(other)}" for one, other in arrows]
    return "\n".join([*lines, "```"])


def reduced(graph: Graph) -> dict[str, list[str]]:
    """The transitive reduction of a graph without circles."""

    @cache
    def reach(name: str) -> set[str]:
        return {target for one in graph.get(name, ()) for target in (one, *reach(one))}

    return {
        name: sorted(t for t in targets if not any(t in reach(other) for other in targets if other != t))
        for name, targets in graph.items()
    }


def _in(name: str, folder: str) -> bool:
    return name == folder or name.startswith(f"{folder}.")


def _id(name: str) -> str:
    return name.replace(".", "_")


def _label(name: str, count: int) -> str:
    """A family with the number of its modules; what is a module itself, or holds data only, by its name alone."""
    return name.partition(".")[2] + (f"<br/>{count} modules" if count > 1 else "")


def drawn(page: str) -> str:
    """The page with the drawing as it is now."""
    between = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.S)
    return between.sub(lambda _: f"{BEGIN}\n{drawing()}\n{END}", page)


def report() -> str:
    """Families with their sizes, functions, circles."""
    functions = [function for module in modules().values() for function in module.functions]
    middle, (lines, longest) = median(length for length, _ in functions), max(functions)
    rows = [f"{name:40} {count:3} modules {lines:6,} lines" for name, (count, lines) in sorted(family_sizes().items())]
    circles = [" -> ".join(found) for graph in (family_graph(), module_graph()) if (found := circle(graph))]
    return "\n".join(
        [
            *rows,
            f"functions: {len(functions):,}, median {middle:g} lines, longest {lines} ({longest})",
            f"circles: {len(circles)}{': ' + '; '.join(circles) if circles else ''}",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="draw docs/architecture.md anew")
    if parser.parse_args().write:
        PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(report())


if __name__ == "__main__":
    main()
