"""The state of a tab, the events that happen to it, and the one function from a state and an event to the next state.

`reduce` is the door; events come from a browser (`read_quick`, `read_slow`) or from the server itself (outcomes). State
in, state out. Knows nothing of threads, Gradio or markup.
"""

from .bringing_events import Build, Correct, HistoryText, Keys, Leave, Piece, Remove, SameWork
from .browser_storage import BrowserStorage
from .change_text import change_text
from .chat_buttons import exported
from .chat_state import ChatState, Judged, Message, SecondPerson, picking
from .events import (
    Add,
    BringEvent,
    Button,
    Choose,
    Endpoint,
    EventError,
    Hello,
    NameTwo,
    Plain,
    Retry,
    Say,
    Second,
    ShowMode,
    Similar,
    Thumb,
    Why,
    about,
    aside,
    read_quick,
    read_slow,
)
from .outcomes import Answered, Drafted, Ended, Failed, Made, ModelMade, Noted, Opened
from .page_state import PageState, new_page
from .reducer import Context, Event, reduce

__all__ = [
    "Add",
    "Answered",
    "BringEvent",
    "BrowserStorage",
    "Build",
    "Button",
    "ChatState",
    "Choose",
    "Context",
    "Correct",
    "Drafted",
    "Ended",
    "Endpoint",
    "Event",
    "EventError",
    "Failed",
    "Hello",
    "HistoryText",
    "Judged",
    "Keys",
    "Leave",
    "Made",
    "Message",
    "ModelMade",
    "NameTwo",
    "Noted",
    "Opened",
    "PageState",
    "Piece",
    "Plain",
    "Remove",
    "Retry",
    "SameWork",
    "Say",
    "Second",
    "SecondPerson",
    "ShowMode",
    "Similar",
    "Thumb",
    "Why",
    "about",
    "aside",
    "change_text",
    "exported",
    "new_page",
    "picking",
    "read_quick",
    "read_slow",
    "reduce",
]
