"""Texts and pictures as unit vectors behind one protocol: sentence-transformers, onnxruntime, CLIP-type models, hashes.

Knows models, devices, exports, adapters and caches. Knows nothing of items' blocks, storage or interests.
"""

from .adapters import BASE, CONFIG, first_module, is_adapter, quiet_peft, require, transformer_of
from .choice import encoder_named
from .encoder import Encoder, Vectors
from .hash_encoder import HashEncoder
from .model_folder import DEFAULT_MODEL, RECORD
from .onnx_encoder import OnnxEncoder
from .pictures import Pictures
from .sentence_encoder import SentenceEncoder, load_model

__all__ = [
    "BASE",
    "CONFIG",
    "DEFAULT_MODEL",
    "RECORD",
    "Encoder",
    "HashEncoder",
    "OnnxEncoder",
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
