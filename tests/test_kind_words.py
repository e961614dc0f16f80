"""Kinds of things that are said as the end of another word, as Chinese does: 科幻片, 悬疑小说, 爵士乐专辑."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding.linking.gazetteer import Gazetteer
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import Catalogue, Item, infer_schema

from .demo import said

SAID = {
    "想看部科幻片": "genres=science·fiction kind=film",
    "悬疑小说": "genres=mystery kind=book",
    "爵士乐专辑": "genres=jazz kind=album",
    "爵士乐": "genres=jazz kind=album",
    "搞笑的爱情片": "moods=funny genres=romance kind=film",
    "法国片": "language=French kind=film",
    "西部片和纪录片": "genres=western genres=documentary kind=film",
    "有没有伤感的歌": "moods=sad kind=album",
    "想读点历史书": "genres=history kind=book",
    # what refuses is said of the first part alone
    "不要恐怖片": "-genres=horror",
    "除了战争片都行": "-genres=war -themes=war",
    # no kind of thing
    "欢乐一点的": "moods=joyful",
    "浪漫喜剧": "genres=romantic·comedy",
    "关于老照片": "",
}


@pytest.mark.parametrize("text", SAID)
def test_the_end_of_a_word_is_a_kind(text: str) -> None:
    assert said(text) == {part.replace("·", " ") for part in SAID[text].split()}


def test_a_catalogue_without_kinds_reads_the_word_whole() -> None:
    genres = ("喜剧", "科幻", "战争", "喜剧", "科幻", "战争")
    items = [Item(str(n), f"第{n}部", fields={"genres": (genre, "剧情")}) for n, genre in enumerate(genres)]
    tagger = RuleTagger(Gazetteer(Catalogue(items, infer_schema(items))))
    found = tagger.understand("喜剧片，不要科幻片", Session()).interests
    assert [(i.value, i.level) for i in found if i.facet] == [("喜剧", "want"), ("科幻", "never")]
