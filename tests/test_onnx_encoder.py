"""The encoder in onnxruntime says what sentence-transformers says, and needs torch only once; no export breaks it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import penchant.retriever.encoding.choice as choice
import penchant.retriever.encoding.onnx_encoder as module
from penchant.retriever import Item, OnnxEncoder, PenchantError, SentenceEncoder, build_index, encoder_named, open_index
from penchant.retriever.encoding.export import CannotExport, export
from penchant.retriever.encoding.export_store import ExportStore, exports_folder
from penchant.retriever.encoding.exported_model import NotExported

from .small_bert import save_small_bert

TEXTS = ["space opera", "a slow burn about grief", "", "Été à Paris 三", "x" * 5000, "word " * 900, "noir", "Film NOIR"]
WITHOUT_TORCH = """
import sys
from penchant.retriever import encoder_named
assert encoder_named("torch:all-MiniLM-L6-v2").name == "all-MiniLM-L6-v2"
assert encoder_named("all-MiniLM-L6-v2").encode(["noir"]).shape == (1, 384)
assert not {"torch", "sentence_transformers", "transformers", "onnx"} & set(sys.modules)
"""

HALFWAY = """
import sys, time
from pathlib import Path
from penchant.retriever.encoding.export_store import ExportStore
def write(folder):
    (folder / "half").write_text("written")
    print("half", flush=True)
    time.sleep(600)
ExportStore(Path(sys.argv[1])).open("a/model:1", write)
"""


@pytest.fixture
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "_sign_of_a_gpu", lambda: False)


def test_a_name_says_what_runs_it(no_gpu: None) -> None:
    quick, plain, either = map(encoder_named, ("onnx:some/model", "torch:some/model", "some/model"))
    assert {quick.name, plain.name, either.name} == {"some/model"}
    assert (type(quick), type(plain), type(either)) == (OnnxEncoder, SentenceEncoder, OnnxEncoder)
    assert quick.fingerprint == plain.fingerprint == either.fingerprint


@pytest.mark.parametrize(("found", "kind"), [(True, SentenceEncoder), (False, OnnxEncoder)])
def test_torch_is_asked_where_there_is_a_sign_of_a_gpu(
    monkeypatch: pytest.MonkeyPatch, found: bool, kind: type[SentenceEncoder]
) -> None:
    class Torch:
        class accelerator:  # noqa: N801
            @staticmethod
            def is_available() -> bool:
                return found

    monkeypatch.setitem(sys.modules, "torch", Torch)  # type: ignore[arg-type]
    monkeypatch.setattr(choice, "_sign_of_a_gpu", lambda: True)
    assert type(encoder_named("some/model")) is kind


def test_exports_are_kept_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PENCHANT_EXPORTS", raising=False)
    monkeypatch.setenv("PENCHANT_HOME", str(tmp_path))
    assert exports_folder() == tmp_path / "encoders"
    monkeypatch.delenv("PENCHANT_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert exports_folder().name == "encoders" and exports_folder().parent.name == "penchant"
    monkeypatch.setenv("PENCHANT_EXPORTS", str(tmp_path / "there"))
    assert exports_folder() == tmp_path / "there"


@pytest.mark.slow
def test_vectors_are_those_of_sentence_transformers(reference_encoder: SentenceEncoder) -> None:
    quick = OnnxEncoder(batch_size=2)
    assert (quick.fingerprint, quick.dimensions) == (reference_encoder.fingerprint, 384)
    np.testing.assert_allclose(quick.encode(TEXTS), reference_encoder.encode(TEXTS), atol=1e-5)


@pytest.mark.slow
def test_torch_is_not_loaded_once_the_model_is_exported() -> None:
    OnnxEncoder().encode(["noir"])
    subprocess.run([sys.executable, "-c", WITHOUT_TORCH], check=True)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(save_small_bert(tmp_path_factory.mktemp("small"), " ".join(TEXTS).split()))


@pytest.mark.slow
def test_an_index_of_one_is_searched_with_the_other(small: str, tmp_path: Path) -> None:
    items = [Item("a", "Alien", "a horror in space"), Item("b", "Amelie", "a romance in Paris")]
    build_index(items, tmp_path / "quick", OnnxEncoder(small, folder=tmp_path / "kept"))
    assert len(open_index(tmp_path / "quick", SentenceEncoder(small)).catalogue) == 2
    build_index(items, tmp_path / "plain", SentenceEncoder(small))
    assert len(open_index(tmp_path / "plain", OnnxEncoder(small, folder=tmp_path / "kept")).catalogue) == 2


def kept(folder: Path) -> list[str]:
    return sorted(path.name.rpartition(".")[2] if "." in path.name else "export" for path in folder.iterdir())


@pytest.fixture
def exports(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that models were exported into, as it happens."""
    found: list[Path] = []

    def noted(model: object, folder: Path) -> None:
        found.append(folder)
        export(model, folder)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "export", noted)
    return found


@pytest.mark.slow
def test_many_at_once_export_once(small: str, tmp_path: Path, exports: list[Path]) -> None:
    encoders = [OnnxEncoder(small, folder=tmp_path / "kept") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda encoder: encoder.encode(TEXTS), encoders))
    assert len(exports) == 1 and kept(tmp_path / "kept") == ["export", "lock"]
    for vectors in found:
        np.testing.assert_allclose(vectors, found[0], atol=1e-6)


