"""What every encoder must do, through all that there are; the real ones with models small enough to be made here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from penchant.retriever import Encoder, OnnxEncoder, Pictures, SentenceEncoder
from penchant.retriever.encoding import HashEncoder

from .small_bert import save_small_bert
from .small_clip import save_small_clip

TEXTS = ["space opera", "a slow burn about grief", "", "Été à Paris 三", "noir " * 300, "/etc/hosts", "SPACE  opera"]
TOLERANCE = 1e-5

Make = Callable[[int], Encoder]
"""An encoder whose model has these random weights."""


def words() -> list[str]:
    return [word for text in TEXTS for word in text.split()]


def hashes(folder: Path) -> Make:
    return lambda seed: HashEncoder(salt=str(seed))


def sentences(folder: Path) -> Make:
    return lambda seed: SentenceEncoder(str(save_small_bert(folder / str(seed), words(), seed)), "cpu")


def exported(folder: Path) -> Make:
    return lambda seed: OnnxEncoder(str(save_small_bert(folder / str(seed), words(), seed)), folder=folder / "kept")


def pictures(folder: Path) -> Make:
    return lambda seed: Pictures(str(save_small_clip(folder / str(seed), seed)))


REAL = [pytest.param(make, marks=pytest.mark.slow, id=make.__name__) for make in (sentences, exported, pictures)]


@pytest.fixture(scope="module", params=[pytest.param(hashes, id="hashes"), *REAL])
def encoders(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Encoder, Encoder]:
    """One of each kind, and another of that kind with other weights."""
    make = request.param(tmp_path_factory.mktemp("models"))
    return make(0), make(1)


@pytest.fixture
def tested(encoders: tuple[Encoder, Encoder]) -> Encoder:
    return encoders[0]


def test_what_was_forgotten_has_the_same_vector_when_it_is_said_again(tested: Encoder) -> None:
    before = tested.encode(["a slow burn about grief"])
    tested.forget()
    assert not len(getattr(tested, "_cache", ()))
    assert np.allclose(tested.encode(["a slow burn about grief"]), before, atol=TOLERANCE)


def test_unit_vectors_of_the_stated_shape(tested: Encoder) -> None:
    vectors = tested.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), tested.dimensions) and vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=TOLERANCE)


def test_no_texts_are_no_vectors(tested: Encoder) -> None:
    vectors = tested.encode([])
    assert vectors.shape == (0, tested.dimensions) and vectors.dtype == np.float32


def test_order_is_kept_and_twins_are_equal(tested: Encoder) -> None:
    there, back = tested.encode(["noir", "space", "noir"]), tested.encode(["space", "noir"])
    np.testing.assert_array_equal(there[[1, 0]], back)
    np.testing.assert_array_equal(there[0], there[2])
    assert not np.allclose(there[0], there[1])


def test_a_text_is_the_same_in_any_company(encoders: tuple[Encoder, Encoder]) -> None:
    """The other encoder, for its texts are all new: alone first, then in one batch with more."""
    alone = {text: encoders[1].encode([text])[0] for text in TEXTS[::2]}
    together = dict(zip(TEXTS, encoders[1].encode(TEXTS), strict=True))
    crowd = encoders[1].encode([f"{text} again" for text in TEXTS])
    for text in alone:
        np.testing.assert_allclose(together[text], alone[text], atol=TOLERANCE)
    for text, vector in zip(TEXTS, crowd, strict=True):
        np.testing.assert_allclose(encoders[1].encode([f"{text} again"])[0], vector, atol=TOLERANCE)


def test_what_comes_back_is_the_callers(tested: Encoder) -> None:
    first = tested.encode(["kept"])
    wanted = first.copy()
    first[:] = 0
    np.testing.assert_array_equal(tested.encode(["kept"]), wanted)


def test_fingerprints_tell_models_apart(encoders: tuple[Encoder, Encoder]) -> None:
    one, other = encoders
    before = one.fingerprint
    one.encode(["anything"])
    assert one.fingerprint == before != other.fingerprint
    assert not np.allclose(one.encode(["noir"]), other.encode(["noir"]))


def test_threads_agree(encoders: tuple[Encoder, Encoder]) -> None:
    """Eight at once, each with texts of its own and some that all ask for."""
    batches = [[f"{n} {text}" for text in TEXTS] + [f"all {text}" for text in TEXTS] for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(encoders[0].encode, batches))
    for batch, vectors in zip(batches, found, strict=True):
        for text, vector in zip(batch, vectors, strict=True):
            np.testing.assert_allclose(encoders[0].encode([text])[0], vector, atol=TOLERANCE)
