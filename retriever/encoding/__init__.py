"""Texts and pictures as unit vectors, behind one protocol: sentence-transformers, onnxruntime, a CLIP-type model.

Knows models, devices, adapters and caches. Knows nothing of items' blocks, storage or interests.
"""

from .adapters import BASE, CONFIG, first_module, is_adapter, quiet_peft, require, transformer_of
from .encoder import Encoder, Vectors
from .onnx_encoder import encoder_named
from .pictures import Pictures
from .sentence_encoder import RECORD, SentenceEncoder, load_model

__all__ = [
    "BASE",
    "CONFIG",
    "RECORD",
    "Encoder",
    "Pictures",
    "SentenceEncoder",
    "Vectors",
    "encoder_named",
    "first_module",
    "is_adapter",
    "load_model",
    "quiet_peft",
    "require",
    "transformer_of",
]
