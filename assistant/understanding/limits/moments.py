"""The moment at which a wish ends, by the calendar: "until Sunday" is to the end of that day, "for a week" seven days.

Knows calendars; dateparser reads dates. Knows nothing of messages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from ..text import number
from .feasts import next_feast
from .wording import TimeWords

Clock = Callable[[], datetime]
"""What time it is, with its time zone."""

_DAY = timedelta(days=1)
_NIGHT_ENDS = time(5)
_SPANS = {
    "hour": "hours", "小时": "hours", "钟头": "hours", "day": "days", "天": "days", "night": "days", "week": "weeks",
    "周": "weeks", "星期": "weeks", "礼拜": "weeks", "month": "months", "月": "months", "year": "years", "年": "years",
}  # fmt: skip
_COUNTED = re.compile(r"\s*(?:个|小时|钟头|天|周|星期|礼拜|月|年|(?:hour|day|night|week|month|year)s?)+$")
_PARTS = {"morning": time(12), "noon": time(13), "afternoon": time(18)}
_MONTH_ALONE = re.compile(r"[a-z]+\.?(?:\s+\d{4})?", re.I)
_WEEKDAY = re.compile(r"day\b|[周星期礼拜]+[一二三四五六日天]")
_NEXT = re.compile(r"^(?:the\s+)?next\s+|^下个?")
_OF_DAY = re.compile(r"\d:\d\d|[ap]\.?m\b|midnight|noon|morning|evening|night", re.I)
_CHINESE_PERIODS = re.compile(r"^(?:这个?|这一|本|下个?)(?=周末|[周星月礼])")


def here() -> datetime:
    """Now, in the time zone of this machine."""
    return datetime.now().astimezone()


def end_of(said: TimeWords, now: datetime) -> datetime | None:
    """The first moment at which it no longer holds; None if that is over, or no calendar has it."""
    try:
        end = _READERS[said.form](said.words.lower().strip(), now)
    except (ValueError, OverflowError):
        return None
    return end if end and end > now else None


def _after(words: str, now: datetime) -> datetime | None:
    """After so many days, weeks, ..."""
    unit = next((u for u in _SPANS if u in words), "")
    if "fortnight" in words:
        return now + relativedelta(weeks=2)
    return now + _span(unit, _count(_COUNTED.sub("", words).strip()))


def _span(unit: str, count: float) -> relativedelta:
    """A month by the calendar, half a one two weeks."""
    name = _SPANS[unit]
    if name in ("hours", "days", "weeks"):
        return relativedelta(seconds=round(count * {"hours": 3600, "days": 86400, "weeks": 604800}[name]))
    months, part = divmod(count * (12 if name == "years" else 1), 1)
    return relativedelta(months=int(months), weeks=2 * (part >= 0.5))


def _count(words: str) -> float:
    if "few" in words or words == "几":
        return 3
    if "couple" in words:
        return 2
    return number(words) if words else 1


def _period(words: str, now: datetime) -> datetime | None:
    """The end of what has begun: "tonight", "this week", "the rest of the month"."""
    part = next((end for name, end in _PARTS.items() if re.search(rf"\b{name}\b", words)), None)
    if part:
        return datetime.combine(now.date(), part, now.tzinfo)
    if re.search(r"night|evening|晚|夜", words):
        days = now.time() >= _NIGHT_ENDS
        return datetime.combine(now.date() + timedelta(days=days), _NIGHT_ENDS, now.tzinfo)
    return _turn(words, now)


def _turn(words: str, now: datetime, further: int = 0) -> datetime | None:
    """The first moment after the day, week, month or year that holds `now`, or after so many more."""
    today = datetime.combine(now.date(), time(), now.tzinfo)
    if re.search(r"month|月", words):
        return today.replace(day=1) + relativedelta(months=1 + further)
    if re.search(r"year|年", words):
        return today.replace(month=1, day=1) + relativedelta(years=1 + further)
    if re.search(r"week|周|星期|礼拜", words):
        return today - timedelta(days=today.weekday()) + timedelta(weeks=1 + further)
    return today + timedelta(days=1 + further) if re.search(r"day|天", words) else None


def _until(words: str, now: datetime, day: timedelta = _DAY) -> datetime | None:
    ending = re.match(r"(?:the\s+)?end\s+of\s+", words)
    rest = words[ending.end() :] if ending else words
    if ending and not re.match(r"(?:the|this|next)\s", rest):
        return _day_after(_date(rest, now, last=True))
    if ending:
        return _turn(rest, now, further=rest.startswith("next"))
    if re.search(r"(?:周|月|年)[末底]$", words):
        return _turn(words, now, further=words.startswith("下"))
    if words == "tonight":
        return _period(words, now)
    if match := re.fullmatch(r"(the\s+next|the|this|next)\s+(weekend|week|month|year)", words):
        turn = _turn(match[2], now, further=match[2] == "weekend" and "next" in match[1])
        return turn - timedelta(days=2) if turn and match[2] == "weekend" else turn
    return _moment(words, now, day)


def _before(words: str, now: datetime) -> datetime | None:
    """As until, but a day is over before it begins."""
    return _until(words, now, timedelta(0))


def _moment(words: str, now: datetime, day: timedelta) -> datetime | None:
    """A time of day as it is, a month before it begins, any other date with its day, or so much of it."""
    if feast := next_feast(words, now.date()):
        return _day_after(datetime.combine(feast, time(), now.tzinfo), day)
    plain = re.sub(r"^this\s+(?:coming\s+)?", "", _NEXT.sub("", _CHINESE_PERIODS.sub("", words)))
    found = _date(plain, now)
    if found and _NEXT.search(words) and _WEEKDAY.search(plain):
        begins = _turn("week", now)
        found += timedelta(weeks=bool(begins and found < begins))
    if _OF_DAY.search(words):
        return found
    alone = _MONTH_ALONE.fullmatch(plain) and not _WEEKDAY.search(plain) and plain not in ("today", "tomorrow")
    return found if alone else _day_after(found, day)


def _day_after(moment: datetime | None, day: timedelta = _DAY) -> datetime | None:
    return moment and datetime.combine(moment.date() + day, time(), moment.tzinfo)


def _date(words: str, now: datetime, last: bool = False) -> datetime | None:
    import dateparser

    day = re.fullmatch(r"(\d{1,2})[日号]", words)
    found = dateparser.parse(
        re.sub(r"^the\s+", "", f"{day[1]}th" if day else words),
        settings={
            "RELATIVE_BASE": now.replace(tzinfo=None),
            "PREFER_DATES_FROM": "future",
            "PREFER_DAY_OF_MONTH": "last" if last else "first",
        },
    )
    if found is None:
        return None
    midnight = _MONTH_ALONE.fullmatch(words) and not _WEEKDAY.search(words) and "tomorrow" not in words
    return (datetime.combine(found.date(), time()) if midnight else found).replace(tzinfo=now.tzinfo)


_READERS: dict[str, Callable[[str, datetime], datetime | None]] = {
    "until": _until,
    "before": _before,
    "next": _after,
    "span": _after,
    "period": _period,
}
