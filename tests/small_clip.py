"""A CLIP-type model of a few thousand random weights, saved as sentence-transformers saves one.

Its texts and pictures share a space but no meaning: what is tested with it is where vectors go, not what they say.
"""

from __future__ import annotations

import json
from pathlib import Path

SIDE = 8
WIDTH = 12
_ENDS = ("<|startoftext|>", "<|endoftext|>")


def save_small_clip(folder: Path, seed: int = 0) -> Path:
    """Saves the model into a new folder, and returns it."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from transformers import CLIPConfig, CLIPModel, CLIPProcessor, CLIPTokenizer
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    raw = folder / "raw"
    raw.mkdir(parents=True)
    letters = [chr(code) for code in range(33, 127)]
    gazetteer = {token: n for n, token in enumerate([*letters, *(f"{c}</w>" for c in letters), *_ENDS])}
    (raw / "vocab.json").write_text(json.dumps(gazetteer), encoding="utf-8")
    (raw / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    tokenizer = CLIPTokenizer(str(raw / "vocab.json"), str(raw / "merges.txt"), model_max_length=77)
    processor = CLIPImageProcessorPil(size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE})
    start, end = (gazetteer[token] for token in _ENDS)
    small = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    ends = {"bos_token_id": start, "eos_token_id": end, "pad_token_id": end}
    config = CLIPConfig(
        text_config={**small, **ends, "vocab_size": len(gazetteer), "max_position_embeddings": 77},
        vision_config={**small, "image_size": SIDE, "patch_size": 4},
        projection_dim=WIDTH,
    )
    torch.manual_seed(seed)
    CLIPModel(config).save_pretrained(raw)
    CLIPProcessor(processor, tokenizer).save_pretrained(raw)
    SentenceTransformer(modules=[Transformer(str(raw))], device="cpu").save_pretrained(str(folder / "clip"))
    return folder / "clip"
