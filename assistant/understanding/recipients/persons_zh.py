"""Words for people in Chinese, and whom something is for: 送给妈妈, 男款, 给我8岁的女儿, 不要男款."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ..text import CHINESE_NUMBER, is_chinese, number
from .persons import Person, kinds_in_chinese, known_persons

_BEHIND = re.compile(rf"[，,（(\s]*(?:今年|刚)?(?P<age>{CHINESE_NUMBER})岁")


def chinese_persons(text: str) -> Iterator[tuple[Person, int, int, bool, bool]]:
    """Who something is for, where that stands, whether it is not for them, and whether a kind of thing is named."""
    done = -1
    for pattern in (_given(), _named()) if is_chinese(text) else ():
        for match in pattern.finditer(text):
            if match.start("who") > done:
                done = match.start("who")
                years = match.groupdict().get("age") or ((_BEHIND.match(text, match.end()) or {"age": None})["age"])
                yield _person(match["who"], years), *match.span("who"), bool(match["no"]), pattern is _named()


def _person(word: str, years: str | None) -> Person:
    who = known_persons()[word]
    return replace(who, low=number(years), high=number(years)) if years else who


@cache
def _given() -> re.Pattern[str]:
    words = "|".join(sorted(filter(is_chinese, known_persons()), key=len, reverse=True))
    return re.compile(
        r"(?P<no>不(?:是|要)?)?(?:送给|送|给|为|帮|适合|买给|带)(?:我|我的|我们|一个|一位|个|这个)*"
        rf"(?:(?P<age>{CHINESE_NUMBER})岁(?:的|大的)?)?(?:\w{{0,2}}?)(?P<who>{words})"
    )


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?P<no>不要|不是|别)?(?P<who>{kinds_in_chinese()})")
