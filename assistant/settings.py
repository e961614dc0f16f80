"""Settings: which language model, which encoder, where indexes and sessions are kept.

Checked when they are made; a key is never printed, and never written anywhere. Only `from_environment` reads the
environment, so that what one server is asked with never reaches another.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    AliasChoices,
    AliasGenerator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo

from penchant.retriever import DEFAULT_MODEL, PenchantError

LONGEST_TIMEOUT = 3600
"""Seconds."""
SHORTEST_KEY = 16
"""Characters of a key that lets others call a server of ours."""


def default_home() -> Path:
    """The user's data folder for Penchant, as the platform has it."""
    import platformdirs

    return Path(platformdirs.user_data_dir("penchant"))


def _folder(path: Path | None) -> Path | None:
    # Path.exists raises where a folder above may not be looked into.
    if path is not None and os.path.exists(path) and not os.path.isdir(path):
        raise ValueError
    return path


def _is_openai(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and f".{parts.hostname}".endswith(".api.openai.com")


def _split(value: Any) -> Any:
    """Keys with commas between them."""
    return [key for key in map(str.strip, value.split(",")) if key] if isinstance(value, str) else value


class Settings(BaseModel):
    """Where a setting cannot be meant, a PenchantError names it and says what it must be (its description here)."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        validate_by_name=True,
        alias_generator=AliasGenerator(validation_alias=lambda name: f"PENCHANT_{name.upper()}"),
    )

    base_url: str = Field(
        default="",
        validation_alias=AliasChoices("PENCHANT_BASE_URL", "OPENAI_BASE_URL"),
        pattern=r"^(https?://|$)",
        description="an address that begins with http:// or https://, such as http://localhost:11434/v1",
    )
    """An OpenAI-compatible server."""
    key: str = Field(default="", repr=False, validation_alias=AliasChoices("PENCHANT_API_KEY", "OPENAI_API_KEY"))
    """Its key."""
    model: str = ""
    """Its model; empty: rules only."""
    timeout: float = Field(
        default=30.0,
        gt=0,
        le=LONGEST_TIMEOUT,
        description=f"a number of seconds above 0 and at most {LONGEST_TIMEOUT}",
    )
    """Seconds one call may take."""
    encoder: str = Field(
        default=DEFAULT_MODEL, min_length=1, description=f"the name or folder of an encoder, such as {DEFAULT_MODEL}"
    )
    home: Annotated[Path, AfterValidator(_folder)] = Field(
        default_factory=default_home, description="a folder, there already or yet to be made"
    )
    """The folder of indexes."""
    exports: Annotated[Path | None, AfterValidator(_folder)] = Field(
        default=None, description="a folder, there already or yet to be made"
    )
    """The folder of exported encoders; None: encoders in `home`."""
    store: str = ""
    """Where sessions are kept: "memory", a "postgresql://" address, or a file; empty: sessions.sqlite in `home`."""
    engine: str = Field(
        default="",
        repr=False,
        pattern=r"^((postgres(ql)?|chroma)://|$)",
        description="an address that begins with postgresql:// or chroma://, such as chroma://localhost:8000",
    )
    """A server that keeps the vectors of indexes, each under the name of its folder; empty: they are in the folder."""
    serve_keys: Annotated[
        tuple[Annotated[str, StringConstraints(min_length=SHORTEST_KEY)], ...], BeforeValidator(_split)
    ] = Field(
        default=(),
        repr=False,
        description=f"keys of at least {SHORTEST_KEY} characters with commas between them; make one with: openssl rand"
        " -hex 24",
    )
    """Keys of those who may call a server of ours."""
    audit: Path | None = Field(default=None, description="a file, there already or yet to be made")
    """The file to which each page of picks is written; None: none."""
    audit_text: bool = Field(default=False, description="true or false")
    """Whether messages are written there too."""
    review: Path | None = Field(default=None, description="a file in TOML")
    """The file in which the owner blocks, holds, approves and puts forward items; None: all are shown."""
    audience: Literal["everybody", "children"] = Field(default="everybody", description="everybody or children")
    """Who is served; children: nothing that the catalogue calls scary, violent or for adults."""

    traces: str = ""
    """An OpenTelemetry exporter that is told of each turn, such as "console" or "otlp"; empty: none."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, base_url: str | None = None) -> Settings:
        """PENCHANT_BASE_URL, PENCHANT_API_KEY, PENCHANT_MODEL, PENCHANT_TIMEOUT, PENCHANT_ENCODER, PENCHANT_HOME,
        PENCHANT_EXPORTS, PENCHANT_STORE, PENCHANT_ENGINE, PENCHANT_SERVE_KEYS, PENCHANT_AUDIT, PENCHANT_AUDIT_TEXT,
        PENCHANT_REVIEW, PENCHANT_AUDIENCE, PENCHANT_TRACES; an empty one is not set.

        OPENAI_API_KEY and OPENAI_BASE_URL serve where Penchant's own are not set, that key only for that address or
        OpenAI's own; a model must always be named. base_url: an address that goes before all of these. Raises
        PenchantError.
        """
        given = os.environ if environment is None else environment
        values = {name: value for name, value in given.items() if value}
        address = values.get("PENCHANT_BASE_URL", "") if base_url is None else base_url
        if address and not _is_openai(address):
            values.pop("OPENAI_API_KEY", None)
        return cls.model_validate(values, extra="ignore", by_alias=True, by_name=False)

    @model_validator(mode="wrap")
    @classmethod
    def _in_words(cls, values: Any, check: ModelWrapValidatorHandler[Settings]) -> Settings:
        try:
            return check(values)
        except ValidationError as error:
            first = error.errors()[0]
        raise PenchantError(_sentence(str(first["loc"][0]), first["input"]))


def _sentence(name: str, value: Any) -> str:
    """What is wrong with a setting, under the name by which it was given; the value only where it is no secret."""
    field = next((field for own, field in Settings.model_fields.items() if name in (own, *_variables(field))), None)
    if field is None:
        return f"there is no setting {name}; there are {', '.join(Settings.model_fields)}"
    return f"{name} must be {field.description or 'a text'}" + (f", not {value!r}" if field.repr else "")


def _variables(field: FieldInfo) -> list[Any]:
    alias = field.validation_alias
    return [*alias.choices] if isinstance(alias, AliasChoices) else [alias]
