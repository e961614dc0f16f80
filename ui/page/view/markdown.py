"""An answer's Markdown as plain data: paragraphs and lists of runs of text, of which some are strong or emphasised.

Read by markdown-it with all other rules off, and nothing is rendered: no link, picture, tag or code can come of what a
catalogue, a visitor or a model wrote; it stays the text that it is. Knows nothing of markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .template_data import Data

_RULES = ["emphasis", "heading", "list", "newline"]
_DEEPEST = 20
"""Levels of lists within lists; of what is nested deeper, markdown-it keeps nothing."""
_STRONG = re.compile(r"(?<!\*)\*\*(?![*\s])(.+?)(?<![*\s])\*\*(?!\*)")
_EDGE = "\ue000"
"""A letter of nobody's script. Beside it, what is strong begins and ends also where signs and letters meet without a
blank ("**Airplane!**最短"), where Markdown would show the asterisks."""
_DOT = re.compile(r"^(\s*)•(?=\s)", re.M)


def blocks(text: str) -> list[Data]:
    """Paragraphs (`runs`) and lists (`items`, each runs, and whether they are numbered) in their order.

    A heading is a strong paragraph. Lists within lists become one list, and a further paragraph of an item an item.
    """
    edged = _STRONG.sub(rf"**{_EDGE}\1{_EDGE}**", text.replace(_EDGE, ""))
    tokens = _parser().parse(_DOT.sub(r"\1-", edged))
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return [{"runs": [{"text": text}]}]
    found = [block for part in _parts(tokens) for block in _blocks(part)]
    return [block for block in found if block.get("items") or block.get("runs")]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": _DEEPEST}).enable(_RULES)
    parser.parse("*a*")  # the rules are compiled at their first use: here, before threads share them
    return parser


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens of each block that is in no other."""
    part: list[Token] = []
    for token in tokens:
        part.append(token)
        if token.level == 0 and token.nesting < 0:
            yield part
            part = []


def _blocks(part: list[Token]) -> Iterator[Data]:
    first = part[0]
    texts = [token for token in part if token.type == "inline"]
    if not first.type.endswith("list_open"):
        yield {"runs": _runs(texts[0], strong=first.type == "heading_open")}
        return
    numbered = first.type == "ordered_list_open"
    items = [{"runs": runs} for token in texts if (runs := _runs(token))]
    yield {"items": items, "numbered": numbered, "start": int(first.attrs.get("start", 1)) if numbered else 1}


def _runs(inline: Token, strong: bool = False) -> list[Data]:
    """The text in runs of one kind."""
    pieces = groupby(_pieces(inline, strong), key=lambda piece: piece[1:])
    return [_run("".join(text for text, *_ in group), *kind) for kind, group in pieces]


def _run(text: str, strong: bool, em: bool) -> Data:
    return {"text": text, "strong": strong, "em": em} if strong or em else {"text": text}


def _pieces(inline: Token, strong: bool) -> Iterator[tuple[str, bool, bool]]:
    """Each text, and whether it is strong and emphasised."""
    depth = {"strong": int(strong), "em": 0}
    for token in inline.children or ():
        name = token.type.partition("_")[0]
        if name in depth:
            depth[name] += token.nesting
        elif text := " " if token.type in ("softbreak", "hardbreak") else token.content.replace(_EDGE, ""):
            yield text, depth["strong"] > 0, depth["em"] > 0
