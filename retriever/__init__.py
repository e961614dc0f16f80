"""Items, facets, interests and their algebra, and the index that retrieves by dot product.

Knows nothing of language models or conversations. Importing it loads neither torch nor Chroma.
"""

from .catalogue.columns import Catalogue
from .catalogue.item import Item
from .catalogue.item_text import item_text
from .catalogue.ratings import Rating, read_ratings
from .catalogue.reading import read_items
from .catalogue.schema import Field, Schema, infer_schema, override_schema
from .encoding.choice import encoder_named
from .encoding.encoder import Encoder
from .encoding.model_folder import DEFAULT_MODEL
from .encoding.onnx_encoder import OnnxEncoder
from .encoding.pictures import Pictures
from .encoding.sentence_encoder import SentenceEncoder
from .errors import CatalogueError, IndexMismatch, PenchantError, TrainingError
from .index.building import build_index
from .index.chroma_engine import ChromaEngine
from .index.engine import VectorEngine
from .index.index import Index
from .index.memory_engine import MemoryEngine
from .index.opening import open_index
from .ranking.candidates import SearchConfig
from .ranking.cold_start import first_page
from .ranking.composition import Composition, CompositionConfig, compose, is_filter, softmax_weights
from .ranking.contributions import Share
from .ranking.counterfactual import Counterfactual, Relaxation, counterfactual, relaxations, score_items
from .ranking.elicitation import Question, choose_questions
from .ranking.filters import Exclusion, exact_filters, matching
from .ranking.group import GroupPick, GroupResults, Taste, search_group
from .ranking.interest import MENTION, OPEN, Interest, Level, Source, parse_range
from .ranking.search import Pick, Results, search
from .training.calibration import Calibration
from .vectors.behaviour import item_factors

__all__ = [
    "DEFAULT_MODEL",
    "MENTION",
    "OPEN",
    "Calibration",
    "Catalogue",
    "CatalogueError",
    "ChromaEngine",
    "Composition",
    "CompositionConfig",
    "Counterfactual",
    "Encoder",
    "Exclusion",
    "Field",
    "GroupPick",
    "GroupResults",
    "Index",
    "IndexMismatch",
    "Interest",
    "Item",
    "Level",
    "MemoryEngine",
    "OnnxEncoder",
    "PenchantError",
    "Pick",
    "Pictures",
    "Question",
    "Rating",
    "Relaxation",
    "Results",
    "Schema",
    "SearchConfig",
    "SentenceEncoder",
    "Share",
    "Source",
    "Taste",
    "TrainingError",
    "VectorEngine",
    "build_index",
    "choose_questions",
    "compose",
    "counterfactual",
    "encoder_named",
    "exact_filters",
    "first_page",
    "infer_schema",
    "is_filter",
    "item_factors",
    "item_text",
    "matching",
    "open_index",
    "override_schema",
    "parse_range",
    "read_items",
    "read_ratings",
    "relaxations",
    "score_items",
    "search",
    "search_group",
    "softmax_weights",
]
