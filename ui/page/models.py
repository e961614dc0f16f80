"""Which language model understands a visitor: the server's, one of their own, or none; and how it is doing.

A key lives in the model's client, in memory, and nowhere else. Knows nothing of markup.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from penchant.assistant import Assistant, LanguageModel, Reply, Settings
from penchant.assistant.explanation.words import Speech
from penchant.assistant.llm.outside import outside_addresses
from penchant.assistant.wiring import with_model
from penchant.retriever import PenchantError

from .state import Endpoint, PageState
from .view import Data

OPENAI = "https://api.openai.com/v1"


class EndpointError(PenchantError):
    """A model server that cannot be used from here; the one before is kept."""


def own_model(asked: Endpoint, inside: bool, timeout: float = 30.0) -> LanguageModel:
    """A visitor's model. Nothing of the server's own settings (a key, say) is used for it.

    `inside`: whether addresses in the server's own network may be asked; if not, that is checked now, to say so at
    once, and again with each request. Raises EndpointError and PenchantError.
    """
    if not asked.model.strip():
        raise EndpointError("name a model, such as qwen3:8b")
    address = asked.base_url.strip() or OPENAI
    settings = Settings(base_url=address, key=asked.key.strip(), model=asked.model.strip(), timeout=timeout)
    if not inside:
        outside_addresses(urlsplit(address).hostname or "")
    model = LanguageModel.from_settings(settings, outside=not inside)
    assert model is not None  # it has a name
    return model


class TabAssistants:
    """The catalogues' assistants with the model of one tab, each made once for a model.

    Nothing of a model is kept when the tab has another. One thread at a time.
    """

    def __init__(self) -> None:
        self._model: LanguageModel | None = None
        self._made: dict[Assistant, Assistant] = {}

    def of(self, assistant: Assistant, state: PageState) -> Assistant:
        """The assistant as the tab has it."""
        model = state.own_model if state.understander == "own" else None
        if model is not self._model:
            self._model, self._made = model, {}
        if state.understander == "server":
            return assistant
        if assistant not in self._made:
            self._made[assistant] = with_model(assistant, model)
        return self._made[assistant]


def status(assistant: Assistant, own: bool, reply: Reply | None, speech: Speech) -> Data:
    """What the head of the page says of the model, as it is and not as it is set."""
    name = assistant.model_name
    if name == "rules":
        return {"state": "rules", "label": speech.say("model rules"), "text": speech.say("model rules more")}
    heard = reply is not None and name in (reply.understood_by, reply.explained_by)
    state = "down" if assistant.model_rests else "up" if heard else "idle"
    label = name if state == "up" else speech.say(f"model {state}", name=name)
    whose = "own" if own else "server"
    return {"state": state, "label": label, "text": speech.say(f"{whose} model {state}", name=name)}
