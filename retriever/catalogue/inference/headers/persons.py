"""Columns of the first and the last names of people, who are called by both. By their names alone; knows no values."""

from __future__ import annotations

from collections.abc import Sequence

from .concepts import is_only, says


def is_given(name: str) -> bool:
    """Whether a column is of first names, and of nothing else."""
    return says(name, "given") and is_only(name, "given", "title")


def is_family(name: str) -> bool:
    """Whether a column is of last names, or of what may be one beside a first name: "Name"."""
    return is_only(name, "family", "title") and not says(name, "given") and name.casefold() != "title"


def joint_of(title: Sequence[str]) -> str:
    """What stands between the columns that make up a title."""
    return " " if len(title) == 2 and is_given(title[0]) and is_family(title[1]) else ", "
