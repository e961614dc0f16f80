"""How a message goes on from the one before: what makes way for what it says, and whether it asks of what is shown or
of all that there is.

Knows the session, the catalogue and closed classes of words. Knows nothing of grammar, models or answers.
"""

from .beyond_screen import as_wished, asks_of_all, is_beyond_screen, points_at_shown, sets_limit
from .shifts import with_shifts

__all__ = ["as_wished", "asks_of_all", "is_beyond_screen", "points_at_shown", "sets_limit", "with_shifts"]
