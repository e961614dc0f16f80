"""What a template of the page is filled with. Knows nothing of what is in it."""

from __future__ import annotations

from typing import Any

Data = dict[str, Any]
"""Plain values by name: texts, numbers, lists and dictionaries."""
