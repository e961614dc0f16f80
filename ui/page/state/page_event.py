"""What every event of a browser has. Knows none of them."""

from __future__ import annotations

import json

from pydantic import BaseModel, ConfigDict, Field


class PageEvent(BaseModel):
    """`seen`: the number of the last view of the whole page that the browser has; None: it does not count them, and is
    sent everything each time. `kept`: that of the view with which the text came that the browser keeps."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seen: int | None = Field(default=None, ge=0)
    kept: int = Field(default=0, ge=0)

    def json_text(self) -> str:
        """As the page keeps it on a button, to be sent when that is pressed."""
        return json.dumps(
            {"act": getattr(self, "act", "")} | self.model_dump(exclude_defaults=True), ensure_ascii=False
        )
