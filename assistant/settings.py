"""Settings from the environment: which language model, which encoder, where indexes are kept.

A key is held as a secret: it is never printed, and never written anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from penchant.retriever import DEFAULT_MODEL, PenchantError

_LONGEST_TIMEOUT = 3600


@dataclass(frozen=True, slots=True)
class Settings:
    """base_url, key and model of an OpenAI-compatible server (no model: rules only), seconds a call may take, the
    encoder's name or folder, the folder of indexes, where sessions are kept ("memory", a "postgresql://" address, or a
    file: by default sessions.sqlite in that folder), and the keys of those who may call a server of ours."""

    base_url: str = ""
    key: str = field(default="", repr=False)
    model: str = ""
    timeout: float = 30.0
    encoder: str = DEFAULT_MODEL
    home: Path = field(default_factory=lambda: default_home())
    store: str = ""
    serve_keys: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        """Raises PenchantError for what could only fail later, in a call."""
        if not 0 < self.timeout <= _LONGEST_TIMEOUT:
            raise PenchantError(f"the time-out must be between 0 and {_LONGEST_TIMEOUT} seconds, not {self.timeout:g}")
        if self.base_url and not self.base_url.startswith(("http://", "https://")):
            raise PenchantError(f"the base URL must begin with http:// or https://, unlike {self.base_url!r}")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """PENCHANT_BASE_URL, PENCHANT_API_KEY, PENCHANT_MODEL, PENCHANT_TIMEOUT, PENCHANT_ENCODER, PENCHANT_HOME,
        PENCHANT_STORE, PENCHANT_SERVE_KEYS (keys with commas between them).

        OPENAI_API_KEY and OPENAI_BASE_URL serve where Penchant's own are not set; a model must always be named. Raises
        PenchantError for a setting that cannot be meant.
        """
        env = os.environ if environment is None else environment
        try:
            timeout = float(env.get("PENCHANT_TIMEOUT") or 30)
        except ValueError as error:
            raise PenchantError(
                f"PENCHANT_TIMEOUT must be a number of seconds, not {env['PENCHANT_TIMEOUT']!r}"
            ) from error
        home = env.get("PENCHANT_HOME")
        return cls(
            base_url=env.get("PENCHANT_BASE_URL") or env.get("OPENAI_BASE_URL") or "",
            key=env.get("PENCHANT_API_KEY") or env.get("OPENAI_API_KEY") or "",
            model=env.get("PENCHANT_MODEL") or "",
            timeout=timeout,
            encoder=env.get("PENCHANT_ENCODER") or DEFAULT_MODEL,
            home=Path(home) if home else default_home(),
            store=env.get("PENCHANT_STORE") or "",
            serve_keys=tuple(key.strip() for key in env.get("PENCHANT_SERVE_KEYS", "").split(",") if key.strip()),
        )


def default_home() -> Path:
    """The user's data folder for Penchant, as the platform has it."""
    import platformdirs

    return Path(platformdirs.user_data_dir("penchant"))
