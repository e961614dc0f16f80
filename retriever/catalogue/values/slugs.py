"""Names as addresses write them: "black-opium", "ultra-male". Knows nothing of what they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

_SLUG = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ENOUGH = 0.97
_JOINED = 0.3
"""So many have several words. Of fewer the hyphens are their own: "ho-oh" among names of one word."""
_LETTERED = 0.9
_LINE = re.compile(r"(?<=[^\W_])_(?=[^\W_])")
_LINK = re.compile(r"https?://\S+", re.I)
_ENDING = re.compile(r"\.[a-z]\w{1,4}$", re.I)
_PARTS = re.compile(r"[-_+ ]+")
_WORD = re.compile(r"[^\W\d_]{3}")
_KEY = re.compile(r"(?=.*\d)\w{5,}")
"""At either end of a slug: the number under which a shop keeps the thing."""
_MOSTLY = 0.9


def are_slugs(texts: Sequence[str]) -> bool:
    """Whether texts are names in small letters with hyphens for blanks, all of them; not so of codes."""
    plain = [text.strip() for text in texts]
    if sum("-" in text for text in plain) < max(2, _JOINED * len(plain)):
        return False
    slugs = [text for text in plain if text == text.lower() and _SLUG.fullmatch(text)]
    lettered = sum(re.search(r"[^\W\d_]{3}", text) is not None for text in slugs)
    return len(slugs) >= _ENOUGH * len(plain) and lettered >= _LETTERED * len(plain)


def are_joined(texts: Sequence[str]) -> bool:
    """Whether texts have lines where others have blanks: "Autumn_Sonata"; none of them has a blank."""
    if any(" " in text.strip() for text in texts):
        return False
    return sum(_LINE.search(text) is not None for text in texts) >= max(2, _JOINED * len(texts))


def unhyphenated(slug: str) -> str:
    """A slug as people write what it names: "black-opium" is "black opium"."""
    return slug.strip().replace("-", " ")


def names_in_links(texts: Sequence[str]) -> list[str] | None:
    """What links call the pages that they lead to ("/p/adde-chair-white-10219178/"), if all but a few lead to another;
    None of other texts."""
    if not texts or not all(map(_LINK.fullmatch, texts)):
        return None
    slugs = [_words_in(text) for text in texts]
    if all(len(words) > 1 and words[-1].isdigit() for words in slugs):
        slugs = [words[:-1] for words in slugs]
    names = [" ".join(words) for words in slugs]
    different = len({name.casefold() for name in names if name})
    return names if different >= _MOSTLY * len(names) else None


def _words_in(link: str) -> list[str]:
    """The words of the last part of a link's path that has any, without keys around them."""
    for part in reversed(unquote(urlsplit(link).path).split("/")):
        words = list(filter(None, _PARTS.split(_ENDING.sub("", part))))
        plain = [word for n, word in enumerate(words) if 0 < n < len(words) - 1 or not _KEY.fullmatch(word)]
        if any(map(_WORD.search, plain)):
            return plain
    return []
