"""Values said in a text: numbers in digits or words, with their units, and where they stand.

Everything of one family is converted to one unit (time to milliseconds), so that "0.005 s", "5 ms" and "five
milliseconds" are one value. "Single-digit milliseconds" is the interval from 1 to 9.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from text_to_num import text2num

from interviewer.domain.rubric import Unit, ValueRange

_TIME_IN_MS = {
    Unit.MILLISECONDS: 1.0,
    Unit.SECONDS: 1e3,
    Unit.MINUTES: 6e4,
    Unit.HOURS: 3.6e6,
    Unit.DAYS: 8.64e7,
    Unit.WEEKS: 6.048e8,
    Unit.MONTHS: 2.629746e9,  # a twelfth of a Gregorian year
    Unit.YEARS: 3.1556952e10,
}

_UNIT_WORDS = {
    Unit.MILLISECONDS: r"ms|msecs?|millis|milli\s?seconds?|milli\s?secs?",
    Unit.SECONDS: r"s|secs?|seconds?",
    Unit.MINUTES: r"m|mins?|minutes?",
    Unit.HOURS: r"h|hrs?|hours?",
    Unit.DAYS: r"d|days?",
    Unit.WEEKS: r"weeks?|wks?",
    Unit.MONTHS: r"months?",
    Unit.YEARS: r"years?|yrs?",
    Unit.PERCENT: r"%|percent|per\s?cent|pct|percentage\s+points?|pp",
    Unit.FACTOR: r"x|×|times|fold|-fold",
    Unit.US_DOLLARS: r"usd|dollars?|bucks|\$",
    Unit.COUNT: r"(?:us\s+)?cents?|¢",  # read as hundredths of a dollar below
    Unit.REQUESTS_PER_SECOND: r"rps|qps|tps|(?:requests?|queries)\s+(?:per|a|/)\s*second|req/s|requests?/s(?:ec)?",
    Unit.GIGABYTES: r"gb|gib|gigs?|gigabytes?",
    Unit.STANDARD_DEVIATIONS: r"sigmas?|σ|standard\s+deviations?|std(?:\s?devs?)?|stdevs?|sds?",
}
_UNIT = re.compile(
    r"\s*-?\s*(?:(?:idle|full|whole|more|extra|straight|consecutive|calendar|business|working|small)\s+)?(?:"
    + "|".join(f"(?P<{unit.name}>{words})" for unit, words in _UNIT_WORDS.items())
    + r")(?![\w])",
    re.IGNORECASE,
)
_SHORT_UNITS = re.compile(r"\s*(?:s|m|h|d|x)\b", re.IGNORECASE)
_DIGITS = re.compile(
    r"(?P<money>[$]\s?|usd\s?)?(?<![\w.])(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?P<scale>\s?(?:k|m|bn|b|thousand|million|billion)\b)?",
    re.IGNORECASE,
)
_ONES = "zero|one|two|three|four|five|six|seven|eight|nine"
_NUMBER_WORD = (
    rf"{_ONES}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    "twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion"
)
_WORDS = re.compile(
    rf"\b(?:(?P<a>an?)\s+(?=hundred|thousand|million|billion))?(?P<whole>(?:{_NUMBER_WORD})\b(?:(?:[\s-]+|(?:(?<=hundred)|(?<=thousand))\s+and\s+)(?:{_NUMBER_WORD})\b)*)?"
    rf"(?P<point>\s*\b(?:point|dot)\s+(?:(?:{_ONES}|oh|{_NUMBER_WORD})[\s-]*)+)?",
    re.IGNORECASE,
)
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
_PHRASES: tuple[tuple[re.Pattern[str], float, float, Unit | None], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), low, high, unit)
    for pattern, low, high, unit in (
        (r"\bsingle[\s-]digit\b", 1, 9, None),
        (r"\blow[\s-]double[\s-]digit\b", 10, 30, None),
        (r"\bdouble[\s-]digit\b", 10, 99, None),
        (r"\b(?:a\s+)?couple(?:\s+of)?\b", 2, 2, None),
        (r"\ba\s+few\b", 2, 5, None),
        (r"\ba\s+handful(?:\s+of)?\b", 3, 6, None),
        (r"\ba\s+dozen\b", 12, 12, None),
        (r"\b(?:twice|doubl(?:e|es|ed|ing))\b", 2, 2, Unit.FACTOR),
        (r"\b(?:thrice|tripl(?:e|es|ed|ing)|threefold)\b", 3, 3, Unit.FACTOR),
        (r"\b(?:fourfold|quadrupl(?:e|es|ed))\b", 4, 4, Unit.FACTOR),
        (r"\bfivefold\b", 5, 5, Unit.FACTOR),
        (r"\b(?:tenfold|an?\s+order\s+of\s+magnitude)\b", 10, 10, Unit.FACTOR),
        (r"\bhalf\s+(?:a\s+|of\s+(?:a|one)\s+)?(?:percent|per\s?cent)\b", 0.5, 0.5, Unit.PERCENT),
        (r"\bhalf\s+an?\s+(?:second|sec)\b", 500, 500, Unit.MILLISECONDS),
        (r"\bhalf\s+an?\s+minute\b", 30, 30, Unit.SECONDS),
        (r"\bhalf\s+an\s+hour\b", 30, 30, Unit.MINUTES),
        (r"\ba\s+quarter\s+of\s+an\s+hour\b", 15, 15, Unit.MINUTES),
        (r"\bhalf\s+a\s+day\b", 12, 12, Unit.HOURS),
        (r"\b(?:a|one|per|each|every|the)\s+(?:milli)second\b", 1, 1, Unit.MILLISECONDS),
        (r"\b(?:a|one)\s+second\b", 1, 1, Unit.SECONDS),
        (r"\b(?:a|one)\s+minute\b", 1, 1, Unit.MINUTES),
        (r"\b(?:an|one)\s+hour\b|\bhourly\b", 1, 1, Unit.HOURS),
        (
            r"\b(?:a|one|each|every)\s+day\b|\bdaily\b|\bnightly\b|\bovernight\b|\bevery\s+night\b",
            1,
            1,
            Unit.DAYS,
        ),
        (r"\b(?:a|one|each|every)\s+week\b|\bweekly\b", 1, 1, Unit.WEEKS),
        (r"\bfortnight(?:ly)?\b", 2, 2, Unit.WEEKS),
        (r"\b(?:a|one|each|every)\s+month\b|\bmonthly\b", 1, 1, Unit.MONTHS),
        (r"\b(?:a|one)\s+year\b|\byearly\b|\bannual(?:ly)?\b", 1, 1, Unit.YEARS),
        (
            r"\bhalf\s+(?:of\s+)?(?:the|our|all|its|their|them|of\s+us)\b|\bby\s+half\b|\bhalved?\b|\bhalving\b",
            50,
            50,
            Unit.PERCENT,
        ),
        (r"\b(?:a|one)\s+third\b", 33, 34, Unit.PERCENT),
        (r"\btwo\s+thirds\b", 66, 67, Unit.PERCENT),
        (r"\b(?:a|one)\s+quarter\b(?!\s+of\s+an\s+hour)", 25, 25, Unit.PERCENT),
        (r"\bthree\s+quarters\b", 75, 75, Unit.PERCENT),
        (r"\b(?:a|one)\s+fifth\b", 20, 20, Unit.PERCENT),
        (r"\b(?:a|one)\s+tenth\b", 10, 10, Unit.PERCENT),
        (
            r"\bevery\s+(?:second|other)\s+(?:user|customer|visitor|listener|request|one|person|session)\w*",
            50,
            50,
            Unit.PERCENT,
        ),
        (r"\bevery\s+third\b", 33, 34, Unit.PERCENT),
        (r"\bevery\s+fourth\b", 25, 25, Unit.PERCENT),
        (r"\bevery\s+fifth\b", 20, 20, Unit.PERCENT),
        (r"\bevery\s+tenth\b", 10, 10, Unit.PERCENT),
        (r"\bevery\s+twentieth\b", 5, 5, Unit.PERCENT),
        (r"\bevery\s+(?:hundredth|100th)\b", 1, 1, Unit.PERCENT),
        (r"\b(?:everybody|everyone|all\s+(?:of\s+the\s+)?traffic|all\s+users)\b", 100, 100, Unit.PERCENT),
    )
)
_SHARE = re.compile(
    rf"\b(?P<part>\d+|{_ONES}|ten)\s+(?:\w+\s+)?(?:in|out\s+of|of)\s+(?:every\s+|a\s+)?(?P<whole>\d+|{_NUMBER_WORD})\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\b(\d{1,2})\s?[/:-]\s?(\d{1,2})\b")
_FACTOR_OF = re.compile(r"\bfactors?\s+(?:of\s+)?(?:about\s+|roughly\s+|around\s+|up\s+to\s+)?$", re.IGNORECASE)
_RANGE_JOINT = re.compile(r"^\s*(?:-|–|—|to|and|or|through|up\s+to|,|/)\s*$", re.IGNORECASE)
_PERCENTILE = re.compile(r"\bp\s?-?$|percentile\s+$", re.IGNORECASE)


CENTS = 100
WHOLE_PERCENT = 100


@dataclass(frozen=True)
class Said:
    """A value from `low` to `high` in `unit` (None: no unit was said), at characters `start` to `end`."""

    start: int
    end: int
    low: float
    high: float
    unit: Unit | None

    def within(self, wanted: ValueRange) -> bool:
        """Whether it lies in the wanted range; a value without unit is a plain number or a count."""
        if not _same_family(self.unit, wanted.unit):
            return False
        low, high = self.low * _factor(self.unit), self.high * _factor(self.unit)
        scale = _factor(wanted.unit)
        at_least = wanted.min is None or high >= wanted.min * scale - 1e-9
        at_most = wanted.max is None or low <= wanted.max * scale + 1e-9
        if self.low != self.high:
            return at_least and at_most and (wanted.max is None or high <= wanted.max * scale * 2)
        return at_least and at_most


@lru_cache(maxsize=4096)
def values(text: str) -> tuple[Said, ...]:
    """All values said in the text, in order; numbers of a range share the unit that follows it."""
    found = sorted(_all(text), key=lambda said: (said.start, -said.end))
    kept: list[Said] = []
    for said in found:
        if not kept or said.start >= kept[-1].end:
            kept.append(said)
        elif said.unit is not None and kept[-1].unit is None:
            kept[-1] = said
    return tuple(_share_units(text, kept))


def matching(text: str, wanted: Iterable[ValueRange]) -> Iterator[tuple[ValueRange, Said]]:
    """Each wanted range that some value of the text falls into, with that value."""
    said = values(text)
    for wanted_range in wanted:
        hit = next((value for value in said if value.within(wanted_range)), None)
        if hit is not None:
            yield wanted_range, hit


def _same_family(said: Unit | None, wanted: Unit) -> bool:
    if said is None:
        return wanted in (Unit.NUMBER, Unit.COUNT)
    return said is wanted or (said in _TIME_IN_MS and wanted in _TIME_IN_MS)


def _factor(unit: Unit | None) -> float:
    return _TIME_IN_MS.get(unit, 1.0) if unit else 1.0


def _all(text: str) -> Iterator[Said]:
    for said in _numbers(text):
        if said.unit is Unit.COUNT:
            yield Said(said.start, said.end, said.low / CENTS, said.high / CENTS, Unit.US_DOLLARS)
        elif said.unit is None and _FACTOR_OF.search(text[: said.start]):
            yield Said(said.start, said.end, said.low, said.high, Unit.FACTOR)
        else:
            yield said
    yield from _shares(text)
    yield from _phrases(text)


def _numbers(text: str) -> Iterator[Said]:
    for match in _DIGITS.finditer(text):
        if _PERCENTILE.search(text[: match.start("number")][-12:]):
            continue
        number = float(match["number"].replace(",", ""))
        scale = (match["scale"] or "").strip().lower()
        end = match.end()
        if scale == "m" and not match["money"] and _SHORT_UNITS.match(text[match.end("number") :]):
            scale, end = "", match.end("number")  # "5m" is five minutes unless it is money
        number *= _SCALES.get(scale, 1)
        unit, end = _unit_after(text, end)
        if match["money"]:
            unit = Unit.US_DOLLARS
        yield Said(match.start(), end, number, number, unit)
    for match in _WORDS.finditer(text):
        spoken = _spoken(match)
        if spoken is None or _PERCENTILE.search(text[: match.start()][-12:]):
            continue
        unit, end = _unit_after(text, match.start() + len(match.group().rstrip(" -")))
        if unit is None and match.group().strip().lower() == "one":
            continue  # "the new one" is no number
        yield Said(match.start(), end, spoken, spoken, unit)


def _shares(text: str) -> Iterator[Said]:
    for match in _SHARE.finditer(text):
        part, whole = _number(match["part"]), _number(match["whole"])
        if part is not None and whole is not None and 0 < part < whole >= 5:  # noqa: PLR2004
            share = 100 * part / whole
            yield Said(match.start(), match.end(), share, share, Unit.PERCENT)
    for match in _SPLIT.finditer(text):
        parts = float(match[1]), float(match[2])
        if sum(parts) == WHOLE_PERCENT:  # "90/10"
            for i, part in enumerate(parts, start=1):
                yield Said(match.start(i), match.end(i), part, part, Unit.PERCENT)


def _phrases(text: str) -> Iterator[Said]:
    for pattern, low, high, phrase_unit in _PHRASES:
        for match in pattern.finditer(text):
            after, end = _unit_after(text, match.end())
            if phrase_unit is None and after is None:
                continue
            yield Said(match.start(), end if phrase_unit is None else match.end(), low, high, phrase_unit or after)


def _unit_after(text: str, at: int) -> tuple[Unit | None, int]:
    match = _UNIT.match(text, at)
    if match is None or match.lastgroup is None:
        return None, at
    return Unit[match.lastgroup], match.end()


def _spoken(match: re.Match[str]) -> float | None:
    if not match["whole"] and not match["point"]:
        return None
    whole = _number(("one " if match["a"] else "") + match["whole"]) if match["whole"] else 0.0
    if whole is None:
        return None
    if not match["point"]:
        return whole
    digits = "".join(_digits(word) for word in re.split(r"[\s-]+", match["point"].strip())[1:] if word)
    return whole + float(f"0.{digits}") if digits else whole


def _digits(word: str) -> str:
    if word.lower() == "oh":
        return "0"
    number = _number(word)
    return "" if number is None else f"{number:.0f}"


@lru_cache(maxsize=1024)
def _number(words: str) -> float | None:
    if words.isdigit():
        return float(words)
    try:
        return float(text2num(words.lower().replace("fourty", "forty").replace("-", " "), "en"))
    except ValueError:
        return None


def _share_units(text: str, found: list[Said]) -> list[Said]:
    """Give "5 to 10 ms" its unit at both ends, and "$50 to 60" its currency."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        here, there = shared[i], shared[i + 1]
        if here.unit is None and there.unit is not None and _RANGE_JOINT.match(text[here.end : there.start]):
            shared[i] = Said(here.start, here.end, here.low, here.high, there.unit)
    for i in range(1, len(shared)):
        before, here = shared[i - 1], shared[i]
        joint = _RANGE_JOINT.match(text[before.end : here.start])
        if here.unit is None and before.unit is Unit.US_DOLLARS and joint:
            shared[i] = Said(here.start, here.end, here.low, here.high, before.unit)
    return shared
