"""Properties of frozen records that are worked out at the first look."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):
    """As functools.cached_property, without the lock that costs more than most of what is worked out here.

    (Python 3.12 gave the lock up as well.) The record needs a `__dict__`.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self._name = work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, record: None, owner: type) -> Self: ...
    @overload
    def __get__(self, record: object, owner: type) -> T: ...
    def __get__(self, record: object | None, owner: type) -> T | Self:
        if record is None:
            return self
        found = record.__dict__[self._name] = self._work(record)
        return found
