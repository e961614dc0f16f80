"""The state of a conversation on the page, the events that a browser may send, and what each does to the state.

State in, state out. Knows nothing of threads, tabs, Gradio or markup.
"""

from .browser_storage import keep, restore
from .change_text import change_text, sentence, shortened
from .chat_state import ChatState, Message, answered, asked, asked_again, begun, ended, stopped
from .events import (
    Add,
    Button,
    Choose,
    Endpoint,
    EventError,
    Hello,
    Plain,
    QuickEvent,
    Retry,
    Say,
    ShowMode,
    Similar,
    SlowEvent,
    Thumb,
    Why,
    about,
    read_quick,
    read_slow,
)
from .reducers import changed, exported

__all__ = [
    "Add",
    "Button",
    "ChatState",
    "Choose",
    "Endpoint",
    "EventError",
    "Hello",
    "Message",
    "Plain",
    "QuickEvent",
    "Retry",
    "Say",
    "ShowMode",
    "Similar",
    "SlowEvent",
    "Thumb",
    "Why",
    "about",
    "answered",
    "asked",
    "asked_again",
    "begun",
    "change_text",
    "changed",
    "ended",
    "exported",
    "keep",
    "read_quick",
    "read_slow",
    "restore",
    "sentence",
    "shortened",
    "stopped",
]
