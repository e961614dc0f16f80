"""For whom something is to be: people named as recipients, and what of a catalogue is for them.

Knows words for people, English and Chinese, and which fields of a catalogue tell for whom its items are. Not for how
many it is (quantities.heads), nor whose taste counts (past).
"""

from .mentions import Mention, mentions
from .persons import Person
from .recipients import RecipientReader, RecipientSaid, with_recipients

__all__ = ["Mention", "Person", "RecipientReader", "RecipientSaid", "mentions", "with_recipients"]
