"""Fine-tunes the encoder of an index on ratings, wholly or by an adapter, and reports what that changed.

Ratings in; out comes a folder that settings can name as the encoder, with a model card and a calibration. Needs the
extra `train`. Knows nothing of conversations.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..catalogue import Rating, Scale, Withdrawn, item_text
from ..encoding import RECORD, SentenceEncoder, is_adapter, load_model
from ..errors import TrainingError
from ..index import Index
from ..progress import Progress
from . import adapters
from .assessment import assess
from .calibration import FILE as CALIBRATION
from .card import card
from .dataset import Columns, labelled, triples
from .examples import Example, Split, split_each, split_people, write_examples
from .negatives import hard_negatives
from .outcome import Trained, Training, TrainingData
from .private import check_promised, promise

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from .private import Pair, Promise
    from .trainer import Fit

Bars = Callable[[str], AbstractContextManager[Progress]]
"""Opens a progress bar with a title."""

CARD = "README.md"

_CHECKPOINTS = "checkpoints"
_STAMP = "run.json"


def train(
    index: Index,
    ratings: Sequence[Rating],
    scale: Scale,
    into: Path | str,
    training: Training,
    bars: Bars,
    withdrawn: Withdrawn | None = None,
) -> Trained:
    """Trains the encoder of an index on ratings of its items and writes the result to a folder.

    `withdrawn` are left out. Interrupted, it goes on from its last checkpoint when called again with the same
    arguments. Raises TrainingError for too few ratings, a folder that holds something else, and a missing extra.
    """
    adapters.require_all()
    into, encoder = Path(into), index.encoder
    if not isinstance(encoder, SentenceEncoder):
        raise TrainingError(f"the encoder {encoder.name!r} is not one of sentence-transformers and cannot be trained")
    if training.private:
        check_promised(training.loss, training.method)
    data = _data(index, ratings, scale, training, withdrawn or Withdrawn(frozenset()))
    checkpoints = _prepared(into, f"{training}{scale}{encoder.fingerprint}{data.split.train}")
    base = str(Path(encoder.name).resolve()) if Path(encoder.name).is_dir() else encoder.name
    with bars("Drawing negatives") as progress:
        lesson = _private_lesson if training.private else _lesson
        learnt = lesson(index, data.split, scale, training, checkpoints, progress)
    fit, parameters = _fitted(base, learnt, training, into, bars)
    _write_record(into, {"base": base, "base_fingerprint": encoder.fingerprint, "training": asdict(training)})
    with bars("Measuring") as progress:
        taught = SentenceEncoder(str(into))
        assessment = assess(index, taught, data.split, scale, progress)
    trained = Trained(into, base, training, scale, data, fit, parameters, assessment, taught, learnt.promise)
    if assessment.calibration:
        assessment.calibration.save(into)
    (into / CARD).write_text(card(trained), encoding="utf-8")
    shutil.rmtree(checkpoints)
    return trained


def merge_adapter(folder: Path | str, into: Path | str) -> Path:
    """Writes a trained adapter and its base as one whole model, which needs no peft and gives the same vectors."""
    folder, into = Path(folder), Path(into)
    if not is_adapter(folder):
        raise TrainingError(f"{folder} holds no adapter; there is nothing to merge")
    if into.is_file() or (into.is_dir() and any(into.iterdir())):
        raise TrainingError(f"{into} is not empty; choose another folder")
    load_model(str(folder), "cpu").save(str(into), create_model_card=False)
    for name in (CARD, CALIBRATION, RECORD):
        if (folder / name).is_file():
            shutil.copy(folder / name, into / name)
    _write_record(into, json.loads((into / RECORD).read_text(encoding="utf-8")) if (into / RECORD).is_file() else {})
    return into


def _data(
    index: Index, ratings: Sequence[Rating], scale: Scale, training: Training, withdrawn: Withdrawn
) -> TrainingData:
    ratings = list(withdrawn.without(ratings))
    known = [rating for rating in ratings if rating.item in index.catalogue.row]
    if not known:
        theirs = f": the first is of {ratings[0].item!r}" if ratings else ""
        raise TrainingError(
            f"none of the {len(ratings):,} ratings is of an item of the catalogue{theirs}, and the catalogue's ids are"
            f" like {index.catalogue.items[0].id!r}"
        )
    dealt = split_each if training.private else split_people
    split = dealt(write_examples(known, index.catalogue, scale, training.seed), training.seed)
    for part in (split.train, split.validation or split.train, split.test):
        if not any(example.label >= scale.liked for example in part):
            raise TrainingError("too few items are liked to learn from and to report on; see --liked and --scale")
    return TrainingData(len(known), len(ratings) - len(known), split, (len(withdrawn.found), withdrawn.ratings))


def _prepared(into: Path, run: str) -> Path:
    """The folder for the checkpoints of this very run, new or begun."""
    checkpoints = into / _CHECKPOINTS
    stamp = hashlib.sha256(run.encode()).hexdigest()
    if (checkpoints / _STAMP).is_file():
        if (checkpoints / _STAMP).read_text(encoding="utf-8") != stamp:
            raise TrainingError(
                f"{into} holds an unfinished training on other ratings or settings; delete it or choose another folder"
            )
        return checkpoints
    if into.is_file() or (into.is_dir() and any(into.iterdir())):
        raise TrainingError(f"{into} is not empty; choose another folder for the encoder")
    checkpoints.mkdir(parents=True)
    (checkpoints / _STAMP).write_text(stamp, encoding="utf-8")
    return checkpoints


@dataclass(frozen=True)
class _Lesson:
    """What trains a model with a loss; columns from which a loss may take where it begins; steps that are planned."""

    fit: Callable[[SentenceTransformer, Any, Progress], Fit]
    sample: Columns
    steps: int
    promise: Promise | None = None


def _lesson(
    index: Index, split: Split, scale: Scale, training: Training, checkpoints: Path, progress: Progress
) -> _Lesson:
    """The trainer's, with columns to learn from and columns to stop by."""
    from . import trainer

    train, validation = (
        _laid_out(index, part, scale, training, training.seed, progress) for part in (split.train, split.validation)
    )
    t = training
    # A text twice in a batch would be its own negative; where rows have ratings of their own it does no harm.
    run = trainer.TrainerRun(t.epochs, t.batch_size, t.rate, t.patience, t.seed, once=t.loss == "contrastive")

    def fit(model: SentenceTransformer, loss: Any, report: Progress) -> Fit:
        return trainer.fit(model, loss, train, validation, run, checkpoints, report)

    return _Lesson(fit, train, trainer.planned_steps(len(train["query"]), run))


