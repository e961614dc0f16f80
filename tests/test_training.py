"""Training a small BERT: losses fall, what is saved is what was trained, an interruption costs nothing."""

from __future__ import annotations

import contextlib
import json
import math
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from penchant.retriever import Index, IndexMismatch, Item, OnnxEncoder, SentenceEncoder, build_index, open_index
from penchant.retriever.catalogue.rating_scale import Scale
from penchant.retriever.catalogue.ratings import Rating, Withdrawn
from penchant.retriever.encoding.adapters import attach, is_adapter, require
from penchant.retriever.encoding.sentence_encoder import load_model
from penchant.retriever.errors import TrainingError
from penchant.retriever.progress import Progress
from penchant.retriever.training.calibration import Calibration
from penchant.retriever.training.training import Trained, Training, merge_adapter, train

from .small_bert import save_small_bert

pytestmark = [pytest.mark.slow, pytest.mark.extra("train")]

MEANT = {
    "horror": "scary",
    "comedy": "funny",
    "romance": "love",
    "war": "battle",
    "western": "cowboys",
    "noir": "crime",
}
SAYINGS = ("something {}", "{} please", "i like {}", "a {} film", "looking for {}")
WORDS = " ".join([*MEANT, *MEANT.values(), *SAYINGS, "film odd even"]).replace("{}", "").split()
ITEMS = [Item(f"i{n}", f"Film {n}", fields={"genres": (list(MEANT)[n % 6], ("odd", "even")[n % 2])}) for n in range(36)]
RATES = {"full": 2e-3, "lora": 5e-3, "adalora": 1e-1}
SCALE = Scale(1, 5)
TEXTS = ["something scary", "Film 3. war", "love"]

METHODS = pytest.mark.parametrize("method", ["full", "lora", "adalora"])


@contextlib.contextmanager
def no_bars(title: str) -> Iterator[Progress]:
    yield lambda done, total: None


def stopping(at: int) -> Any:
    """Bars under which a person presses Ctrl-C at a step of the training."""

    def stop(done: int, total: int) -> None:
        if done == at:
            raise KeyboardInterrupt

    @contextlib.contextmanager
    def bars(title: str) -> Iterator[Progress]:
        yield stop if title == "Training" else lambda done, total: None

    return bars


def ratings_of(people: int = 20, each: int = 4) -> list[Rating]:
    rng = random.Random(0)
    rows = []
    for n in range(people):
        genre, word = list(MEANT.items())[n % 6]
        for item in rng.sample(ITEMS, each):
            said = rng.choice(SAYINGS).format(word)
            rows.append(Rating(f"u{n}", (said,), item.id, 5.0 if genre in item.values("genres") else 1.0))
    return rows


RATINGS = ratings_of()


def training(method: str = "lora", loss: str = "mse", **more: Any) -> Training:
    rest = {
        "epochs": 1.0,
        "batch_size": 8,
        "learning_rate": RATES[method],
        "rank": 4,
        "patience": 20,
        "share": 1.0,
        **more,
    }
    return Training(method, loss, **rest)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_small_bert(tmp_path_factory.mktemp("base"), WORDS)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, base: Path) -> Index:
    return build_index(ITEMS, tmp_path_factory.mktemp("index"), SentenceEncoder(str(base)))


def test_who_has_withdrawn_is_not_learned_from(tmp_path: Path, index: Index) -> None:
    gone = Withdrawn(frozenset({"u1", "u2", "nobody"}))
    made = train(index, RATINGS, SCALE, tmp_path / "x", training("lora", epochs=0.2), no_bars, gone)
    parts = (made.data.split.train, made.data.split.validation, made.data.split.test)
    assert not {"u1", "u2"} & {example.person for part in parts for example in part}
    assert made.data.withdrawn == (2, 8) and made.data.ratings == len(RATINGS) - 8
    card = (made.folder / "README.md").read_text(encoding="utf-8")
    assert "- 2 people had withdrawn: their 8 ratings were left out" in card and "nobody" not in card


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, index: Index) -> dict[str, Trained]:
    """One of each method."""
    folder = tmp_path_factory.mktemp("trained")
    return {m: train(index, RATINGS, SCALE, folder / m, training(m), no_bars) for m in ("full", "lora", "adalora")}


def vectors(encoder: object) -> np.ndarray:
    return SentenceEncoder(str(encoder)).encode(TEXTS)


