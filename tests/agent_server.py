"""How a scripted OpenAI server plays an agent: it calls `recommend` with what the person said, and then names the first
pick that it was given, in the tool's words or as data: clients pass on the one or the other."""

from __future__ import annotations

import json
import re
from typing import Any

from .openai_server import Answer, Body, Page


def agent(body: Body, _: int) -> Answer:
    """Answers requests for chat completions and for responses."""
    said = json.dumps(body.get("messages") or body.get("input"), ensure_ascii=False).replace('\\"', '"')
    name = next((tool for tool in _tools(body) if tool.endswith("recommend")), "")
    if "Item ids" in said or '"picks"' in said or not name:
        title = re.search(r"1\. \*\*(.+?)\*\*|\"title\": *\"(.+?)\"", said)
        text = f"Take {title[1] or title[2]}." if title else "I know nothing."
        return _page(body, text=text)
    return _page(body, call={"name": name, "arguments": json.dumps({"message": _wish(body), "k": 2})})


def _tools(body: Body) -> list[str]:
    return [str((tool.get("function") or tool).get("name")) for tool in body.get("tools", [])]


def _wish(body: Body) -> str:
    asked = body.get("messages") or body.get("input")
    if isinstance(asked, str):
        return asked
    content = [one["content"] for one in asked or [] if one.get("role") == "user"][-1]
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def _page(body: Body, text: str = "", call: dict[str, str] | None = None) -> Page:
    return Page(200, json.dumps(_response(text, call) if "input" in body else _completion(text, call)))


def _completion(text: str, call: dict[str, str] | None) -> dict[str, Any]:
    calls = [{"id": "call_1", "type": "function", "function": call}] if call else None
    message = {"role": "assistant", "content": text or None, "tool_calls": calls}
    choice = {"index": 0, "finish_reason": "tool_calls" if call else "stop", "message": message}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}


def _response(text: str, call: dict[str, str] | None) -> dict[str, Any]:
    said = {"type": "output_text", "text": text, "annotations": []}
    item: dict[str, Any] = {"type": "message", "id": "msg_1", "role": "assistant", "content": [said]}
    if call:
        item = {"type": "function_call", "id": "fc_1", "call_id": "call_1", **call}
    usage = {
        "input_tokens": 1,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": 1,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": 2,
    }
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1,
        "model": "m",
        "status": "completed",
        "output": [item | {"status": "completed"}],
        "parallel_tool_calls": False,
        "tool_choice": "auto",
        "tools": [],
        "usage": usage,
    }
