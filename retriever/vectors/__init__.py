"""An item as one vector of blocks: which there are, how an item fills them, and what is learned to make them.

Knows layouts, projections to smaller blocks, factors of behaviour, and what all messages have in common. Knows
nothing of storage or interests.
"""

from .background_vector import background_vector
from .behaviour import factors_digest, item_factors, known_factors
from .item_vectors import item_vectors, prior_scale, scaled_prior
from .layout import Layout, centred, fingerprint, plan_layout
from .private_behaviour import PrivateFactors, private_factors
from .projection import leading, learned_layout

__all__ = [
    "Layout",
    "PrivateFactors",
    "background_vector",
    "centred",
    "factors_digest",
    "fingerprint",
    "item_factors",
    "item_vectors",
    "known_factors",
    "leading",
    "learned_layout",
    "plan_layout",
    "prior_scale",
    "private_factors",
    "scaled_prior",
]
