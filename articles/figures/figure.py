"""A metric as comparing sees it: what it counts, where, when, and what its amount allows."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from articles.figures.bounds import Bounds
from articles.figures.setting import Setting

# 镇(乡、街道), 县(市)区: how many there are is no result, and how many took part is said of every campaign.
_ADMINISTRATIVE = re.compile("(?:全[省市区县])?[各省市区县旗州盟乡镇街道村社()、]+级?")
_EVENTS = frozenset(
    ("次", "场", "期", "轮", "趟", "堂", "讲", "节", "场次", "批次", "届次", "人次", "户次", "家次")
)


@lru_cache(maxsize=1)
def _general_subjects() -> frozenset[str]:
    lines = Path(__file__).with_name("general.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric with what comparing needs. `id` and `article` are keys; later parts are of their first's article.

    `region` is a code, `issue` any key of what was printed together, `day` ISO, maybe only a year, or empty.
    `sentence` tells which figures stand in one. `hedged` figures carry a qualifier.
    """

    id: int
    article: int
    region: str
    subject: str
    key: str
    unit: str
    kind: str
    value: Decimal
    bounds: Bounds
    issue: int | None = None
    day: str = ""
    of: Decimal | None = None
    hedged: bool = False
    sentence: str = ""
    setting: Setting = field(default_factory=Setting)

    @property
    def series(self) -> tuple[str, str, str, str]:
        """What has to be the same for two figures to be of one thing."""
        return self.region, self.key, self.unit, self.kind

    @property
    def general(self) -> bool:
        return (
            len(self.key) < 2 or self.key in _general_subjects() or bool(_ADMINISTRATIVE.fullmatch(self.key))
        )

    @property
    def rate(self) -> bool:
        return self.unit in ("%", "‰")

    @property
    def stock(self) -> bool:
        """Whether it counts what is there; what happened adds up as time goes by."""
        return self.setting.stock and self.unit not in _EVENTS
