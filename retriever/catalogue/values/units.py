"""Units of measure and currencies by the many ways in which they are written. Knows nothing of columns.

Amounts of one dimension can be converted. Between currencies nothing is converted: a price is in its column's own.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

MONEY = "money"
_RATE = re.compile(r"([^/]+?)\s*(?:/|\s+per\s)\s*(\d*)\s*([^/\d]+)", re.I)
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY"}
_WORDS = {
    "USD": ("dollar", "dollars", "buck", "bucks", "us$", "美元", "美金"),
    "EUR": ("euro", "euros", "欧元"),
    "GBP": ("pound", "pounds", "quid", "英镑"),
    "CNY": ("yuan", "rmb", "元", "块", "块钱", "人民币"),
    "JPY": ("yen", "日元"),
    "INR": ("rs", "rs.", "rupee", "rupees", "卢比"),
    "CHF": ("fr.", "francs", "franken"),
    "SEK": ("kronor",),
    "BRL": ("r$", "reais"),
    "PLN": ("zł",),
}
_CLOCK = re.compile(r"\s*(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2})\s*")
_ISO = re.compile(
    r"\s*P(?:(?P<days>\d+)D)?(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?\s*"
)
_CODES = frozenset(
    """USD EUR GBP CNY JPY INR CHF SEK NOK DKK PLN CZK HUF RON BGN TRY RUB UAH ILS AED SAR ZAR EGP NGN KES BRL MXN ARS
    CLP COP PEN CAD AUD NZD SGD HKD TWD KRW THB IDR MYR PHP VND PKR BDT LKR""".split()
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its dimension, its name, and how much of the dimension's base it is."""

    name: str
    dimension: str
    factor: float

    def to(self, other: Unit) -> float:
        """What an amount is to be multiplied by to be in another unit of the dimension."""
        return self.factor / other.factor


@cache
def _known() -> Mapping[str, Unit]:
    text = resources.files("penchant.retriever.catalogue.values").joinpath("units.toml").read_text(encoding="utf-8")
    found: dict[str, Unit] = {}
    for dimension, units in tomllib.loads(text).items():
        for name, (factor, *written) in units.items():
            found |= dict.fromkeys(written, Unit(name, dimension, float(factor)))
            found[name] = Unit(name, dimension, float(factor))
    return found


def currency_of(text: str) -> str:
    """The code of the currency that a sign, a code or a word names; empty if it names none."""
    plain = text.strip()
    if plain.upper() in _CODES and (len(plain) == 3):
        return plain.upper()
    if plain in _SIGNS:
        return _SIGNS[plain]
    lower = plain.casefold()
    named = next((code for code, words in _WORDS.items() if lower in words), "")
    if named:
        return named
    signs = [c for c in plain if unicodedata.category(c) == "Sc"]
    return _SIGNS.get(signs[0], signs[0]) if signs and len(plain) <= 4 else ""


def unit_named(text: str) -> Unit | None:
    """The unit or currency that a text names; None if it names none."""
    plain = text.strip()
    known = _known()
    if found := known.get(plain) or known.get(plain.casefold()):
        return found
    code = currency_of(plain)
    return Unit(code, MONEY, 1.0) if code else _rate_named(plain)


def _rate_named(plain: str) -> Unit | None:
    """The unit that is so many of one to another, by any of their names: "miles per gallon", "litres / 100 km"."""
    said = _RATE.fullmatch(plain)
    counted, each = (unit_named(said[1]), unit_named(said[3])) if said else (None, None)
    return _known().get(f"{counted.name}/{said[2]}{each.name}") if said and counted and each else None


def minutes_of(text: str) -> float | None:
    """The minutes of a time as a clock shows it ("1:30:05", "42:10") or as ISO 8601 has it ("PT1H30M"); None if it is
    none."""
    match = _CLOCK.fullmatch(text) or _ISO.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (
        float(match.groupdict().get(name) or 0) for name in ("days", "hours", "minutes", "seconds")
    )
    return 1440 * days + 60 * hours + minutes + seconds / 60
