"""`penchant train` and `penchant merge`: options in, a folder with a trained encoder and its figures out.

Knows nothing of how it is trained (penchant.retriever.training).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .console.options import settings_with
from .console.progress import progress_bar

if TYPE_CHECKING:
    from penchant.retriever import Rating
    from penchant.retriever.catalogue import Scale
    from penchant.retriever.training import Trained, Training

_REPORTED = 20_000


class MethodChoice(StrEnum):
    full = "full"
    lora = "lora"
    adalora = "adalora"


class DrawChoice(StrEnum):
    near = "near"
    any = "any"


class LossChoice(StrEnum):
    mse = "mse"
    bce = "bce"
    contrastive = "contrastive"


RatingsFile = Annotated[
    Path, typer.Argument(metavar="RATINGS", help="A .jsonl, .csv, .parquet or MovieLens .dat file of ratings.")
]
RatedIndex = Annotated[Path, typer.Option(help="Folder of the index whose items are rated.", metavar="DIR")]
EncoderFolder = Annotated[Path, typer.Option(help="Folder to write the encoder to.", metavar="DIR")]
Methods = Annotated[MethodChoice, typer.Option(help="Train all weights, or an adapter of a few MB beside frozen ones.")]
Losses = Annotated[LossChoice, typer.Option(help="Rank liked items first (contrastive), or fit the rating (mse, bce).")]
Epochs = Annotated[float, typer.Option(min=0.01, max=1000, help="Passes over the ratings.")]
BatchSize = Annotated[int, typer.Option(min=2, max=4096, help="Examples in a step.")]
LearningRate = Annotated[
    float | None, typer.Option(min=1e-9, max=1, help="Default: 2e-4 for full, 2e-3 for lora, 2e-2 for adalora.")
]
RankOption = Annotated[int, typer.Option(min=1, max=512, help="Rank of an adapter's matrices.")]
Negatives = Annotated[int, typer.Option(min=0, max=16, help="Negatives for each text.")]
Drawn = Annotated[
    DrawChoice, typer.Option(help="Draw them from what ranks high for the text (near), or from the catalogue (any).")
]
Length = Annotated[int, typer.Option(min=8, max=8192, help="Tokens of a text that are read in training.")]
Patience = Annotated[
    int, typer.Option(min=1, help="Checks without a lower validation loss (ten to a run) until it stops.")
]
ShareOption = Annotated[float, typer.Option(min=0.01, max=1, help="How much of the change to keep: less forgets less.")]
ScaleEnds = Annotated[
    str | None, typer.Option(help="The rating scale, such as 1..5 (default: lowest and highest in the file).")
]
Liked = Annotated[
    float | None, typer.Option(help="The rating from which an item is liked (default: 70 % up the scale).")
]
People = Annotated[int, typer.Option(min=10, help="Learn from at most so many people, drawn at random.")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed and ratings give the same encoder.")]


def train(
    ratings: RatingsFile,
    catalogue: RatedIndex,
    into: EncoderFolder,
    method: Methods = MethodChoice.lora,
    loss: Losses = LossChoice.contrastive,
    epochs: Epochs = 3,
    batch_size: BatchSize = 32,
    learning_rate: LearningRate = None,
    rank: RankOption = 16,
    negatives: Negatives = 1,
    draw: Drawn = DrawChoice.any,
    length: Length = 128,
    patience: Patience = 3,
    share: ShareOption = 0.5,
    scale: ScaleEnds = None,
    liked: Liked = None,
    people: People = 2000,
    seed: Seed = 0,
) -> None:
    """Teach the encoder from ratings, so that it ranks better for people it has not seen.

    A rating says how well an item answers some words, or pleased a user:

        {"query": "something slow about grief", "item": "tt0120601", "rating": 5}

        {"tags": ["slow", "grief"], "item": "tt0120601", "rating": 5}

        {"user": "u7", "item": "tt0120601", "rating": 2, "timestamp": 964982703}

    In CSV and Parquet these are columns; in CSV, | separates tags. MovieLens' ratings.csv and ratings.dat are read as
    they are. For users without words, texts are written from what they liked. One person in ten is kept to decide when
    to stop, another to report on.

    The encoder that PENCHANT_ENCODER names is trained, the one that the index was made with. Then set PENCHANT_ENCODER
    to the new folder and index again. Needs: pip install 'penchant[train]'. Ctrl-C loses nothing: run it again to go
    on.

    Try:  penchant train ratings.csv --catalogue films/ --into films-encoder/
    """
    from penchant.retriever.training import Training, require_all

    require_all()
    training = Training(
        method=method.value,
        loss=loss.value,
        epochs=epochs,
        batch_size=batch_size,
        learning_rate=learning_rate or 0.0,
        rank=rank,
        negatives=negatives,
        draw=draw.value,
        length=length,
        patience=patience,
        share=share,
        seed=seed,
    )
    _train(ratings, catalogue, into, training, people, scale, liked)


def _train(
    ratings: Path, catalogue: Path, into: Path, training: Training, people: int, scale: str | None, liked: float | None
) -> None:
    from penchant.assistant.wiring import encoder_of, place_of
    from penchant.retriever import open_index
    from penchant.retriever.training import train as run

    index = open_index(place_of(settings_with(), catalogue) or catalogue, encoder_of(settings_with()))
    found = _read(ratings, people)
    try:
        trained = run(index, found, _scale(found, scale, liked), into, training, progress_bar)
    except KeyboardInterrupt:
        typer.secho("Stopped. Checkpoints are kept: run the same command again to go on.", err=True)
        raise typer.Exit(130) from None
    typer.echo(report(trained))


def merge(
    adapter: Annotated[Path, typer.Argument(metavar="ADAPTER", help="Folder that train wrote.")],
    into: Annotated[Path, typer.Option(help="Folder to write the whole model to.", metavar="DIR")],
) -> None:
    """Add a trained adapter to its base: one whole model, the same vectors, no peft needed to load it."""
    from penchant.retriever.training import merge_adapter

    merge_adapter(adapter, into)
    typer.echo(f"The whole model is in {into}. Its vectors are those of {adapter}, but index again to use it.")


def _read(path: Path, people: int) -> list[Rating]:
    from penchant.retriever import read_ratings
    from penchant.retriever.catalogue import sample_people

    with progress_bar("Reading ratings") as progress:

        def counted() -> Iterator[Rating]:
            for number, rating in enumerate(read_ratings(path), 1):
                if number % _REPORTED == 0:
                    progress(number, number)
                yield rating

        return sample_people(counted(), people)


def _scale(ratings: Sequence[Rating], scale: str | None, liked: float | None) -> Scale:
    """The scale as asked for, else as the ratings show it."""
    from penchant.retriever import TrainingError, parse_range
    from penchant.retriever.catalogue import Scale

    values = [rating.rating for rating in ratings]
    try:
        low, high = parse_range(scale) if scale else (min(values, default=0.0), max(values, default=0.0))
    except ValueError as error:
        raise TrainingError(f"--scale {scale}: {error}") from error
    if scale and (not math.isfinite(high - low) or high <= low):
        raise TrainingError(f"--scale {scale}: write the lowest and the highest rating, such as 1..5")
    if liked is None or high <= low:
        return Scale(low, high)
    if not low < liked <= high:
        raise TrainingError(f"--liked {liked:g}: must be above {low:g} and at most {high:g}, the ends of the scale")
    return Scale(low, high, (liked - low) / (high - low))


def report(trained: Trained) -> str:
    """The outcome in a few lines for the terminal; the card in the folder says more."""
    from penchant.retriever.training import calibration_error

    data, found = trained.data, trained.assessment
    lines = [f"{data.ratings:,} ratings used; {data.unknown:,} of items that the catalogue does not hold left out."]
    lines += [
        f"{c.name:8} {c.before:.3f} -> {c.after:.3f}  (change {c.low:+.3f} to {c.high:+.3f}, {c.questions:,} questions)"
        for c in found.changes
    ]
    if found.bins:
        error = calibration_error(found.bins)
        ends = f"{trained.scale.low:g} to {trained.scale.high:g}"
        lines.append(f"Expected ratings are off by {error:.2f} on a scale of {ends} (calibration error).")
    if not any(c.better for c in found.changes):
        lines.append("No figure rose by more than chance on people it has not seen: keep the encoder that you have.")
    size = sum(path.stat().st_size for path in trained.folder.rglob("*") if path.is_file())
    lines += [
        f"The encoder is in {trained.folder} ({size / 1e6:.1f} MB, more in its README.md). To use it:",
        f"  export PENCHANT_ENCODER={trained.folder}",
        "  penchant index ITEMS --into NEW_DIR",
    ]
    return "\n".join(lines)
