"""Letters of many languages as plain Latin ones, and words by how they sound. Knows no titles and no names."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

_LATIN = {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "&": " and "}
_CYRILLIC = dict(
    zip(
        "абвгдежзиклмнопрстуфхцчшщъыьэюяєіґ",
        "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch  y  e yu ya ye i g".split(" "),
        strict=True,
    )
)
_GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(), strict=True)
)
_SMALL, _SLIP, _AS_ONE = 3, 60, 80
_PLAIN = str.maketrans(_LATIN | _CYRILLIC | _GREEK)
_SIGNS = dict.fromkeys(map(ord, "™℠®©"))
_SOUNDS = (
    (re.compile(r"tsch|sch|ch"), "sh"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?<=[tkgr])h"), ""),
    (re.compile(r"qu|ck|c(?![eiy])"), "k"),
    (re.compile(r"[cz]"), "s"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"w"), "v"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def plain_letters(text: str) -> str:
    """Lower case without accents; Cyrillic and Greek in Latin letters."""
    if text.isascii():
        return text.casefold().replace("&", " and ")
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_SIGNS))
    bare = unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))
    return bare.translate(_PLAIN)


def sound(plain: str) -> str:
    """Plain words as most languages of Europe would say them: "dostoyevsky" and "dostojewski" are one."""
    for written, said in _SOUNDS:
        plain = written.sub(said, plain)
    return plain


def spelt_alike(one: str, other: str) -> bool:
    """Whether words are the same but for how they are spelt or joined; no word is added, none begins otherwise."""
    some, others = one.split(), other.split()
    a, b = [word for word in some if word not in others], [word for word in others if word not in some]
    if not a or not b:
        return all(len(word) <= _SMALL for word in (*a, *b))
    if len(a) == len(b):
        return all(
            word[0] == also[0] and fuzz.ratio(word, also) >= _SLIP
            for word, also in zip(sorted(a), sorted(b), strict=True)
        )
    return fuzz.ratio("".join(a), "".join(b)) >= _AS_ONE


def is_latin(text: str) -> bool:
    """Whether the letters of a text are mostly Latin; what has no letters is."""
    letters = [c for c in text if c.isalpha()]
    return 2 * sum(unicodedata.name(c, "").startswith("LATIN") for c in letters) >= len(letters)
