"""Any OpenAI-compatible language model: reached, asked for JSON or words, bounded in time, and read with care.

Knows servers, their quirks and prompts; what an answer means for a catalogue is in answers. Knows nothing of ranking
or explaining.
"""

from .answers import spoken
from .client import LanguageModel, Messages
from .llm_parser import LLMParser

__all__ = [
    "LLMParser",
    "LanguageModel",
    "Messages",
    "spoken",
]
