"""`penchant doctor` says how a server is asked and what it makes of messages."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from penchant.assistant import LanguageModel
from penchant.assistant.wiring import make_assistant
from penchant.retriever import Index, PenchantError, build_index
from penchant.ui.cli.command import app
from penchant.ui.cli.owner.checking import MESSAGES, examine

from .conftest import HashEncoder
from .openai_server import Answer, Body, OpenAIServer, Page, Words, mode_of
from .scripted_model import answer, tag
from .test_mcp_server import FILMS


def examined(index: Index, behave: object) -> list[tuple[str, bool]]:
    with OpenAIServer(behave) as server:  # type: ignore[arg-type]
        model = LanguageModel.from_settings(server.settings())
        assert model is not None
        return list(examine(make_assistant(index, model), model))


def test_a_server_that_does_as_asked(index: Index) -> None:
    said = answer(tag("genres", "Horror", "never", quote="no horror"), wish="something funny", examples=["Gladiator"])

    def behave(body: Body, n: int) -> Answer:
        return Words(said, usage=(1200, 90)) if mode_of(body) == "json_object" else Page(400)

    first, *others = examined(index, behave)
    assert len(others) == len(MESSAGES) - 1 and all(by_model for _, by_model in (first, *others))
    for told in ("“something funny, but no horror”", "2 requests, 1,200 tokens read and 90 written", "json_object"):
        assert told in first[0]
    assert "  understood by tiny as recommend\n" in first[0] and "never genres: Horror (1.00)" in first[0]
    assert "want suggested by the model: Gladiator (1.00)" in first[0]
    assert ", 1 request," in others[0][0]


def test_a_server_that_does_not(index: Index) -> None:
    lines, by_model = zip(*examined(index, lambda body, n: Page(401)), strict=True)
    assert not any(by_model)
    assert "understood by rules" in lines[0] and "tiny refused the key (401)" in lines[0]


@pytest.fixture
def doctor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Runs the command with a data folder of its own, no settings and an encoder that needs no model."""
    for name in ("PENCHANT_MODEL", "PENCHANT_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PENCHANT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("penchant.assistant.wiring.encoder_of", lambda _: HashEncoder())
    return lambda folder: CliRunner().invoke(app, ["doctor", "--catalogue", str(folder)])


def test_what_runs_here_is_told_without_a_model(doctor: Callable[..., Result], tmp_path: Path) -> None:
    build_index(FILMS, tmp_path / "films", HashEncoder())
    done = doctor(tmp_path / "films")
    assert done.exit_code == 0, done.output
    for told in (
        f"penchant {version('penchant')}, Python {platform.python_version()}, ",
        f"onnxruntime {version('onnxruntime')}, ",
        "encoder: hash, by ",
        f"data folder: {tmp_path / 'home'} (not made yet), ",
        " GiB free",
        f"index: {tmp_path / 'films'}, {len(FILMS)} items, ",
        " dimensions, ChromaEngine, whole",
        "language model: none, so rules understand and explain; set PENCHANT_MODEL or give --model",
    ):
        assert told in done.output


def test_a_damaged_index_is_told_after_what_runs_here(doctor: Callable[..., Result], tmp_path: Path) -> None:
    build_index(FILMS, tmp_path / "films", HashEncoder())
    os.truncate(tmp_path / "films" / "chroma.sqlite3", 5000)
    done = doctor(tmp_path / "films")
    assert "data folder: " in done.output
    assert isinstance(done.exception, PenchantError) and "penchant repair" in str(done.exception)
