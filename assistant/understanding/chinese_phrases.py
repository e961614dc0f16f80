"""Open phrases in Chinese: what is left of a clause between function words and what the catalogue knows.

No dictionary of words: a stretch that is long, or that tells of somebody ("my daughter"), is no phrase. Knows nothing
of catalogues beyond what was found in the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .parsing import ParsedMessage, Span

_SHORTEST, _LONGEST = 2, 6
_HAN = r"[\u3400-\u9fff]"
_FUNCTION = (
    "有没有 没有 有关 关于 适合 不适合 喜欢 想要 想看 想听 想读 想找 推荐 给我 帮我 来点 来一 来些 最好 "
    "但是 不过 而且 还是 或者 以及 因为 所以 如果 可以 可能 应该 比较 非常 特别 有点 一点 一些 什么 怎么 "
    "怎样 怎么样 哪些 哪个 东西 这种 那种 这样 那样 之类 类型 风格 方面 题材 内容 结局 节奏 一部 一本 "
    "一张 一首 几部 几本 几张 几首 两部 两本 一个 那个 这个 我们 你们 他们 她们 自己 大家 今天 今晚 明天 "
    "昨天 现在 最近 晚上 早上 周末 时候 知道 不知道 觉得 感觉 认为 希望 需要 随便 看看 听听 谢谢 你好 "
    "再见 早上好 晚安 好的 没问题 没关系 哈哈 请问 麻烦 其实 让人 令人 的话 电影 影片 片子 音乐 专辑 "
    "歌曲 小说 故事 作品 动画 书籍 孩子 我 你 您 他 她 它 的 地 得 了 着 过 吗 呢 吧 啊 呀 哦 嗯 是 在 "
    "有 和 与 或 及 跟 对 把 被 让 给 来 去 想 要 看 听 读 找 说 做 请 很 太 更 最 也 都 就 才 再 又 还 "
    "只 别 不 没 但 而 以 为 从 到 于 里 上 下面 中 点 些 部 本 张 首 个 片 书 歌 曲"
).split()
_SPLIT = re.compile("|".join(sorted(_FUNCTION, key=len, reverse=True)))
_KANA = re.compile(r"[\u3040-\u30ff]")
_STRETCH = re.compile(f"{_HAN}+")
_SOMEBODY = re.compile(r"[我你他她][们的]?$")


def chinese_phrases(parsed: ParsedMessage) -> Iterator[Span]:
    """The stretches of a message that are phrases; none in Japanese."""
    if _KANA.search(parsed.text):
        return
    known = [(parsed.begin(m), parsed.end(m)) for m in parsed.matches]
    known += [(r.start, r.end) for r in parsed.ranges]
    known += [*parsed.asides, *((s.cue, s.end) for s in parsed.rejections)]
    for stretch in _STRETCH.finditer(parsed.text):
        for start, end in _between(parsed.text, stretch.span(), known):
            if _SHORTEST <= end - start <= _LONGEST and not _SOMEBODY.search(parsed.text[:start]):
                yield start, end


def _between(text: str, span: Span, known: list[Span]) -> Iterator[Span]:
    """What is left of a stretch without function words and what is known."""
    apart = [*known, *(m.span() for m in _SPLIT.finditer(text, *span))]
    start = span[0]
    for begin, end in sorted(apart):
        if begin >= span[1]:
            break
        if begin > start:
            yield start, begin
        start = max(start, end)
    if start < span[1]:
        yield start, span[1]
