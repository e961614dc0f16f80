"""Any OpenAI-compatible language model: reached, asked for JSON or words, bounded in time, and read with care.

Knows servers, their quirks and prompts, and what an answer means for a catalogue. Knows nothing of ranking or
explaining.
"""

from .client import LanguageModel, Messages
from .json_recovery import spoken
from .llm_parser import LLMParser

__all__ = [
    "LLMParser",
    "LanguageModel",
    "Messages",
    "spoken",
]
