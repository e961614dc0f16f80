"""The encoder in onnxruntime says what sentence-transformers says, and needs torch only once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from penchant.retriever import Item, OnnxEncoder, PenchantError, SentenceEncoder, build_index, encoder_named, open_index

TEXTS = ["space opera", "a slow burn about grief", "", "Été à Paris 三", "x" * 5000, "word " * 900, "noir"]
WITHOUT_TORCH = """
import sys
from pathlib import Path
from penchant.retriever import OnnxEncoder
assert OnnxEncoder(folder=Path(sys.argv[1])).encode(["noir"]).shape == (1, 384)
assert "torch" not in sys.modules and "sentence_transformers" not in sys.modules
"""


def test_a_name_says_how_to_run_it() -> None:
    quick, plain = encoder_named("onnx:some/model"), encoder_named("some/model")
    assert (quick.name, type(quick)) == ("some/model", OnnxEncoder)
    assert (plain.name, type(plain)) == ("some/model", SentenceEncoder)
    assert quick.fingerprint == plain.fingerprint


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("onnx")
    path = tmp_path_factory.mktemp("exported")
    OnnxEncoder(folder=path).encode(["noir"])
    return path


@pytest.mark.slow
def test_vectors_are_those_of_sentence_transformers(folder: Path, sentence_encoder: SentenceEncoder) -> None:
    quick = OnnxEncoder(folder=folder, batch_size=2)
    assert (quick.fingerprint, quick.dimensions) == (sentence_encoder.fingerprint, 384)
    found = quick.encode(TEXTS)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, sentence_encoder.encode(TEXTS), atol=1e-4)
    assert quick.encode([]).shape == (0, 384)


@pytest.mark.slow
def test_an_index_of_one_is_searched_with_the_other(folder: Path, tmp_path: Path) -> None:
    items = [Item("a", "Alien", "a horror in space"), Item("b", "Amelie", "a romance in Paris")]
    build_index(items, tmp_path, OnnxEncoder(folder=folder))
    assert len(open_index(tmp_path, SentenceEncoder()).catalogue) == 2


@pytest.mark.slow
def test_torch_is_not_loaded_once_the_model_is_exported(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", WITHOUT_TORCH, str(folder)], check=True)


@pytest.mark.slow
def test_without_onnx_it_says_what_to_install_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(PenchantError, match=r"penchant\[onnx\]"):
        OnnxEncoder(folder=tmp_path).encode(["noir"])
    assert list(tmp_path.iterdir()) == []