@METHODS
@pytest.mark.parametrize("loss", ["mse", "bce", "contrastive"])
def test_the_loss_falls(tmp_path: Path, method: str, loss: str) -> None:
    """On six words and six genres, each meant by one of the words: measured on what it learns from."""
    from penchant.retriever.training import adapters, losses, trainer

    genres, words = list(MEANT), list(MEANT.values())
    others = genres[1:] + genres[:1]
    columns: dict[str, Any] = {"query": words, "item": genres, "negative_0": others, "label": [[0.0, 0.0]] * 6}
    if loss != "contrastive":
        columns = {"query": words * 2, "item": genres + others, "label": [1.0] * 6 + [0.0] * 6}
    run = trainer.TrainerRun(
        24 * 6 / len(columns["query"]), 6, RATES[method], patience=99, seed=0, once=loss == "contrastive"
    )
    model = load_model(str(save_small_bert(tmp_path, WORDS, dropout=0.0)), "cpu")
    made = losses.make_loss(loss, model, columns)  # type: ignore[arg-type]
    if method != "full":
        adapters.wrap(model, method, 4, trainer.planned_steps(len(columns["query"]), run))  # type: ignore[arg-type]
    if method == "adalora":
        made = losses.Orthogonal(made, adapters.factors(model), adapters.ORTHOGONALITY)
    fit = trainer.fit(model, made, columns, columns, run, tmp_path / "checkpoints", lambda done, total: None)
    seen = [loss for _, loss in fit.validation]
    assert min(seen[-3:]) < 0.9 * seen[0], seen
    assert fit.steps == fit.planned == 24


def test_what_many_like_is_no_wrong_answer_for_it() -> None:
    """By hand: two texts, two items and two negatives on the axes; the first item stands in the columns four times."""
    import torch

    from penchant.retriever.training import losses

    across, up = [1.0, 0.0], [0.0, 1.0]
    columns = [torch.tensor(column) for column in ([across, up], [across, up], [up, across])]
    counts = torch.tensor([[4.0, 2.0], [1.0, 1.0]])
    loss = losses.SampledSoftmax(lambda column: {"sentence_embedding": column})(columns, counts.log())  # type: ignore[arg-type, misc]
    near, far = math.exp(1 / 0.05), 1.0
    first = near / 4 / (near / 4 + far / 1 + far / 2 + near / 1)
    second = near / 1 / (far / 4 + near / 1 + near / 2 + far / 1)
    assert float(loss) == pytest.approx(-(math.log(first) + math.log(second)) / 2, rel=1e-5)


@METHODS
def test_what_is_saved_is_what_was_trained(trained: dict[str, Trained], base: Path, method: str) -> None:
    folder = trained[method].folder
    names = {path.name for path in folder.iterdir()}
    assert "checkpoints" not in names and {"README.md", "penchant.json", "calibration.json"} <= names
    assert np.abs(vectors(folder) - vectors(base)).max() > 1e-3
    trained_count, whole = trained[method].parameters
    assert (trained_count == whole) == (method == "full")
    if method != "full":
        assert "model.safetensors" not in names
        assert json.loads((folder / "adapter_config.json").read_text())["base_model_name_or_path"] == str(base)


@pytest.mark.parametrize("method", ["lora", "adalora"])
def test_an_adapter_and_its_merged_model_agree(
    tmp_path: Path, trained: dict[str, Trained], base: Path, method: str
) -> None:
    """Beside its base as peft computes it, merged on loading, and merged into a folder of its own."""
    beside = load_model(str(base), "cpu")
    attach(beside, trained[method].folder)
    expected = np.asarray(beside.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False))
    np.testing.assert_allclose(vectors(trained[method].folder), expected, atol=1e-5)
    whole = merge_adapter(trained[method].folder, tmp_path / "whole")
    assert not is_adapter(whole) and (whole / "README.md").is_file()
    np.testing.assert_allclose(vectors(whole), expected, atol=1e-5)
    assert Calibration.load(whole) == trained[method].assessment.calibration


@METHODS
def test_a_share_of_the_change_of_each_weight_is_kept(
    tmp_path: Path, index: Index, trained: dict[str, Trained], base: Path, method: str
) -> None:
    quarter = train(index, RATINGS, SCALE, tmp_path / "x", training(method, share=0.25), no_bars)
    before, after, kept = (
        load_model(str(folder), "cpu").state_dict() for folder in (base, trained[method].folder, quarter.folder)
    )
    changed = 0
    for name, weights in before.items():
        change = (after[name] - weights).numpy()
        changed += bool(np.abs(change).max() > 1e-4)
        np.testing.assert_allclose((kept[name] - weights).numpy(), 0.25 * change, atol=1e-5)
    assert changed
    assert "share of the change kept: 0.25" in (quarter.folder / "README.md").read_text(encoding="utf-8")


