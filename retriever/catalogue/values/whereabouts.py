"""Whether a text says where something is, or how it is reached: sites, mail, telephones, postcodes, streets, a point on
the globe. By how these are written, in any language that has houses numbered in streets. Knows nothing of columns.
"""

from __future__ import annotations

import re

_LINK = re.compile(
    r"(?:https?:)?//\S+|www\.\S+|\S+\.(?:jpe?g|png|gif|webp|svg)(?:\?\S*)?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.I
)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,10}(?:/\S*)?")
_PHONE = re.compile(r"(?:\+\d|\(\+?\d{1,4}\))[\d\s().\-/]{5,}(?:\s*(?:x|ext\.?)\s*\d+)?", re.I)
_DIALLED = re.compile(r"0\d{1,5}[\s/][\d\s]*\d")
"""A number as it is dialled within a country: from the zero on, in groups."""
_DIGITS = range(7, 14)
_RUNG = re.compile(r"\+?[\d\s().\-/]{6,}")
_POSTCODE = re.compile(
    r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|〒?\d{3}-\d{4}|\d{2}-\d{3}|\d{5}-\d{3}"
)
"""Of the United Kingdom, Canada, Japan, Poland and Brazil; others are like amounts."""
_POINT = re.compile(r"[(\[]?\s*([-+−]?\d{1,3}\.\d{3,})\s*[,;\s]\s*([-+−]?\d{1,3}\.\d{3,})\s*[)\]]?")
_LATITUDE, _LONGITUDE = 90.0, 180.0
_STREETS = frozenset(
    """street avenue ave road rd boulevard blvd lane ln highway square parkway terrace court crescent
    rue chemin allée impasse quai place faubourg route calle avenida carrera plaza paseo camino rua travessa praça
    estrada largo via viale piazza corso ulica ul aleja plac улица ул проспект""".split()
)
_STREET = re.compile(
    r"\w{2,}(?:straße|strasse|str|gasse|weg|platz|allee|straat|laan|gracht|gatan|vägen|veien)\.?", re.I
)
_WORD = re.compile(r"[^\W_]+")
_NAMED = re.compile(r"[^\W\d_]{2,}")
_HOUSE = re.compile(r"(?<![^\s,])(?!(?:1[5-9]|20)\d\d\b)\d{1,5}\s?(?:[a-z]|bis|ter|quater)?(?=[\s,]|$)", re.I)


def is_link(text: str) -> bool:
    """A site, a picture or a mail address, with its scheme or sign."""
    return bool(_LINK.fullmatch(text))


def is_domain(text: str) -> bool:
    """A site without its scheme; a file or a program may be called like that too."""
    return bool(_DOMAIN.fullmatch(text))


def is_phone(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return digits in _DIGITS and bool(_PHONE.fullmatch(text) or _DIALLED.fullmatch(text))


def may_be_phone(text: str) -> bool:
    """Digits in groups; an amount or a date may be written like that too."""
    return bool(_RUNG.fullmatch(text))


def is_postcode(text: str) -> bool:
    return bool(_POSTCODE.fullmatch(text))


def is_point(text: str) -> bool:
    """Latitude and longitude in one text."""
    found = _POINT.fullmatch(text)
    if found is None:
        return False
    up, around = (abs(float(degrees.replace("−", "-"))) for degrees in found.groups())
    return up <= _LATITUDE and around <= _LONGITUDE


def names_street(text: str) -> bool:
    """Whether a text has a word for a street in it."""
    return any(word in _STREETS or _STREET.fullmatch(word) for word in _WORD.findall(text.casefold()))


def is_street_line(text: str) -> bool:
    """A street with its name and a house in it: "12 Mill Lane", "Hauptstraße 3a", "Rua Garrett 61, 2.º"."""
    named = any(_STREET.fullmatch(word) or word not in _STREETS for word in _NAMED.findall(text.casefold()))
    return named and names_street(text) and bool(_HOUSE.search(text))
