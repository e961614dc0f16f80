"""The reference encoder: a fingerprint that tells models apart, and meaning. The rest is in the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from penchant.retriever import PenchantError, SentenceEncoder


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
def test_meaning_is_near_meaning(reference_encoder: SentenceEncoder) -> None:
    query, near, far = reference_encoder.encode(["films about robots", "artificial intelligence", "baking bread"])
    assert query @ near > query @ far + 0.2
