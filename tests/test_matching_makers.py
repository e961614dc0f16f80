"""Who made a work is the same person or band however the name is written, and nobody else."""

from __future__ import annotations

import pytest

from penchant.retriever.catalogue.matching.makers import agree, may_agree


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Athlete", "St Germain"),
        ("DAVIDO", "Goldie"),
        ("Athlete", "Goldie"),
        ("Prince", "Madonna"),
        ("Stephen King", "Stephanie Kingston"),
        ("Pink Floyd", "The Australian Pink Floyd Show"),
        ("Pink Floyd", "Pink Floyd Tribute Band"),
        ("Michael Jackson", "Janet Jackson"),
        ("Queen", "Queensrÿche"),
        ("Kings of Leon", "Kings of Convenience"),
    ],
)
def test_others(one: str, other: str) -> None:
    assert agree([one], [other]) is False
    assert agree([other], [one]) is False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Radiohead", "RADIOHEAD"),
        ("Miguel de Cervantes Saavedra", "Miguel de Cervantes"),
        ("Mary Wollstonecraft Shelley", "Mary Shelley"),
        ("Bob Marley & The Wailers", "Bob Marley"),
        ("The Velvet Underground", "The Velvet Underground & Nico"),
        ("Kurt Vonnegut Jr.", "Kurt Vonnegut"),
        ("J.R.R. Tolkien", "John Ronald Reuel Tolkien"),
        ("Fjodor Dostojewski", "Fyodor Dostoyevsky"),
        ("Dostoevsky", "Fyodor Dostoyevsky"),
        ("Михаил Булгаков", "Mikhail Bulgakov"),
        ("Marc Aurel", "Marcus Aurelius"),
        ("García Márquez", "Gabriel García Márquez"),
        ("Murakami Haruki", "Haruki Murakami"),
        ("Homère", "Homer"),
        ("Joaquim Maria Machado de Assis", "Machado de Assis"),
        ("Prince", "Prince and the Revolution"),
        ("Lucian", "Lucian of Samosata"),
        ("Saint Augustine", "Augustine"),
        ("Ms. Lauryn Hill", "Lauryn Hill"),
        ("Florence + The Machine", "Florence and the Machine"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    assert agree([one], [other])
    assert agree([other], [one])


def test_nobody_is_named() -> None:
    assert agree(["Unknown"], ["Harper Lee"]) is None
    assert agree(["Harper Lee"], ["Anonymous"]) is None
    assert agree([], ["Harper Lee"]) is None
    assert agree(["Harper Lee"], ["Various Artists"]) is None


def test_many_are_not_one() -> None:
    assert agree(["Various Artists"], ["Harper Lee"]) is False
    assert agree(["Various Artists"], ["Various"])


def test_one_word_of_a_name_may_be_the_name() -> None:
    assert may_agree(["Dante"], ["Dante Alighieri"])
    assert may_agree(["Gaius Suetonius Tranquillus"], ["Suetonius"])
    assert not may_agree(["Michael Jackson"], ["Janet Jackson"])
    assert not agree(["Dante"], ["Dante Alighieri"])
