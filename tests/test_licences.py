"""What Penchant needs at run time may be used by whoever uses Penchant: the licences that the packages name are of
kinds that are known here. Needs no network; known vulnerabilities are asked for in .ci/run, where that can be had."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement

PERMISSIVE = (
    r"0?BSD|MIT|Apache|ISCL?|Zlib|CC0|BSL-1\.0|PSF|Python Software Foundation|CNRI-Python|Unlicense|"
    r"Historical Permission Notice"
)
OF_A_LIBRARY = r"MPL|Mozilla Public|LGPL"
"""They bind whoever changes the library itself, not whoever uses it."""
ALLOWED = re.compile(rf"(\d-Clause )?({PERMISSIVE}|{OF_A_LIBRARY})\b", re.IGNORECASE)
OF_A_GPU = re.compile(r"nvidia-|cuda-|triton")
"""What a build of torch for NVIDIA's GPUs brings along, under NVIDIA's own terms."""


def allowed(licence: str) -> bool:
    """Whether every part of an expression is of an allowed kind."""
    parts = [part.strip() for part in re.split(r";|\bAND\b|\bOR\b|[()]", licence) if part.strip()]
    return bool(parts) and all(ALLOWED.match(part) for part in parts)


def licence(package: Distribution) -> str:
    """As the package names it: an expression, else its classifiers, else the first line of its words."""
    classifiers = (c for c in package.metadata.get_all("Classifier") or () if c.startswith("License ::"))
    named = "; ".join(c.rpartition(" :: ")[2] for c in classifiers)
    words = (package.metadata.get("License") or "").partition("\n")[0]
    return package.metadata.get("License-Expression") or named or words


def needed(name: str, extras: frozenset[str], seen: set[tuple[str, frozenset[str]]]) -> Iterator[Distribution]:
    """All that is installed because a package needs it, at any remove."""
    for requirement in map(Requirement, distribution(name).requires or ()):
        marker, further = requirement.marker, frozenset(requirement.extras)
        if marker and not any(marker.evaluate({"extra": extra}) for extra in (*extras, "")):
            continue
        if (key := (requirement.name.lower(), further)) in seen:
            continue
        seen.add(key)
        try:
            yield distribution(requirement.name)
        except PackageNotFoundError:
            continue
        yield from needed(requirement.name, further, seen)


@pytest.mark.parametrize("extra", ["", "train", "postgres", "duckdb", "private", "report", "telemetry"])
def test_licences_are_of_known_kinds(extra: str) -> None:
    packages = {one.name: licence(one) for one in needed("penchant", frozenset((extra,)), set())}
    assert {"numpy", "pydantic"} <= packages.keys()
    assert not {name: said for name, said in packages.items() if not allowed(said) and not OF_A_GPU.match(name)}


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("MIT", True),
        ("Apache-2.0 WITH LLVM-exception AND (BSD-3-Clause OR MIT)", True),
        ("3-Clause BSD License", True),
        ("LGPL-2.1-only", True),
        ("GPL-3.0-or-later", False),
        ("MIT AND AGPL-3.0-only", False),
        ("Other/Proprietary License", False),
        ("", False),
    ],
)
def test_kinds_are_told_apart(said: str, fits: bool) -> None:
    assert allowed(said) is fits
