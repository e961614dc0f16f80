"""What the documents say runs: every Python block, and every command and option."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from penchant.ui.cli.command import app

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "llms.txt",
    *sorted((ROOT / "skills").rglob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
STARTED_FROM_A_WHEEL = re.compile(r"(?:uvx --from|pipx run --spec) (?P<wheel>\S+\.whl) (?P<command>penchant\b.*)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def blocks(path: Path, *languages: str) -> list[str]:
    return [code for language, code in FENCE.findall(path.read_text(encoding="utf-8")) if language in languages]


def with_python() -> list[object]:
    """Each document with Python in it; slow where it needs the encoder."""
    found = {path: "\n".join(blocks(path, "python")) for path in DOCUMENTS}
    return [
        pytest.param(path, id=path.name, marks=[pytest.mark.slow] if "Encoder" in code else [])
        for path, code in found.items()
        if code
    ]


def commands() -> list[str]:
    """Every line of a shell block, and every piece of code in a sentence, that calls penchant or make."""
    found: list[str] = []
    for path in DOCUMENTS:
        text = FENCE.sub("", path.read_text(encoding="utf-8"))
        lines = "\n".join(blocks(path, "sh", "console")).replace("\\\n", " ").splitlines()
        found += [line.strip().removeprefix("$ ") for line in lines]
        found += re.findall(r"`((?:penchant|make) [^`]+)`", text)
    found = [started["command"] if (started := STARTED_FROM_A_WHEEL.match(line)) else line for line in found]
    return [line for line in dict.fromkeys(found) if re.match(r"(\S*/)?(penchant|make)\b", line)]


@pytest.mark.parametrize("path", with_python())
def test_python_blocks_run(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {"__name__": "__main__"}
    for code in blocks(path, "python"):
        exec(compile(code, str(path), "exec"), namespace)


@pytest.mark.parametrize("line", commands())
def test_commands_and_options_exist(line: str) -> None:
    program, *words = shlex.split(line, comments=True)
    if program == "make":
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert all(re.search(rf"^{word}:", makefile, re.M) for word in words if "=" not in word)
        return
    name, options = words[0], [word.split("=")[0] for word in words if re.match(r"--?\w", word)]
    known = get_command(app).commands
    assert name in known or name == "--help", line
    if name in known:
        command = known[name]
        if inner := getattr(command, "commands", {}):
            assert set(re.split(r"\|", words[1])) <= set(inner), line
            command = inner[words[1].split("|")[0]]
        assert set(options) <= {opt for parameter in command.params for opt in parameter.opts} | {"--help"}


def test_what_runs_from_a_wheel_is_the_wheel_that_is_built_and_its_command() -> None:
    """uvx and pipx look for a command that is called as the distribution; a wheel's name says the version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "penchant" and project["scripts"]["penchant"] == "penchant.ui.cli.command:main"
    text = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[\w.-]+\.whl", text))
    assert named == {f"penchant-{project['version']}-py3-none-any.whl"}
    assert len(STARTED_FROM_A_WHEEL.findall(text)) == 2 and "docs/embedding.md#by-uvx-or-pipx" in (
        ROOT / "README.md"
    ).read_text(encoding="utf-8")


def test_the_readme_is_short_and_its_commands_can_be_typed() -> None:
    """`penchant` is on the path from where the environment is activated on."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    before, activated, after = text.partition("\nsource .venv/bin/activate ")
    assert activated and "\npenchant " not in before and "$ penchant " not in before and "$ penchant " in after


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    missing = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()]
    assert not missing


def test_settings_named_are_read() -> None:
    """Every PENCHANT_ variable in the documents is one that the code knows."""
    said = {name for path in DOCUMENTS for name in re.findall(r"PENCHANT_[A-Z_]+", path.read_text(encoding="utf-8"))}
    sources = [
        ROOT / "assistant" / "settings.py",
        *(ROOT / "retriever").rglob("*.py"),
        ROOT / "tests" / "test_page_demo.py",
    ]
    assert said <= {name for path in sources for name in re.findall(r"PENCHANT_[A-Z_]+", path.read_text("utf-8"))}
