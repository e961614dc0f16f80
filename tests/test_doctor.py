"""`penchant doctor` says how a server is asked and what it makes of messages."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from penchant.assistant import LanguageModel
from penchant.assistant.wiring import make_assistant
from penchant.retriever import Index, PenchantError
from penchant.ui.cli.checking import MESSAGES, examine
from penchant.ui.cli.command import app

from .openai_server import Answer, Body, OpenAIServer, Page, Words, mode_of
from .scripted_model import answer, tag


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


def test_no_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PENCHANT_MODEL", "PENCHANT_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    done = CliRunner().invoke(app, ["doctor"])
    assert isinstance(done.exception, PenchantError) and "set PENCHANT_MODEL" in str(done.exception)
