"""Why these picks, in words: by templates from the shares, or by a language model whose every sentence is checked.

Knows the picks, their rows and the session. Knows nothing of how picks are found. `narration.Narrator`, the explainer
by a language model, is not loaded with the others: it brings all that its sentences are checked by.
"""

from .explainer import Explainer, FallbackExplainer, ScriptedExplainer, Wording
from .shortfall_words import shortfall_words
from .templates import PRIOR_NAME, TemplateExplainer
from .time_words import time_words
from .words import Explainable

__all__ = [
    "PRIOR_NAME",
    "Explainable",
    "Explainer",
    "FallbackExplainer",
    "ScriptedExplainer",
    "TemplateExplainer",
    "Wording",
    "shortfall_words",
    "time_words",
]
