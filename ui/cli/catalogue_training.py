"""`penchant train` without ratings: a catalogue in; out an encoder that knows its words, or that it is no better.

Knows nothing of how wishes are written (penchant.retriever.training.unlabelled).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from .console.options import settings_with
from .console.progress import progress_bar

if TYPE_CHECKING:
    from penchant.retriever import Index
    from penchant.retriever.training import Training
    from penchant.retriever.training.assessment import Assessment
    from penchant.retriever.training.unlabelled import Adaptation


_DOUBT = (
    "People ask in other words than these. Where theirs were at hand, such an encoder was no better for them, or worse",
    "(docs/training.md): keep the one that you have, unless penchant evaluate on cases of your own says otherwise.",
)


def check_nobody(**options: object) -> None:
    """Raises TrainingError for options on ratings and people, where there are none."""
    from penchant.retriever import TrainingError

    for name, value in options.items():
        if value is not None:
            raise TrainingError(f"--{name} is about ratings; name a file of them, or leave it out")


def train_on_catalogue(catalogue: Path, into: Path, training: Training, items: int) -> None:
    """Adapts the encoder to an index, or to a file of items, which is indexed first; prints what came of it."""
    from penchant.retriever.training.unlabelled import adapt

    try:
        adaptation = adapt(_index(catalogue), into, training, items, progress_bar)
    except KeyboardInterrupt:
        typer.secho("Stopped. Checkpoints are kept: run the same command again to go on.", err=True)
        raise typer.Exit(130) from None
    typer.echo(told(adaptation))


def _index(catalogue: Path) -> Index:
    """The index of a folder, or of a file one that is kept in the user's folder."""
    from penchant.assistant.wiring import encoder_of, place_of
    from penchant.retriever import build_index, open_index, read_catalogue

    settings = settings_with()
    encoder = encoder_of(settings)
    if not catalogue.is_file():
        return open_index(place_of(settings, catalogue) or catalogue, encoder)
    read = read_catalogue([catalogue])
    parts = f"{catalogue.resolve()}{encoder.fingerprint}{read.schema}"
    folder = settings.home / "trainings" / hashlib.sha256(parts.encode()).hexdigest()[:12]
    with progress_bar("Indexing") as progress:
        return build_index(list(read.items), folder, encoder, read.schema, progress)


def told(adaptation: Adaptation) -> str:
    """The outcome in a few lines for the terminal."""
    trained = adaptation.trained
    split = trained.data.split
    wishes = {(e.person, e.query) for part in (split.train, split.validation, split.test) for e in part}
    lines = [f"{len(wishes):,} wishes were written from the catalogue; of items that it did not learn from:"]
    lines += figures(trained.assessment)
    if not adaptation.kept:
        return "\n".join([*lines, "That is not better by more than chance: nothing was written, keep the encoder."])
    return "\n".join([*lines, *_DOUBT, *to_use(trained.folder)])


def figures(found: Assessment) -> list[str]:
    """Each figure before and after, a line each."""
    return [
        f"{c.name:8} {c.before:.3f} -> {c.after:.3f}  (change {c.low:+.3f} to {c.high:+.3f}, {c.questions:,} questions)"
        for c in found.changes
    ]


def to_use(folder: Path) -> list[str]:
    """How the encoder of a folder is used."""
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return [
        f"The encoder is in {folder} ({size / 1e6:.1f} MB, more in its README.md). To use it:",
        f"  export PENCHANT_ENCODER={folder}",
        "  penchant index ITEMS --into NEW_DIR",
    ]