def test_merging_is_refused_where_it_makes_no_sense(tmp_path: Path, trained: dict[str, Trained]) -> None:
    with pytest.raises(TrainingError, match="holds no adapter"):
        merge_adapter(trained["full"].folder, tmp_path / "x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine")
    with pytest.raises(TrainingError, match="not empty"):
        merge_adapter(trained["lora"].folder, tmp_path / "full")


@METHODS
def test_an_index_of_the_base_refuses_the_trained_encoder(
    tmp_path: Path, trained: dict[str, Trained], method: str, base: Path
) -> None:
    build_index(ITEMS, tmp_path / "old", SentenceEncoder(str(base)))
    encoder = SentenceEncoder(str(trained[method].folder))
    with pytest.raises(IndexMismatch, match="index into a new folder"):
        open_index(tmp_path / "old", encoder)
    assert len(build_index(ITEMS, tmp_path / "new", encoder).catalogue) == len(ITEMS)


@METHODS
def test_onnxruntime_runs_the_trained_encoder_too(tmp_path: Path, trained: dict[str, Trained], method: str) -> None:
    encoder = OnnxEncoder(str(trained[method].folder), folder=tmp_path)
    np.testing.assert_allclose(encoder.encode(TEXTS), vectors(trained[method].folder), atol=1e-5)
    assert encoder.fingerprint == SentenceEncoder(encoder.name).fingerprint


def test_fingerprints_cover_weights_and_base_but_not_reports(
    tmp_path: Path, trained: dict[str, Trained], base: Path
) -> None:
    folder = shutil.copytree(trained["lora"].folder, tmp_path / "lora")
    before = SentenceEncoder(str(folder)).fingerprint
    (folder / "README.md").write_text("my own words")
    (folder / "calibration.json").unlink()
    assert SentenceEncoder(str(folder)).fingerprint == before
    config = json.loads((folder / "adapter_config.json").read_text())
    other = save_small_bert(tmp_path / "other", WORDS, seed=1)
    (folder / "adapter_config.json").write_text(json.dumps({**config, "base_model_name_or_path": str(other)}))
    assert SentenceEncoder(str(folder)).fingerprint.partition("+")[2] != before.partition("+")[2]
    with pytest.raises(TrainingError, match="was trained on"):
        SentenceEncoder(str(folder)).encode(["x"])


def test_a_trained_encoder_knows_where_it_comes_from(trained: dict[str, Trained], base: Path) -> None:
    assert SentenceEncoder(str(trained["lora"].folder)).origin == str(base)
    assert SentenceEncoder().origin == SentenceEncoder().name


def test_an_encoder_can_be_trained_further(tmp_path: Path, trained: dict[str, Trained], base: Path) -> None:
    """The base of the second adapter is the first, which is merged into its own."""
    first = SentenceEncoder(str(trained["lora"].folder))
    index = build_index(ITEMS, tmp_path / "index", first)
    second = train(index, RATINGS, SCALE, tmp_path / "second", training(epochs=0.2), no_bars)
    assert second.base == str(trained["lora"].folder)
    encoder = SentenceEncoder(str(second.folder))
    assert encoder.origin == str(base) and encoder.fingerprint.endswith(first.fingerprint)
    assert np.abs(encoder.encode(TEXTS) - first.encode(TEXTS)).max() > 1e-4


@pytest.mark.parametrize("method", ["full", "lora"])
def test_an_interrupted_training_ends_as_if_it_had_not_been(
    tmp_path: Path, index: Index, trained: dict[str, Trained], method: str
) -> None:
    steps = trained[method].fit.planned
    with pytest.raises(KeyboardInterrupt):
        train(index, RATINGS, SCALE, tmp_path / method, training(method), stopping(steps - 2))
    whole = sorted(path.parent.name for path in (tmp_path / method).rglob("trainer_state.json"))
    (tmp_path / method / "checkpoints" / "checkpoint-999").mkdir()  # as if stopped while it was written
    seen: list[int] = []

    @contextlib.contextmanager
    def bars(title: str) -> Iterator[Progress]:
        yield (lambda done, total: seen.append(done)) if title == "Training" else lambda done, total: None

    again = train(index, RATINGS, SCALE, tmp_path / method, training(method), bars)
    assert whole and seen[0] == 1 + max(int(name.rpartition("-")[2]) for name in whole) and seen[-1] == steps
    np.testing.assert_allclose(vectors(again.folder), vectors(trained[method].folder), atol=1e-5)
    np.testing.assert_allclose(again.fit.validation, trained[method].fit.validation, rtol=1e-4)