def _private_lesson(
    index: Index, split: Split, scale: Scale, training: Training, checkpoints: Path, progress: Progress
) -> _Lesson:
    """By person, with noise: nothing that one person said changes what is learned of another, or where it begins."""
    from . import trainer
    from .private.descent import descend

    own: dict[str, list[Example]] = {}
    for example in split.train:
        own.setdefault(example.person, []).append(example)
    people: dict[str, list[Pair]] = {}
    for n, (person, examples) in enumerate(own.items(), 1):
        rows = _laid_out(index, examples, scale, training, f"{training.seed}:{person}", lambda done, total: None)
        people[person] = list(zip(*rows.values(), strict=True))
        progress(n, len(own))
    kept = promise(training.private, training.delta, len(people), training.batch_size, training.epochs)

    def fit(model: SentenceTransformer, loss: Any, report: Progress) -> Fit:
        done = descend(model, loss, people, kept, training.rate, report)
        return trainer.Fit(done.steps, kept.steps, done.seconds, (), ())

    texts = [item_text(item, index.schema) for item in index.catalogue.items]
    anyhow: Columns = {"query": texts, "item": texts[::-1], "label": [0.5] * len(texts)}
    return _Lesson(fit, anyhow, kept.steps, kept)


def _laid_out(
    index: Index, examples: Sequence[Example], scale: Scale, training: Training, seed: int | str, report: Progress
) -> Columns:
    """Examples as the columns that the loss takes."""

    def text(item: str) -> str:
        return item_text(index.catalogue.get(item), index.schema)

    negatives = hard_negatives(index, examples, training.negatives, scale.liked, seed, report, training.draw)
    if training.loss == "contrastive":
        return triples(examples, negatives, scale.liked, text)
    return labelled(examples, negatives, text)


def _fitted(base: str, lesson: _Lesson, training: Training, into: Path, bars: Bars) -> tuple[Fit, tuple[int, int]]:
    """Trains a fresh copy of the base and writes it, or its adapter."""
    from transformers import set_seed

    from . import losses

    set_seed(training.seed)
    model = load_model(base).float()
    length = model.max_seq_length
    _read_at_most(model, min(training.length, length or training.length))
    loss = losses.make_loss(training.loss, model, lesson.sample)
    if training.method != "full":
        adapters.wrap(model, training.method, training.rank, lesson.steps)
    if training.method == "adalora":
        loss = losses.Orthogonal(loss, adapters.factors(model), adapters.ORTHOGONALITY)
    if training.private and training.method == "lora":
        adapters.hold_inner(model)
    parameters, begun = adapters.count_parameters(model), adapters.begun(model, training.method)
    with bars("Training") as progress:
        fit = lesson.fit(model, loss, progress)
    adapters.keep_share(begun, training.share)
    _read_at_most(model, length)
    if training.method == "full":
        model.save(str(into), create_model_card=False)
    else:
        adapters.save(model, into, base)
    return fit, parameters


def _read_at_most(model: SentenceTransformer, tokens: int | None) -> None:
    with contextlib.suppress(AttributeError):  # a model without layers reads everything, and has no such limit
        model.max_seq_length = tokens


def _write_record(folder: Path, record: dict[str, object]) -> None:
    """What the encoder needs to know of its origin. The digest of all weights makes its fingerprint cover them."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.safetensors")):
        if path.parent.parent.name != _CHECKPOINTS:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    text = json.dumps({**record, "weights": digest.hexdigest()}, indent=2)
    (folder / RECORD).write_text(text, encoding="utf-8")
