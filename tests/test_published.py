"""What registries and assistants read of the project: server.json, the skill, llms.txt."""

from __future__ import annotations

import json
import re
import tomllib
from copy import deepcopy
from typing import Any

import jsonschema
import pytest
import yaml
from typer.main import get_command

from penchant.tools import Recommender
from penchant.ui.cli.command import app

from .test_docs import LINK, ROOT

TEXT = {"type": "string"}
INPUT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "format": {"enum": ["string", "number", "boolean", "filepath"]},
        "isRequired": {"type": "boolean"},
        "isSecret": {"type": "boolean"},
        "choices": {"type": "array", "items": TEXT},
    }
    | dict.fromkeys(("default", "description", "placeholder", "value"), TEXT),
}
VALUE = {"anyOf": [{"required": ["value"]}, {"required": ["valueHint"]}]}
POSITIONAL = {"required": ["type"], "properties": {"type": {"const": "positional"}}}
NAMED = {"required": ["type", "name"], "properties": {"type": {"const": "named"}, "name": TEXT}}
ARGUMENTS = {"type": "array", "items": {"anyOf": [{"allOf": [INPUT, POSITIONAL, VALUE]}, {"allOf": [INPUT, NAMED]}]}}
HTTP = {"properties": {"url": {"pattern": r"^https?://[^\s]+$"}}, "required": ["type", "url"]}
TRANSPORT = {
    "type": "object",
    "anyOf": [
        {"required": ["type"], "properties": {"type": {"const": "stdio"}}},
        {"properties": {"type": {"enum": ["streamable-http", "sse"]}}, "allOf": [HTTP]},
    ],
}
PACKAGE = {
    "type": "object",
    "required": ["registryType", "identifier", "transport"],
    "properties": {
        "version": {"type": "string", "minLength": 1, "not": {"const": "latest"}},
        "fileSha256": {"pattern": "^[a-f0-9]{64}$"},
        "transport": TRANSPORT,
        "environmentVariables": {"type": "array", "items": {"allOf": [INPUT, {"required": ["name"]}]}},
        "packageArguments": ARGUMENTS,
        "runtimeArguments": ARGUMENTS,
    }
    | dict.fromkeys(("registryType", "registryBaseUrl", "identifier", "runtimeHint"), TEXT),
}
SERVER: dict[str, Any] = {
    "type": "object",
    "required": ["name", "description", "version"],
    "properties": {
        "name": {"type": "string", "pattern": "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "minLength": 3, "maxLength": 200},
        "title": {"type": "string", "minLength": 1, "maxLength": 100},
        "description": {"type": "string", "minLength": 1, "maxLength": 100},
        "version": {"type": "string", "maxLength": 255},
        "repository": {"type": "object", "required": ["url", "source"]},
        "packages": {"type": "array", "items": PACKAGE},
    },
}
"""The rules of the registry's schema of 2025-12-11, but for icons and servers elsewhere, of which there are none."""


@pytest.fixture(scope="module")
def server() -> dict[str, Any]:
    return dict(json.loads((ROOT / "server.json").read_text(encoding="utf-8")))


def test_the_registry_takes_the_server(server: dict[str, Any]) -> None:
    jsonschema.validate(server, SERVER)
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (package,) = server["packages"]
    assert package["identifier"] == declared["name"] and package["version"] == server["version"] == declared["version"]
    assert f"<!-- mcp-name: {server['name']} -->" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("name",), "penchant"),
        (("description",), "x" * 101),
        (("description",), None),
        (("packages", 0, "version"), "latest"),
        (("packages", 0, "transport"), {"type": "streamable-http"}),
        (("packages", 0, "transport", "type"), "pipe"),
        (("packages", 0, "packageArguments", 0), {"type": "positional"}),
        (("packages", 0, "packageArguments", 1, "format"), "folder"),
        (("packages", 0, "environmentVariables", 0), {"description": "no name"}),
    ],
)
def test_the_rules_refuse_what_the_registry_refuses(server: dict[str, Any], where: tuple[Any, ...], value: Any) -> None:
    broken = deepcopy(server)
    inner: Any = broken
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SERVER)


def test_the_registry_starts_a_command_that_there_is(server: dict[str, Any]) -> None:
    (package,) = server["packages"]
    first, *rest = package["packageArguments"]
    command = get_command(app).commands[first["value"]]  # type: ignore[attr-defined]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {argument["name"] for argument in rest} <= options
    variables = {variable["name"] for variable in package["environmentVariables"]}
    read = (ROOT / "assistant" / "settings.py").read_text(encoding="utf-8")
    assert all(re.search(rf"\b{name}\b", read) for name in variables)


def test_the_skill_can_be_loaded() -> None:
    path = ROOT / "skills" / "penchant" / "SKILL.md"
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    said = yaml.safe_load(front)
    assert said["name"] == path.parent.name and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", said["name"])
    assert 1 <= len(said["description"]) <= 1024 and set(said) <= {"name", "description", "license", "compatibility"}
    named = set(re.findall(r"`([a-z_]+)`", body.partition("## From a shell")[0])) - {"session_id"}
    assert named and all(hasattr(Recommender, name) for name in named) and len(body.splitlines()) < 500


def test_llms_txt_has_its_form_and_leads_to_every_document() -> None:
    lines = (ROOT / "llms.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ") and lines[2].startswith("> ")
    listed = [line for line in lines if line.startswith("-")]
    assert all(re.match(r"- \[[^]]+\]\([^)]+\)(: .+)?$", line) for line in listed)
    linked = {link for line in listed for link in LINK.findall(line)}
    assert {str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md") if path.name != "index.md"} <= linked
