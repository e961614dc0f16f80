"""Trains the model that labels messages, and writes it where the package has it.

    python -m tests.benchmarks.span_model.train [--without DOMAIN ...] [--seed N] [--into DIR]

Messages are those in tests/benchmarks/data/messages. Domains that are left out are for measuring (see measure).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from penchant.assistant.understanding.spans import MODEL_FOLDER, open_tokenizer

from .export import export
from .marked import MESSAGES, Marked, read_marked
from .network import SpanNetwork, batch_of, loss_of

EPOCHS = 6
BATCH = 32
ON_SCREEN = 0.2
RATE, HEAD_RATE = 3e-4, 2e-3
WARM_UP = 0.06


def train(messages: Sequence[Marked], tokenizer: Tokenizer, seed: int, epochs: int = EPOCHS) -> SpanNetwork:
    """The network after some epochs of all messages."""
    torch.manual_seed(seed)
    network = SpanNetwork()
    learn(network, [messages] * epochs, tokenizer, random.Random(seed), RATE, HEAD_RATE)
    return network


def learn(
    network: SpanNetwork,
    epochs: Sequence[Sequence[Marked]],
    tokenizer: Tokenizer,
    drawn: random.Random,
    rate: float,
    head_rate: float,
) -> None:
    """Teaches a network, with the messages of each epoch: AdamW with linear warm-up and decay."""
    optimiser = torch.optim.AdamW(_groups(network, rate, head_rate), weight_decay=0.01)
    steps = sum(-(-len(messages) // BATCH) for messages in epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: _rate(n / steps))
    network.train()
    for epoch, messages in enumerate(epochs, 1):
        total, start = 0.0, time.monotonic()
        for some in _batches(on_screen(messages, drawn), drawn):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(network, batch_of(some, tokenizer))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(some)
        print(f"epoch {epoch}: loss {total / len(messages):.3f}, {time.monotonic() - start:.0f} s", flush=True)
    network.eval()


def on_screen(messages: Sequence[Marked], drawn: random.Random) -> list[Marked]:
    """The messages, some first wishes among them as if said after a list of other titles: they mean the same then."""
    titles = [m.text[s.start : s.end] for m in messages for s in m.spans if s.kind == "title"]

    def shown(message: Marked) -> Marked:
        listed = (f"{n}. {title}" for n, title in enumerate(drawn.sample(titles, drawn.randint(1, 5)), 1))
        acts = (message.acts - {"recommend"}) | {"refine"}
        return replace(message, before=" ".join(listed), acts=frozenset(acts))

    first = [not m.before and "recommend" in m.acts and drawn.random() < ON_SCREEN for m in messages]
    return [shown(m) if changed else m for m, changed in zip(messages, first, strict=True)]


def _groups(network: SpanNetwork, rate: float, head_rate: float) -> list[dict[str, object]]:
    heads = [p for name, p in network.named_parameters() if not name.startswith("trunk.")]
    trunk = [p for p in network.trunk.parameters() if p.requires_grad]
    return [{"params": trunk, "lr": rate}, {"params": heads, "lr": head_rate}]


def _rate(done: float) -> float:
    return done / WARM_UP if done < WARM_UP else max(0.0, (1 - done) / (1 - WARM_UP))


def _batches(messages: Sequence[Marked], drawn: random.Random) -> Iterator[list[Marked]]:
    """Messages of like lengths share a batch, to waste no padding."""
    order = sorted(messages, key=lambda m: (len(m.text) + len(m.before)) * drawn.uniform(0.8, 1.2))
    batches = [order[n : n + BATCH] for n in range(0, len(order), BATCH)]
    drawn.shuffle(batches)
    yield from batches


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--without", nargs="*", default=[], metavar="DOMAIN", help="domains to leave out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--into", type=Path, default=MODEL_FOLDER)
    said = parser.parse_args()
    messages = [m for m in read_marked(sorted(MESSAGES.glob("*.jsonl"))) if m.domain not in said.without]
    print(f"{len(messages)} messages of {len({m.domain for m in messages})} domains")
    export(train(messages, open_tokenizer(), said.seed, said.epochs), said.into)


if __name__ == "__main__":
    main()
