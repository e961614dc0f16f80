"""The page of a tab's state: its head, and the parts of the chat on screen. Everything is read, nothing is changed.

Knows nothing of threads, or of what was sent already.
"""

from __future__ import annotations

from collections.abc import Sequence

from .bringing import draft_part
from .catalogue_registry import OfferedCatalogue, PageSetup
from .models import TabAssistants, status
from .shared_page import shared_page
from .state import ChatState, Choose, Event, PageState, Plain
from .view import LOADING, NOTHING, Data, View, chat_part, closed_panel, panel_part, picks_part, same_part


def chat_view(state: PageState, setup: PageSetup) -> View:
    """The chat alone, as while an answer is written."""
    return View(chat=_chat(state, setup.registry.take(state.catalogue)))


def page_view(state: PageState, setup: PageSetup, assistants: TabAssistants) -> View:
    """The whole page."""
    offered = setup.registry.take(state.catalogue)
    top, chat, bring = _top(state, setup, offered, assistants), _chat(state, offered), _bring(state, setup)
    if not offered.open:
        held = NOTHING if offered.settled else LOADING
        return View(top, chat, closed_panel(state.chat), held, bring=bring)
    index = offered.assistant().index
    panel = panel_part(state.chat, index, offered.words) | {"same": _same(state), "made": _made(state, setup)}
    return View(top, chat, panel, picks_part(state.chat, index, setup.gallery), bring=bring)


def _made(state: PageState, setup: PageSetup) -> Data | None:
    """A catalogue that came meanwhile, to be opened."""
    if state.made not in setup.registry.names:
        return None
    text = state.chat.speech.say("open made", name=state.made)
    return {"text": text, "act": Choose(name=state.made).json_text()}


def _same(state: PageState) -> Data | None:
    history = state.history
    return same_part(history, state.chat.speech) if history and history.catalogue == state.catalogue else None


def to_give_away(event: Event | None, state: PageState, setup: PageSetup) -> Data:
    """The file of the picks, if it was asked for: what the browser is to download."""
    if not (isinstance(event, Plain) and event.act == "share"):
        return {}
    index = setup.registry.take(state.catalogue).assistant().index
    text = shared_page(state.chat.screen, index, setup.gallery)
    return {"download": {"name": "penchant-picks.html", "type": "text/html", "text": text}}


def _bring(state: PageState, setup: PageSetup) -> Data:
    return draft_part(state.draft, setup.shelf.names(), state.chat.speech) if setup.shelf else {"offered": False}


def _chat(state: PageState, offered: OfferedCatalogue) -> Data:
    return chat_part(state.chat, offered.settled, _examples(state.chat, offered), offered.far)


def _examples(chat: ChatState, offered: OfferedCatalogue) -> Sequence[str]:
    return () if chat.messages else offered.words.examples.get(chat.language, ())


def _top(state: PageState, setup: PageSetup, offered: OfferedCatalogue, assistants: TabAssistants) -> Data:
    names = setup.registry.names
    shelf = [{"name": n, "on": n == state.catalogue} for n in names] if len(names) > 1 else []
    data: Data = {"catalogues": shelf, "bring": setup.shelf is not None}
    if not offered.open:
        return data
    own, shared = assistants.of(offered.assistant(), state), offered.assistant()
    back = state.understander != "server" and shared.model_name != "rules"
    return data | {
        "model": status(own, state.understander == "own", state.chat.reply, state.chat.speech),
        "own_models": setup.own_models,
        "rules": Plain(act="rules").json_text() if own.model_name != "rules" else "",
        "server": Plain(act="server").json_text() if back else "",
    }
