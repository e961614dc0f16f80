"""The options of `penchant train`, as they are written and explained. Knows nothing of what they do."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


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
    Path | None,
    typer.Argument(
        metavar="RATINGS",
        help="A .jsonl, .csv, .parquet or MovieLens .dat file of ratings; none: see above.",
    ),
]
RatedIndex = Annotated[
    Path, typer.Option(help="Folder of the index whose items are rated; without RATINGS also a file.", metavar="DIR")
]
EncoderFolder = Annotated[Path, typer.Option(help="Folder to write the encoder to.", metavar="DIR")]
Methods = Annotated[MethodChoice, typer.Option(help="Train all weights, or an adapter of a few MB beside frozen ones.")]
Losses = Annotated[
    LossChoice | None,
    typer.Option(
        help="Rank liked items first (contrastive), or fit the rating (mse, bce). Default: contrastive, in private mse."
    ),
]
Epochs = Annotated[float, typer.Option(min=0.01, max=1000, help="Passes over the ratings or wishes.")]
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
People = Annotated[
    int | None,
    typer.Option(
        min=10,
        help="Learn from at most so many people (without RATINGS: items) at random. Default: 2,000, in private all.",
    ),
]
Private = Annotated[
    float | None,
    typer.Option(
        min=1e-3,
        max=1e3,
        help="Promise each person differential privacy: the epsilon, such as 8 (weak) or 1 (strong). Needs --scale.",
        metavar="EPSILON",
    ),
]
Delta = Annotated[
    float | None, typer.Option(min=1e-30, max=0.1, help="The delta of --private. Default: one over people^1.1.")
]
WithdrawnFile = Annotated[
    Path | None,
    typer.Option(
        "--withdrawn", help="A file of people not to learn from, one to a line, as RATINGS names them.", metavar="FILE"
    ),
]
Seed = Annotated[int, typer.Option(min=0, help="The same seed and ratings give the same encoder.")]
