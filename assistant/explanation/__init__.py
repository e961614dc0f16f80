"""Why these picks, in words: by templates from the shares, or by a language model whose every sentence is checked.

Knows the picks, their rows and the session. Knows nothing of how picks are found.
"""

from .explainer import Explainer, FallbackExplainer, ScriptedExplainer, Wording
from .narration import Narrator
from .shortfall_words import shortfall_words
from .templates import PRIOR_NAME, TemplateExplainer
from .time_words import time_words
from .words import Explainable

__all__ = [
    "PRIOR_NAME",
    "Explainable",
    "Explainer",
    "FallbackExplainer",
    "Narrator",
    "ScriptedExplainer",
    "TemplateExplainer",
    "Wording",
    "shortfall_words",
    "time_words",
]
