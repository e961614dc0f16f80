"""The recommender as a tool of other programs: one definition, thin adapters.

Knows nothing of how a turn works inside.
"""

from .recommender import Answer, Recommender

__all__ = ["Answer", "Recommender"]
