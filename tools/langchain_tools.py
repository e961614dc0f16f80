"""The tool for LangChain agents: text for the model, the whole answer as the artifact.

Knows nothing of how a turn works.
"""

from __future__ import annotations

from typing import Any

from langchain_core.tools import BaseTool, StructuredTool, ToolException

from penchant.retriever import PenchantError

from .recommender import Recommender


def langchain_tools(recommender: Recommender) -> list[BaseTool]:
    """Tools for `create_agent`. What the recommender refuses goes back to the model as text."""

    def recommend(message: str, session_id: str = "", k: int = 5) -> tuple[str, dict[str, Any]]:
        try:
            answer = recommender.recommend(message, session_id, k)
        except PenchantError as error:
            raise ToolException(str(error)) from error
        text = f"{answer.turn.text}\n\nsession_id for the next call: {answer.session_id}"
        return text, answer.model_dump(mode="json")

    schema = StructuredTool.from_function(recommender.recommend).args_schema
    return [
        StructuredTool.from_function(
            recommend,
            description=" ".join((recommender.recommend.__doc__ or "").split()),
            args_schema=schema,
            response_format="content_and_artifact",
            handle_tool_error=True,
        )
    ]
