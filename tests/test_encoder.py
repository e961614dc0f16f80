"""The encoder: unit vectors, the same however they are asked for; a fingerprint that tells models apart."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import penchant.retriever.encoding.sentence_encoder as module
from penchant.retriever import PenchantError, SentenceEncoder

TEXTS = ["space opera", "a slow burn about grief", "", "Été à Paris 三", "x" * 5000, "noir"]


def model_folder(path: Path) -> Path:
    (path / "sub").mkdir(parents=True)
    (path / "model.bin").write_bytes(bytes(3 << 20))
    (path / "sub" / "config.json").write_text("{}")
    return path


def test_fingerprint_names_the_content(tmp_path: Path) -> None:
    one, two = model_folder(tmp_path / "one" / "m"), model_folder(tmp_path / "two" / "m")
    assert SentenceEncoder(str(one)).fingerprint == SentenceEncoder(str(two)).fingerprint
    (two / "sub" / "config.json").write_text("[]")
    assert SentenceEncoder(str(one)).fingerprint != SentenceEncoder(str(two)).fingerprint


@pytest.mark.parametrize("place", [0, -1], ids=["first byte", "last byte"])
def test_fingerprint_notices_a_fine_tuning(tmp_path: Path, place: int) -> None:
    folder = model_folder(tmp_path / "m")
    before = SentenceEncoder(str(folder)).fingerprint
    content = bytearray((folder / "model.bin").read_bytes())
    content[place] ^= 1
    (folder / "model.bin").write_bytes(content)
    assert SentenceEncoder(str(folder)).fingerprint != before


@pytest.mark.slow
def test_a_model_that_cannot_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(PenchantError, match=r"encoder .* cannot be loaded"):
        SentenceEncoder(str(tmp_path)).encode(["x"])


@pytest.mark.slow
def test_unit_vectors_of_the_stated_shape(sentence_encoder: SentenceEncoder) -> None:
    vectors = sentence_encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), sentence_encoder.dimensions) == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert sentence_encoder.encode([]).shape == (0, 384)


@pytest.mark.slow
def test_the_same_text_has_the_same_vector_in_any_company(sentence_encoder: SentenceEncoder) -> None:
    together = SentenceEncoder().encode([*TEXTS, *reversed(TEXTS)])
    np.testing.assert_array_equal(together[: len(TEXTS)], together[len(TEXTS) :][::-1])
    for text, vector in zip(TEXTS, together, strict=False):
        np.testing.assert_allclose(SentenceEncoder.encode(sentence_encoder, [text])[0], vector, atol=2e-3)


@pytest.mark.slow
def test_meaning_is_near_meaning(sentence_encoder: SentenceEncoder) -> None:
    query, near, far = sentence_encoder.encode(["films about robots", "artificial intelligence", "baking bread"])
    assert query @ near > query @ far + 0.2


@pytest.mark.slow
def test_a_full_cache_forgets_and_stays_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CACHED_TEXTS", 3)
    encoder = SentenceEncoder()
    first = encoder.encode(TEXTS)
    assert len(encoder._cache) == 3
    np.testing.assert_allclose(encoder.encode(TEXTS[::-1])[::-1], first, atol=2e-3)


@pytest.mark.slow
def test_threads_agree(sentence_encoder: SentenceEncoder) -> None:
    expected = sentence_encoder.encode(TEXTS)
    encoder = SentenceEncoder()
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(encoder.encode, [TEXTS] * 8):
            np.testing.assert_allclose(vectors, expected, atol=2e-3)
