"""Items, facets, interests and their algebra, and the Chroma index that retrieves by dot product.

Knows nothing of language models or conversations. Importing it loads neither torch nor Chroma.
"""

from .behaviour import item_factors
from .blocks import item_text
from .building import build_index
from .catalogue import Catalogue
from .compose import Composing, Composition, compose, is_gate, softmax_weights
from .encoder import DEFAULT_MODEL, Encoder, SentenceEncoder
from .errors import CatalogueError, IndexMismatch, PenchantError, TrainingError
from .gates import Exclusion, exact_gates, matching
from .index import Index, open_index
from .interest import MENTION, OPEN, Interest, Level, Source, parse_range
from .item import Item
from .onnx_encoder import OnnxEncoder, encoder_named
from .pictures import Pictures
from .questions import Question, questions
from .ratings import Rating, read_ratings
from .reading import read_items
from .reliability import Calibration
from .schema import Field, Schema, infer_schema, override_schema
from .search import Pick, Results, Searching, search
from .shares import Share
from .standing import Relaxation, Standing, relaxations, score_items, standing
from .together import JointPick, JointResults, Taste, search_together
from .variety import first_page

__all__ = [
    "DEFAULT_MODEL",
    "MENTION",
    "OPEN",
    "Calibration",
    "Catalogue",
    "CatalogueError",
    "Composing",
    "Composition",
    "Encoder",
    "Exclusion",
    "Field",
    "Index",
    "IndexMismatch",
    "Interest",
    "Item",
    "JointPick",
    "JointResults",
    "Level",
    "OnnxEncoder",
    "PenchantError",
    "Pick",
    "Pictures",
    "Question",
    "Rating",
    "Relaxation",
    "Results",
    "Schema",
    "Searching",
    "SentenceEncoder",
    "Share",
    "Source",
    "Standing",
    "Taste",
    "TrainingError",
    "build_index",
    "compose",
    "encoder_named",
    "exact_gates",
    "first_page",
    "infer_schema",
    "is_gate",
    "item_factors",
    "item_text",
    "matching",
    "open_index",
    "override_schema",
    "parse_range",
    "questions",
    "read_items",
    "read_ratings",
    "relaxations",
    "score_items",
    "search",
    "search_together",
    "softmax_weights",
    "standing",
]
