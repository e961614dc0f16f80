"""The model card of a trained encoder: what it was trained on and how, and the figures before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..catalogue import Scale
from .calibration import Bin, calibration_error
from .examples import Example
from .metrics import FigureChange

if TYPE_CHECKING:
    from .outcome import Trained, TrainingData
    from .private import Promise

_DRAWN = {"near": "from the top of the ranking", "any": "evenly from the catalogue"}


def card(trained: Trained) -> str:
    """The card as Markdown, with the metadata that model hubs read."""
    sections = [_head(trained), _use(trained), _data(trained), _settings(trained)]
    if trained.promise:
        return "\n".join([*sections, _privacy(trained.promise)])
    return "\n".join([*sections, summary(trained)])


def summary(trained: Trained) -> str:
    """The figures and the reliability alone, for the terminal."""
    return _figures(trained.assessment.changes) + "\n" + _scores(trained.assessment.bins, trained.scale)


def _privacy(kept: Promise) -> str:
    return f"""## Privacy

({kept.epsilon:.2f}, {kept.delta:.1e})-differential privacy of each person that it learned from: whatever the encoder
does is almost as likely had one of them, with all that they said, not been there. A person is a user, or where none is
named whoever used the same words.

- noise multiplier: {kept.noise:.3f}
- clipping norm, of a person's gradient: {kept.clip:g}
- sample rate, of people in a step: {kept.rate:.4f}
- steps: {kept.steps:,}
- people: {kept.people:,}
- accountant: Renyi divergences of the sampled Gaussian mechanism (opacus)

The counts on this card are exact and not part of the promise. Figures on the people it did not learn from, and a
calibration, are exact too, and so they are not here: `penchant train` prints the figures.
"""


def _head(trained: Trained) -> str:
    library = "sentence-transformers" if trained.training.method == "full" else "peft"
    return f"""---
base_model: {trained.base}
library_name: {library}
tags: [sentence-transformers, sentence-similarity, penchant]
---

# {trained.folder.name}

{trained.base}, fine-tuned by `penchant train` to rank a catalogue for what people say.
"""


def _use(trained: Trained) -> str:
    return f"""## Use

    export PENCHANT_ENCODER={trained.folder}
    penchant index ITEMS --into NEW_DIR
"""


def _data(trained: Trained) -> str:
    split = trained.data.split
    parts = [
        f"- {name}: {len({e.person for e in part}):,} people, {_counted(part)}"
        for name, part in (("learned from", split.train), ("stopped by", split.validation), ("reported", split.test))
        if part
    ]
    return "\n".join(
        [
            "## Data",
            "",
            f"- {trained.data.ratings:,} ratings from {trained.scale.low:g} to {trained.scale.high:g};"
            f" {trained.data.unknown:,} more of items that the catalogue does not hold were left out",
            *_withdrawn(trained.data),
            *parts,
            "",
        ]
    )


def _withdrawn(data: TrainingData) -> list[str]:
    people, ratings = data.withdrawn
    return [f"- {people:,} people had withdrawn: their {ratings:,} ratings were left out"] if people else []


def _counted(examples: Sequence[Example]) -> str:
    return f"{len({e.query for e in examples}):,} texts, {len(examples):,} examples"


def _settings(trained: Trained) -> str:
    training, fit = trained.training, trained.fit
    trained_count, whole = trained.parameters
    drawn = "people" if trained.promise else "rows"
    rows = {
        "method": training.method if training.method == "full" else f"{training.method}, rank {training.rank}",
        "loss": training.loss,
        "trained parameters": f"{trained_count:,} of {whole:,}",
        "steps": f"{fit.steps:,} of {fit.planned:,} planned, batches of {training.batch_size} {drawn}",
        "learning rate": f"{training.rate:g}",
        "negatives": f"{training.negatives} for each text, drawn {_DRAWN[training.draw]}",
        "share of the change kept": f"{training.share:g}",
        "tokens read": f"{training.length}",
        "seed": f"{training.seed}",
        "seconds": f"{fit.seconds:.0f}",
        "validation loss": " ".join(f"{loss:.4f}" for _, loss in fit.validation),
    }
    return "\n".join(["## Settings", "", *(f"- {name}: {value}" for name, value in rows.items() if value), ""])


def _figures(changes: Sequence[FigureChange]) -> str:
    lines = ["## Figures", "", "On people that it did not learn from, by the product with the items' texts alone:", ""]
    lines += ["| figure | before | after | change, 95 % | questions |", "|---|---|---|---|---|"]
    lines += [
        f"| {c.name} | {c.before:.3f} | {c.after:.3f} | {c.low:+.3f} to {c.high:+.3f} | {c.questions:,} |"
        for c in changes
    ]
    return "\n".join([*lines, ""])


def _scores(bins: Sequence[Bin], scale: Scale) -> str:
    """Expected against actual ratings."""
    if not bins:
        return "## Calibration\n\nNone: all ratings are alike, so that there is no rating to expect.\n"
    lines = ["## Calibration", "", "Ratings to expect from the score, and those that came, of people held out of both:"]
    lines += ["", "| expected | actual | ratings |", "|---|---|---|"]
    lines += [f"| {b.expected:.2f} | {b.actual:.2f} | {b.count:,} |" for b in bins]
    error = calibration_error(bins)
    return "\n".join(
        [*lines, "", f"Expected calibration error: {error:.3f} on a scale of {scale.low:g} to {scale.high:g}.", ""]
    )
