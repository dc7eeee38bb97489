"""Words that begin, end or make up the name of what is counted."""

import re
from dataclasses import dataclass
from functools import lru_cache

from articles.ingest.patterns import load


@dataclass(frozen=True, slots=True)
class Words:
    """The words of patterns/metrics.toml that cut a subject out of its clause, compiled."""

    verb: re.Pattern[str]
    predicate: re.Pattern[str]
    lead: re.Pattern[str]
    trail: re.Pattern[str]
    bare: re.Pattern[str]
    change: re.Pattern[str]
    noun_end: re.Pattern[str]
    noun: re.Pattern[str]
    empty: re.Pattern[str]
    member: re.Pattern[str]
    owner: re.Pattern[str]
    rhetoric: re.Pattern[str]
    modifier: re.Pattern[str]


# What no noun phrase goes on after: 30个小组为示范小组, 5个小组对单位进行点评.
_PREPOSITION = (
    r"为(?<![行作人]为)(?![民了])|对(?<![相应面结]对)(?![口象外])|"
    r"在(?<![现所存潜]在)(?![线职校岗建籍册编读港澳台京沪外])"
)


@lru_cache(maxsize=1)
def subject_words() -> Words:
    words = load("metrics").words
    year = r"[^,]{0,3}[一两二三四五六七八九十几\d]+年多?来"
    every = f"(?:平均)?每(?:逢[一-龥]{{1,2}}[月周日年]|{words['period']})"
    adverbs = f"{year}|{every}|平均每[一-龥]{{1,5}}$|{words['lead']}"
    return Words(
        verb=re.compile(words["verb"] + "[了过]?"),
        predicate=re.compile(f"(?:{words['predicate']}|{words['verb']}|(?<![理自])由|{_PREPOSITION})"),
        # 对接, 就业 and 为民办实事 begin with no preposition.
        lead=re.compile(f"^(?:(?!对[接口应]|就业|为民|在线|让利|更新|还款)(?:{adverbs}|[、,和与及]))+"),
        trail=re.compile(rf"(?:{words['trail']}|20\d\d年[底末初]?|(?<![人户亩日年])均)+$"),
        bare=re.compile(words["bare"]),
        change=re.compile(words["change"]),
        noun_end=re.compile(f"{words['modifier']}{{0,2}}(?:{words['noun_end']})"),
        noun=re.compile(words["noun"]),
        empty=re.compile(f"(?:{adverbs}|{words['trail']}|{words['verb']}|[和并、请及与坚持做到])*+"),
        member=re.compile(words["member"]),
        owner=re.compile(words["owner"] + "$"),
        rhetoric=re.compile(words["rhetoric"]),
        modifier=re.compile(words["modifier"]),
    )


def describes(verb: str, tail: str) -> bool:
    """Whether the verb is part of a noun with the words behind it: 转化率, 联系点, 服务活动."""
    words = subject_words()
    return bool(words.modifier.fullmatch(verb) and words.noun_end.match(tail))
