"""A BERT of two layers with random weights, in a sentence-transformers folder: small enough to train in a test."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

DIMENSIONS = 32


def save_small_bert(folder: Path, words: Iterable[str], seed: int = 0, dropout: float = 0.1) -> Path:
    """An untrained encoder that knows the words, each as one token."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    gazetteer = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *sorted({word.casefold() for word in words})]
    ids = {word: n for n, word in enumerate(gazetteer)}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=64, **names)
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(gazetteer),
        hidden_size=DIMENSIONS,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        initializer_range=0.3,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
        max_position_embeddings=64,
    )
    plain = folder / "plain"
    BertModel(config).save_pretrained(plain)
    fast.save_pretrained(plain)
    transformer = Transformer(str(plain), max_seq_length=64)
    model = SentenceTransformer(modules=[transformer, Pooling(DIMENSIONS), Normalize()], device="cpu")
    model.save(str(folder / "bert"), create_model_card=False)
    return folder / "bert"
