"""The order of folders and families, what each may know, how modules are kept, and what importing costs."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tomllib

import pytest

from .architecture import (
    FOLDERS,
    PAGE,
    ROOT,
    circle,
    drawn,
    family_graph,
    family_sizes,
    module_graph,
    modules,
)

ORDER = {
    "retriever": "errors arrays progress watching batching metrics catalogue.demo catalogue.reading"
    " catalogue.values.dates catalogue.values catalogue.kinds catalogue.histories catalogue catalogue.inference"
    " catalogue.importing catalogue.matching catalogue.kinship encoding vectors index.folder index.engines index"
    " ranking.reordering ranking training.private training training.unlabelled",
    "assistant": "settings message pump signing model_calls session session.stores understanding.text"
    " understanding.spans understanding.cues understanding.limits understanding.quantities understanding.dates"
    " understanding.degrees understanding.linking understanding.parsing understanding.wordings"
    " understanding.recipients understanding.acts understanding.asking understanding"
    " filling shortfall holdings llm.answers llm"
    " explanation.statements explanation.evidence explanation.grounding explanation.words explanation.answers"
    " explanation dead_ends clarification answering again next_parts reply oversight near_values service assistant"
    " together past api_schema loading watched traces wiring evaluation reporting",
    "tools": "api adapters http.running http",
    "ui": "page.words page.bringing page.state page.view page cli.console cli.owner cli __main__",
}
"""From the ground up: a family imports only what stands before it, in its own folder or in those before."""

UNKNOWN_TO = {
    "retriever": {"gradio", "langchain", "langchain_core", "langchain_openai", "mcp", "openai"},
    "assistant": {"chromadb", "gradio", "mcp"},
    "tools": {"chromadb", "gradio"},
    "ui": {"chromadb", "langchain", "langchain_core", "mcp"},
}
MOST_LINES = 250


def ground_up() -> list[str]:
    """Each folder's door stands after its families."""
    return [f"{folder}.{name}" if name else folder for folder in FOLDERS for name in (*ORDER[folder].split(), "")]


def test_families_import_one_way() -> None:
    place = {name: n for n, name in enumerate(ground_up())}
    graph = family_graph()
    assert set(graph) <= set(place), f"not in the order: {set(graph) - set(place)}"
    wrong = [f"{one} -> {other}" for one, targets in graph.items() for other in targets if place[other] > place[one]]
    assert not wrong


def test_no_circles() -> None:
    assert not circle(family_graph())
    assert not circle(module_graph())


def test_families_are_of_a_size_to_know() -> None:
    sizes = {name: count for name, (count, _) in family_sizes().items() if modules()[name].is_door}
    alone = {*FOLDERS, "retriever.catalogue.demo"}
    assert not {name: count for name, count in sizes.items() if name not in alone and not 3 <= count <= 12}


def test_modules_are_kept() -> None:
    """Size, a docstring, no tricks with the path, no foreign library: all of what is wrong at once."""
    wrong = []
    for name, module in modules().items():
        foreign = {target.partition(".")[0] for target in module.imported} & UNKNOWN_TO[name.partition(".")[0]]
        hidden = re.findall(r"import_module\(\s*f?[\"'](penchant\.[^\"']+)", module.text)
        faults = {
            f"has {module.lines} lines, more than {MOST_LINES}": module.lines > MOST_LINES,
            "has no docstring": not module.docstring,
            "touches sys.path": "sys.path" in module.text,
            f"imports {foreign}": foreign,
            f"imports {hidden} behind the back of this test": hidden,
        }
        wrong += [f"{name} {fault}" for fault, found in faults.items() if found]
    assert not wrong


def test_doors_say_what_they_export() -> None:
    """In the linter's order: constants, classes, functions."""
    wrong = []
    for name in (name for name, module in modules().items() if module.is_door):
        module = importlib.import_module(f"penchant.{name}")
        names = list(module.__all__)
        if names != sorted(names, key=lambda n: (not n.isupper(), not n[0].isupper(), n)):
            wrong.append(f"{name}: __all__ is not sorted")
        wrong += [f"{name}: {exported} is not there" for exported in names if not hasattr(module, exported)]
    assert not wrong


def test_what_users_import_means_one_thing() -> None:
    """No class anywhere is called as one that a folder's door exports."""
    homes: dict[str, list[str]] = {}
    for name, module in modules().items():
        for one in module.classes:
            homes.setdefault(one, []).append(name)
    exported = {one for folder in FOLDERS[:3] for one in importlib.import_module(f"penchant.{folder}").__all__}
    assert not {one: homes[one] for one in exported & homes.keys() if len(homes[one]) > 1}


def test_all_of_it_is_installed() -> None:
    """setuptools installs the packages that are listed, and of other files those that are named."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    there = {path.parent.relative_to(ROOT) for folder in FOLDERS for path in (ROOT / folder).rglob("__init__.py")}
    assert set(settings["packages"]) == {f"penchant.{'.'.join(package.parts)}" for package in there}
    data = {path for package in there for form in settings["package-data"]["*"] for path in (ROOT / package).glob(form)}
    files = {path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert data == {path for path in files if path.suffix not in (".py", ".pyc")}


def test_the_drawing_is_of_today() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == drawn(page), "draw it anew: python -m tests.architecture --write"


@pytest.mark.parametrize(
    ("folder", "heavy"),
    [
        ("retriever", "torch chromadb pyarrow sentence_transformers onnxruntime transformers"),
        ("assistant", "torch chromadb gradio langchain langchain_core langgraph openai onnxruntime"),
        ("tools", "torch chromadb gradio langchain langchain_core langgraph openai mcp fastapi"),
        ("ui.cli.command", "torch chromadb gradio langchain langchain_core langchain_openai openai numpy"),
    ],
)
def test_importing_is_light(folder: str, heavy: str) -> None:
    script = f"import penchant.{folder}, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    loaded = set(heavy.split()) & set(done.stdout.split())
    assert not loaded


@pytest.mark.parametrize(
    ("name", "foreign"),
    [
        ("OpenAIFunctions", "openai mcp langchain langchain_core fastapi"),
        ("langchain_tools", "langchain openai mcp fastapi"),
        ("RecommenderMiddleware", "openai mcp fastapi"),
        ("mcp_server", "openai langchain langchain_core fastapi"),
    ],
)
def test_an_adapter_loads_its_own_library_only(name: str, foreign: str) -> None:
    script = (
        "import penchant.tools, sys; before = set(sys.modules)\n"
        f"penchant.tools.{name}; print(*set(sys.modules) - before)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    loaded = set(foreign.split()) & set(done.stdout.split())
    assert not loaded
