"""What an owner may know and rule: a log of the pages shown, and which items are held back or put forward.

Knows replies, sessions and an open index. Knows nothing of how a turn works, nor of commands, pages or HTTP.
"""

from .audit_log import AuditLog
from .page_shown import Observer, PageShown, Watch

__all__ = [
    "AuditLog",
    "Observer",
    "PageShown",
    "Watch",
]
