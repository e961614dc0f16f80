"""The operations as tools for LangChain agents: words for the model, the data as the artifact.

Knows nothing of how a turn works.
"""

from __future__ import annotations

from typing import Any

from langchain_core.tools import BaseTool, StructuredTool, ToolException

from penchant.retriever import PenchantError

from ..api import Operation, Recommender, operations


def langchain_tools(recommender: Recommender, about: str = "") -> list[BaseTool]:
    """Tools for `create_agent`. What the recommender refuses goes back to the model as text.

    about: what the catalogue holds, in a few words.
    """
    return [_tool(operation) for operation in operations(recommender, about)]


def _tool(operation: Operation) -> BaseTool:
    def call(**arguments: Any) -> tuple[str, dict[str, Any]]:
        try:
            result = operation.function(**arguments)
        except PenchantError as error:
            raise ToolException(str(error)) from error
        return result.words, result.model_dump(mode="json")

    return StructuredTool.from_function(
        call,
        name=operation.name,
        description=operation.description,
        args_schema=operation.arguments,
        response_format="content_and_artifact",
        handle_tool_error=True,
        handle_validation_error=operation.faults,
    )
