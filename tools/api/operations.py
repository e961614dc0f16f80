"""The operations as values, for adapters: a name, a description, the arguments as a pydantic model, and the call.

Knows nothing of frameworks.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from .argument_errors import Json, faults, fitting
from .arguments import Arguments, arguments_of
from .recommender import Recommender
from .results import Result


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a recommender. `changes`: it changes what is kept; `deletes`: for good."""

    name: str
    title: str
    description: str
    function: Callable[..., Result]
    arguments: type[Arguments]
    result: type[Result]
    changes: bool
    deletes: bool

    @property
    def schema(self) -> Json:
        """The JSON schema of the arguments, without references."""
        return self.arguments.model_json_schema()

    def call(self, arguments: Mapping[str, Any]) -> Result:
        """Raises PenchantError with words that a model can act on."""
        return self.function(**self.checked(arguments))

    def checked(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments as the function takes them. Raises ArgumentError."""
        return fitting(self.arguments, arguments)

    def faults(self, error: ValidationError) -> str:
        """What is wrong with arguments that do not fit, in words that a model can act on."""
        return faults(error, self.schema)


_TITLES = {
    "recommend": "Recommend",
    "interests": "See interests",
    "edit_interests": "Edit interests",
    "feedback": "Give feedback",
    "explain": "Explain an item",
    "compare": "Compare items",
    "for_you": "More like what was liked",
    "bring_taste": "Begin with a taste",
    "fit_time": "Fill a time",
    "recommend_together": "Pick for several people",
    "forget": "Forget everything",
}
_CHANGES = {"recommend", "edit_interests", "feedback", "bring_taste", "fit_time", "forget"}


def operations(recommender: Recommender, about: str = "") -> tuple[Operation, ...]:
    """All operations of a recommender. `about`: what its catalogue holds, in a few words ("films and books")."""
    holds = {"recommend": f" The catalogue holds {about}." if about else ""}
    return tuple(
        Operation(
            name,
            title,
            " ".join((getattr(Recommender, name).__doc__ or "").split()) + holds.get(name, ""),
            getattr(recommender, name),
            arguments_of(getattr(Recommender, name)),
            inspect.signature(getattr(Recommender, name), eval_str=True).return_annotation,
            name in _CHANGES,
            name == "forget",
        )
        for name, title in _TITLES.items()
    )
