"""`penchant train` and `penchant merge`: options in, a folder with a trained encoder and its figures out.

Knows nothing of how it is trained (penchant.retriever.training).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .catalogue_training import check_nobody, figures, to_use, train_on_catalogue
from .console.options import settings_with
from .console.progress import progress_bar
from .console.training_options import (
    BatchSize,
    Delta,
    DrawChoice,
    Drawn,
    EncoderFolder,
    Epochs,
    LearningRate,
    Length,
    Liked,
    LossChoice,
    Losses,
    MethodChoice,
    Methods,
    Negatives,
    Patience,
    People,
    Private,
    RankOption,
    RatedIndex,
    RatingsFile,
    ScaleEnds,
    Seed,
    ShareOption,
    WithdrawnFile,
)

if TYPE_CHECKING:
    from penchant.retriever import Rating
    from penchant.retriever.catalogue import Scale, Withdrawn
    from penchant.retriever.training import Trained, Training

_PEOPLE = 2000
_REPORTED = 20_000


def train(
    catalogue: RatedIndex,
    into: EncoderFolder,
    ratings: RatingsFile = None,
    method: Methods = MethodChoice.lora,
    loss: Losses = None,
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
    people: People = None,
    seed: Seed = 0,
    private: Private = None,
    delta: Delta = None,
    withdrawn: WithdrawnFile = None,
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

    Without RATINGS, wishes are written from the catalogue's own words and learned from; the encoder is kept only if it
    ranks such wishes of other items better. Then the catalogue may also be a file of items.

    Who has withdrawn is named in a file for --withdrawn, and what an earlier training learned of them goes with that
    encoder.

    With --private nothing that the encoder says tells whether one person was there (needs penchant[private]): the fewer
    people there are, the more noise that takes.

    Try:  penchant train ratings.csv --catalogue films/ --into films-encoder/

          penchant train ratings.csv --catalogue films/ --into private/ --private 8 --scale 1..5

          penchant train --catalogue films/ --into films-encoder/
    """
    from penchant.retriever.training import Training, require_all

    require_all()
    _check_private(private, delta, scale, people)
    training = Training(
        method=method.value,
        loss=(loss or (LossChoice.mse if private else LossChoice.contrastive)).value,
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
        private=private or 0.0,
        delta=delta or 0.0,
    )
    if ratings is None:
        check_nobody(private=private, scale=scale, liked=liked, withdrawn=withdrawn)
        train_on_catalogue(catalogue, into, training, people or _PEOPLE)
    else:
        _train(ratings, catalogue, into, training, people, scale, liked, withdrawn)


def _check_private(private: float | None, delta: float | None, scale: str | None, people: int | None) -> None:
    """Raises TrainingError for what would let one person be seen in what is learned of others."""
    from penchant.retriever import TrainingError

    if private and scale is None:
        raise TrainingError("--private needs --scale, such as 1..5: the ends in the file are somebody's ratings")
    if private and people:
        raise TrainingError("--people draws some by who else is there; with --private all are learned from")
    if delta and not private:
        raise TrainingError("--delta belongs to --private")


def _train(
    ratings: Path,
    catalogue: Path,
    into: Path,
    training: Training,
    people: int | None,
    scale: str | None,
    liked: float | None,
    withdrawn: Path | None,
) -> None:
    from penchant.assistant.wiring import encoder_of, place_of
    from penchant.retriever import open_index
    from penchant.retriever.catalogue import read_withdrawn
    from penchant.retriever.training import train as run

    gone = read_withdrawn(withdrawn) if withdrawn else None
    index = open_index(place_of(settings_with(), catalogue) or catalogue, encoder_of(settings_with()))
    found = _read(ratings, people or (None if training.private else _PEOPLE), gone)
    try:
        trained = run(index, found, scale_of(found, scale, liked), into, training, progress_bar, gone)
    except KeyboardInterrupt:
        kept = "It begins anew" if training.private else "Checkpoints are kept: run the same command again to go on"
        typer.secho(f"Stopped. {kept}.", err=True)
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


def _read(path: Path, people: int | None, withdrawn: Withdrawn | None) -> list[Rating]:
    from penchant.retriever import read_ratings
    from penchant.retriever.catalogue import sample_people

    with progress_bar("Reading ratings") as progress:

        def counted() -> Iterator[Rating]:
            for number, rating in enumerate(read_ratings(path), 1):
                if number % _REPORTED == 0:
                    progress(number, number)
                yield rating

        found = withdrawn.without(counted()) if withdrawn else counted()
        return list(found) if people is None else sample_people(found, people)


def scale_of(ratings: Sequence[Rating], scale: str | None, liked: float | None) -> Scale:
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
    if any(data.withdrawn):
        lines.append("{:,} people had withdrawn: their {:,} ratings were left out.".format(*data.withdrawn))
    if kept := trained.promise:
        lines.append(
            f"Each of {kept.people:,} people has ({kept.epsilon:.2f}, {kept.delta:.1e})-differential privacy:"
            f" noise {kept.noise:.2f}, {kept.steps:,} steps. What follows is exact, and not for publishing:"
        )
    lines += figures(found)
    if found.bins:
        error = calibration_error(found.bins)
        ends = f"{trained.scale.low:g} to {trained.scale.high:g}"
        lines.append(f"Expected ratings are off by {error:.2f} on a scale of {ends} (calibration error).")
    if not any(c.better for c in found.changes):
        lines.append("No figure rose by more than chance on people it has not seen: keep the encoder that you have.")
    return "\n".join([*lines, *to_use(trained.folder)])
