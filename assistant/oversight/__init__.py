"""What an owner may know and rule: a log of the pages shown, and which items are held back or put forward.

Knows replies, sessions and an open index. Knows nothing of how a turn works, nor of commands, pages or HTTP.
"""

from .audience import for_children
from .audit_log import AuditLog
from .oversight import Oversight
from .page_shown import Observer, PageShown, Watch
from .review_file import ReviewFile
from .review_form import Decided, Decision, Review, ReviewError
from .ruling import Ruling, rule

__all__ = [
    "AuditLog",
    "Decided",
    "Decision",
    "Observer",
    "Oversight",
    "PageShown",
    "Review",
    "ReviewError",
    "ReviewFile",
    "Ruling",
    "Watch",
    "for_children",
    "rule",
]
