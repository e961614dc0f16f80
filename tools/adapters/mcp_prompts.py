"""Prompts of the MCP server: what a person picks from a client's menu, and which tools a model then calls.

Knows the operations by their names. Knows nothing of how they work.
"""

from __future__ import annotations

from typing import Annotated, Any

from mcp.server import MCPServer
from pydantic import Field

_SESSION = Annotated[str, Field(description="session_id of the conversation; empty begins a new one.")]


def add_prompts(server: MCPServer[Any]) -> None:
    """Adds a prompt for a wish, for a time to fill, for a taste that was kept, and for what is known."""

    @server.prompt(title="Find me something", description="Picks for what you say, in your own words.")
    def find(
        wish: Annotated[str, Field(description="What you would like, and what not.")], session: _SESSION = ""
    ) -> str:
        return f"Call recommend with exactly these words: {wish!r}{_under(session)}. {_PRESENT}"

    @server.prompt(title="Fill my time", description="Picks that together fill the time you have.")
    def fill_time(
        minutes: Annotated[str, Field(description="Minutes of one sitting.")],
        sittings: Annotated[str, Field(description="How many sittings there are.")] = "1",
        session: _SESSION = "",
    ) -> str:
        asked = f"minutes {minutes} and sittings {sittings}"
        return f"Call fit_time with {asked}{_under(session)}. Say how much of the time is filled. {_PRESENT}"

    @server.prompt(title="Begin with my taste", description="Picks from a taste that you kept, such as a history.")
    def bring_taste(taste: Annotated[str, Field(description="The text of the taste file.")]) -> str:
        return f"Call bring_taste with the text of this file, unchanged. {_PRESENT}\n\n{taste}"

    @server.prompt(title="What do you know of me?", description="All that is remembered, to be changed or forgotten.")
    def known(session: Annotated[str, Field(description="session_id of the conversation.")]) -> str:
        told = "List every interest and mark in a few words, and offer to change them (edit_interests) or forget all"
        return f"Call interests{_under(session)}. {told} (forget)."


_PRESENT = "Present only the items that it returns, each with its strongest reason."


def _under(session: str) -> str:
    return f", session_id {session!r}" if session else ""
