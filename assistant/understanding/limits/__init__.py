"""How long a wish holds, where a message says so: "no horror until Sunday", "less of this for a week", 这周不要恐怖片;
and how long ago something must have been seen to come again.

Knows wording of time, English and Chinese, and calendars. Knows no catalogue, and takes the time of day from whoever
asks.
"""

from .moments import Clock, here
from .spacing import Spaced, spacing_said
from .timed_message import TimedMessage

__all__ = ["Clock", "Spaced", "TimedMessage", "here", "spacing_said"]