@pytest.mark.slow
def test_what_was_killed_halfway_is_made_again(small: str, tmp_path: Path, exports: list[Path]) -> None:
    wanted = OnnxEncoder(small, folder=tmp_path).encode(TEXTS)
    (whole,) = (path for path in tmp_path.iterdir() if path.is_dir())
    (part := tmp_path / f"{whole.name}.part").mkdir()
    (part / "model.onnx").write_bytes(b"half")
    for name in ("model.onnx", "tokenizer.json", "settings.json"):
        (whole / name).write_bytes((whole / name).read_bytes()[:100])
        np.testing.assert_array_equal(OnnxEncoder(small, folder=tmp_path).encode(TEXTS), wanted)
    assert len(exports) == 4 and kept(tmp_path) == ["export", "lock"]


def failing(folder: Path) -> None:
    assert not any(folder.iterdir())
    (folder / "half").write_text("written")
    raise CannotExport("no such operator")


def test_what_cannot_be_exported_is_tried_once(tmp_path: Path) -> None:
    store, tried = ExportStore(tmp_path), []

    def write(folder: Path) -> None:
        tried.append(folder)
        failing(folder)

    for again in (False, False, True):
        with pytest.raises(CannotExport, match="no such operator"):
            store.open("a/model:1", write, again)
    assert len(tried) == 2 and kept(tmp_path) == ["lock", "refused"]


def test_a_process_that_is_killed_while_it_exports_leaves_the_way_free(tmp_path: Path) -> None:
    words = [sys.executable, "-c", HALFWAY, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "half\n"
        process.kill()
    assert kept(tmp_path) == ["lock", "part"]
    with pytest.raises(CannotExport):
        ExportStore(tmp_path).open("a/model:1", failing)
    assert kept(tmp_path) == ["lock", "refused"]


def test_names_of_exports_do_not_meet(tmp_path: Path) -> None:
    for name in ("a/b", "a_b", "a b", "a-b", "ü" * 300):
        with pytest.raises(CannotExport):
            ExportStore(tmp_path).open(name, failing)
    assert kept(tmp_path) == ["lock"] * 5 + ["refused"] * 5


def test_a_folder_that_is_no_export(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(PenchantError, match="PENCHANT_EXPORTS"):
        ExportStore(tmp_path / "file").open("a", failing)


def fallen_back(encoder: SentenceEncoder, reference: SentenceEncoder, texts: Sequence[str] = TEXTS) -> None:
    np.testing.assert_array_equal(encoder.encode(texts), reference.encode(texts))
    assert encoder.dimensions == reference.dimensions


@pytest.mark.slow
def test_where_nothing_can_be_kept_sentence_transformers_takes_over(no_gpu: None, small: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    fallen_back(encoder_named(small, tmp_path / "file"), SentenceEncoder(small, "cpu"))
    with pytest.raises(PenchantError, match="PENCHANT_EXPORTS"):
        encoder_named(f"onnx:{small}", tmp_path / "file").encode(["noir"])


@pytest.mark.slow
def test_a_model_that_cannot_be_exported_runs_all_the_same(no_gpu: None, tmp_path: Path) -> None:
    """Static word vectors: their model wants other inputs than a transformer."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    tokenizer = SentenceEncoder().load().tokenizer.backend_tokenizer
    static = StaticEmbedding(tokenizer, embedding_dim=8)
    SentenceTransformer(modules=[static], device="cpu").save(str(tmp_path / "static"), create_model_card=False)
    for _ in range(2):
        fallen_back(
            encoder_named(str(tmp_path / "static"), tmp_path / "kept"), SentenceEncoder(str(tmp_path / "static"), "cpu")
        )
    assert kept(tmp_path / "kept") == ["lock", "refused"]
    with pytest.raises(PenchantError, match="onnxruntime"):
        encoder_named(f"onnx:{tmp_path / 'static'}", tmp_path / "kept").encode(["noir"])


@pytest.mark.slow
def test_an_export_that_says_something_else_is_not_used(
    no_gpu: None, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import penchant.retriever.encoding.export as exporting

    monkeypatch.setattr(exporting, "TOLERANCE", -1)
    fallen_back(encoder_named(small, tmp_path), SentenceEncoder(small, "cpu"))
    with pytest.raises(PenchantError, match="differs from the original"):
        encoder_named(f"onnx:{small}", tmp_path).encode(["noir"])


@pytest.mark.slow
def test_without_onnx(no_gpu: None, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    fallen_back(encoder_named(small, tmp_path), SentenceEncoder(small, "cpu"))
    with pytest.raises(PenchantError, match="pip install onnx"):
        encoder_named(f"onnx:{small}", tmp_path).encode(["noir"])
    assert kept(tmp_path) == ["lock"]


@pytest.mark.slow
def test_a_model_that_is_not_there_says_so(no_gpu: None, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "config.json").write_text("{}")
    for name in ("", "onnx:", "torch:"):
        with pytest.raises(PenchantError, match=r"encoder .* cannot be loaded"):
            encoder_named(f"{name}{tmp_path / 'model'}", tmp_path / "kept").encode(["x"])


def test_no_export_says_so(tmp_path: Path) -> None:
    from penchant.retriever.encoding.exported_model import ExportedModel

    with pytest.raises(NotExported):
        ExportedModel.open(tmp_path / "none")
    with pytest.raises(NotExported, match="not an exported model"):
        ExportedModel.open(tmp_path)
