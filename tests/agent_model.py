"""A chat model for agents that says what it is told to, in order, and keeps what it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, SystemMessage, ToolCall
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from pydantic import PrivateAttr


class AgentModel(BaseChatModel):
    """Answers with its messages in order; one more is an error."""

    answers: list[Any]
    _requests: list[list[BaseMessage]] = PrivateAttr(default_factory=list)
    _tools: list[Any] = PrivateAttr(default_factory=list)

    @classmethod
    def of(cls, *answers: AIMessage | ToolCall) -> AgentModel:
        """Messages, or calls of tools."""
        said = [one if isinstance(one, AIMessage) else AIMessage("", tool_calls=[one]) for one in answers]
        return cls(answers=said)

    @property
    def requests(self) -> list[list[BaseMessage]]:
        return self._requests

    @property
    def systems(self) -> list[str]:
        """The system message of each request, or an empty text."""
        return [next((str(m.text) for m in r if isinstance(m, SystemMessage)), "") for r in self._requests]

    @property
    def tools(self) -> list[Any]:
        return self._tools

    @property
    def _llm_type(self) -> str:
        return "agent"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> Runnable[Any, AIMessage]:  # type: ignore[override]
        self._tools = list(tools)
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        self._requests.append(messages)
        assert len(self._requests) <= len(self.answers), f"asked {len(self._requests)} times"
        return ChatResult(generations=[ChatGeneration(message=self.answers[len(self._requests) - 1])])
