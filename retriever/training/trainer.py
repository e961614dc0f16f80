"""One run of sentence-transformers' trainer: batches, early stopping, checkpoints, going on from the last of them.

Runs on the GPU where torch finds one. Imports torch: only training imports this module, and only to train. Knows
nothing of ratings.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from datasets import Dataset  # type: ignore[import-untyped]
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from sentence_transformers.base.sampler import BatchSamplers
from transformers import EarlyStoppingCallback, PrinterCallback, TrainerCallback
from transformers.trainer import TRAINER_STATE_NAME
from transformers.trainer_utils import PREFIX_CHECKPOINT_DIR

from ..progress import Progress
from .dataset import Columns

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

WEIGHTS = "trained.safetensors"

_CHECKS = 10  # how often in a run the validation loss is measured and a checkpoint is written


@dataclass(frozen=True, slots=True)
class TrainerRun:
    """How to run: passes over the data, rows in a batch, learning rate, checks without gain until it stops, seed, and
    whether a text may be in a batch but once."""

    epochs: float
    batch_size: int
    learning_rate: float
    patience: int
    seed: int
    once: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """What came of a run: steps made and planned, seconds of this call, and losses by step."""

    steps: int
    planned: int
    seconds: float
    losses: tuple[tuple[int, float], ...]
    validation: tuple[tuple[int, float], ...]


def planned_steps(rows: int, run: TrainerRun) -> int:
    """The optimiser's steps if nothing stops the run."""
    return max(1, int(run.epochs * -(-rows // run.batch_size)))


def fit(
    model: SentenceTransformer,
    loss: torch.nn.Module,
    train: Columns,
    validation: Columns,
    run: TrainerRun,
    folder: Path,
    progress: Progress,
) -> Fit:
    """Trains a model in place and leaves it as it was at its best validation loss.

    Checkpoints are kept in `folder`; a run that was interrupted goes on from the last one there, over the same batches.
    """
    steps = planned_steps(len(next(iter(train.values()))), run)
    trainer = _Trainer(
        model=model,
        args=_arguments(run, steps, folder, "no_duplicates" if run.once else "batch_sampler"),
        train_dataset=Dataset.from_dict(dict(train)),
        eval_dataset=Dataset.from_dict(dict(validation)),
        loss=loss,
        callbacks=[_Steps(progress), EarlyStoppingCallback(run.patience)],
    )
    trainer.remove_callback(PrinterCallback)
    start = time.perf_counter()
    trainer.train(resume_from_checkpoint=_last_checkpoint(folder))
    history = trainer.state.log_history
    return Fit(
        trainer.state.global_step,
        steps,
        time.perf_counter() - start,
        tuple((int(row["step"]), row["loss"]) for row in history if "loss" in row),
        tuple((int(row["step"]), row["eval_loss"]) for row in history if "eval_loss" in row),
    )


def _last_checkpoint(folder: Path) -> str | None:
    """The latest checkpoint that was written to its end: the trainer's state comes last."""
    whole = [path.parent for path in folder.glob(f"{PREFIX_CHECKPOINT_DIR}-*/{TRAINER_STATE_NAME}")]
    return str(max(whole, key=lambda path: int(path.name.rpartition("-")[2]))) if whole else None


def _arguments(run: TrainerRun, steps: int, folder: Path, sampler: str) -> SentenceTransformerTrainingArguments:
    every = max(1, steps // _CHECKS)
    return SentenceTransformerTrainingArguments(
        output_dir=str(folder),
        max_steps=steps,
        per_device_train_batch_size=run.batch_size,
        per_device_eval_batch_size=run.batch_size,
        learning_rate=run.learning_rate,
        warmup_steps=steps // 10,
        batch_sampler=BatchSamplers(sampler),
        eval_strategy="steps",
        save_strategy="steps",
        logging_strategy="steps",
        eval_steps=every,
        save_steps=every,
        logging_steps=every,
        save_total_limit=2,
        load_best_model_at_end=True,
        report_to="none",
        disable_tqdm=True,
        seed=run.seed,
        restore_callback_states_from_checkpoint=True,
        dataloader_pin_memory=torch.cuda.is_available(),
    )


class _Trainer(SentenceTransformerTrainer):
    """Checkpoints hold just what is trained, in one way for whole models and for adapters."""

    def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
        folder = Path(output_dir or str(self.args.output_dir))
        folder.mkdir(parents=True, exist_ok=True)
        save_file({name: tensor.detach().contiguous() for name, tensor in self._trained()}, folder / WEIGHTS)

    def _load_from_checkpoint(self, checkpoint_path: str) -> None:  # type: ignore[override]
        saved = load_file(Path(checkpoint_path) / WEIGHTS)
        with torch.no_grad():
            for name, tensor in self._trained():
                tensor.copy_(saved[name])

    def _load_best_model(self) -> None:
        # The method of the library only logs it when this fails.
        self._load_from_checkpoint(str(self.state.best_model_checkpoint))

    def _trained(self) -> list[tuple[str, torch.Tensor]]:
        return [(name, tensor) for name, tensor in self.model.named_parameters() if tensor.requires_grad]

    def add_model_card_callback(self, default_args_dict: dict[str, Any]) -> None:
        """None: the card is Penchant's own."""


class _Steps(TrainerCallback):
    """Reports progress, and lets AdaLoRA move its budget after each step, while the gradients are still there."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def on_optimizer_step(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        for module in kwargs["model"].modules():
            if hasattr(module, "update_and_allocate") and hasattr(module, "peft_config"):
                module.update_and_allocate(state.global_step + 1)
                break

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        self._progress(state.global_step, state.max_steps)