def test_an_interrupted_training_goes_on_only_as_it_began(tmp_path: Path, index: Index) -> None:
    with pytest.raises(KeyboardInterrupt):
        train(index, RATINGS, SCALE, tmp_path / "x", training("adalora"), stopping(3))
    with pytest.raises(TrainingError, match="unfinished training on other ratings or settings"):
        train(index, RATINGS, SCALE, tmp_path / "x", training("lora"), no_bars)
    assert train(index, RATINGS, SCALE, tmp_path / "x", training("adalora"), no_bars).fit.steps
    with pytest.raises(TrainingError, match="not empty"):
        train(index, RATINGS, SCALE, tmp_path / "x", training("adalora"), no_bars)


def test_training_stops_when_nothing_is_gained(tmp_path: Path, index: Index) -> None:
    """At this rate nothing is left of the model after some steps; the best one is kept."""
    wildly = training("full", epochs=4, learning_rate=0.5, patience=1)
    wild = train(index, RATINGS, SCALE, tmp_path / "x", wildly, no_bars)
    assert wild.fit.steps < wild.fit.planned


def test_the_same_seed_gives_the_same_encoder(tmp_path: Path, index: Index, trained: dict[str, Trained]) -> None:
    again = train(index, RATINGS, SCALE, tmp_path / "again", training("lora"), no_bars)
    np.testing.assert_allclose(vectors(again.folder), vectors(trained["lora"].folder), atol=1e-6)
    other = train(index, RATINGS, SCALE, tmp_path / "other", training("lora", seed=1), no_bars)
    assert np.abs(vectors(other.folder) - vectors(again.folder)).max() > 1e-3


def test_the_card_says_what_was_done(trained: dict[str, Trained]) -> None:
    card = (trained["lora"].folder / "README.md").read_text(encoding="utf-8")
    said = (
        "80 ratings from 1 to 5",
        "lora, rank 4",
        "mse",
        "seed: 0",
        "| nDCG@10 |",
        "calibration error",
        "0 more of items",
    )
    assert all(part in card for part in said), card
    fit = trained["lora"].fit
    assert f"{fit.steps} of {fit.planned} planned" in card


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ([], "none of the 0 ratings"),
        ([Rating("u", ("x",), "tt1", 5)], "the first is of 'tt1', and the catalogue's ids are like 'i"),
        ([*RATINGS[:8], Rating("u", ("x",), "tt1", 5)], "2 people .* at least 10"),
        ([replace(rating, rating=1.0) for rating in RATINGS], "too few items are liked"),
    ],
)
def test_too_little_to_learn_from_is_refused(tmp_path: Path, index: Index, ratings: list[Rating], said: str) -> None:
    with pytest.raises(TrainingError, match=said):
        train(index, ratings, SCALE, tmp_path / "x", training(), no_bars)
    assert not (tmp_path / "x").exists()


def test_ratings_of_unknown_items_are_counted(tmp_path: Path, index: Index) -> None:
    strange = [Rating("u", ("x",), f"tt{n}", 5) for n in range(7)]
    found = train(index, [*RATINGS, *strange], SCALE, tmp_path / "x", training(epochs=0.1), no_bars)
    assert (found.data.ratings, found.data.unknown) == (len(RATINGS), 7)


def test_users_without_words_are_learned_from(tmp_path: Path, index: Index) -> None:
    """Only likes: the texts come from the facets, and there is no rating to expect."""
    rng = random.Random(0)
    liked = [
        Rating(f"u{n}", (), item.id, 1.0)
        for n in range(12)
        for item in rng.sample([i for i in ITEMS if list(MEANT)[n % 6] in i.values("genres")], 5)
    ]
    found = train(index, liked, Scale(1, 1), tmp_path / "x", training(loss="contrastive", epochs=0.5), no_bars)
    assert found.assessment.calibration is None and not (found.folder / "calibration.json").exists()
    assert "None: all ratings are alike" in (found.folder / "README.md").read_text(encoding="utf-8")
    assert {e.query for e in found.data.split.train} & set(MEANT)


def test_an_encoder_without_layers_has_no_adapter(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(["[UNK]", *sorted(set(WORDS))])}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=16)]).save(str(tmp_path / "static"))
    index = build_index(ITEMS, tmp_path / "index", SentenceEncoder(str(tmp_path / "static")))
    with pytest.raises(TrainingError, match=r"no transformer layers .* --method full"):
        train(index, RATINGS, SCALE, tmp_path / "x", training("lora"), no_bars)
    found = train(index, RATINGS, SCALE, tmp_path / "y", training("full", learning_rate=0.05), no_bars)
    assert np.abs(vectors(found.folder) - vectors(tmp_path / "static")).max() > 1e-3


def test_a_missing_extra_is_named() -> None:
    with pytest.raises(
        TrainingError, match=r"no_such_package not installed; install with: pip install 'penchant\[train\]'"
    ):
        require("peft", "no_such_package")
