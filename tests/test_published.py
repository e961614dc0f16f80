"""What registries and assistants read of the project: server.json, the skill, llms.txt."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import jsonschema
import pytest
import yaml
from typer.main import get_command

from penchant.tools import Recommender
from penchant.ui.cli.command import app

from .test_docs import LINK, ROOT

INPUT = {"type": "object", "properties": {"format": {"enum": ["string", "number", "boolean", "filepath"]}}}
SERVER: dict[str, Any] = {
    "type": "object",
    "required": ["name", "description", "version"],
    "properties": {
        "name": {"pattern": "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "maxLength": 200},
        "title": {"minLength": 1, "maxLength": 100},
        "description": {"minLength": 1, "maxLength": 100},
        "version": {"pattern": r"^\d+\.\d+\.\d+$"},
        "packages": {
            "items": {
                "required": ["registryType", "identifier", "transport"],
                "properties": {
                    "transport": {"properties": {"type": {"enum": ["stdio", "streamable-http", "sse"]}}},
                    "environmentVariables": {"items": INPUT | {"required": ["name"]}},
                    "packageArguments": {
                        "items": {
                            "oneOf": [
                                INPUT | {"required": ["type", "value"]},
                                INPUT | {"required": ["type", "name"]},
                            ]
                        }
                    },
                },
            }
        },
    },
}
"""The rules of the registry's schema of 2025-12-11 that concern this file, in short."""


@pytest.fixture(scope="module")
def server() -> dict[str, Any]:
    return dict(json.loads((ROOT / "server.json").read_text(encoding="utf-8")))


def test_the_registry_takes_the_server(server: dict[str, Any]) -> None:
    jsonschema.validate(server, SERVER)
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (package,) = server["packages"]
    assert package["identifier"] == declared["name"] and package["version"] == server["version"] == declared["version"]
    assert f"<!-- mcp-name: {server['name']} -->" in (ROOT / "README.md").read_text(encoding="utf-8")


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
