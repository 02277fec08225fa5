"""An attribute that is worked out when it is first asked for.

`functools.cached_property` takes a lock each time until Python 3.12, which costs more than most of what
is worked out here.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class lazy(Generic[Value]):  # noqa: N801 - reads as what it does, as property does
    """Decorate a method so that its answer is kept in the object, under its own name."""

    def __init__(self, work: Callable[[Any], Value]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, kind: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: object, kind: type) -> Value:
        """Work it out; from then on the object's own attribute is found first."""
        value = owner.__dict__[self._name] = self._work(owner)
        return value
