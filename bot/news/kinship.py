"""Which of two related shows the news is about: "X spin-off Y", "Y, a prequel to X", "new X series Y"."""

import re
from collections.abc import Sequence

from bot.model import Show
from bot.news.mentions import Role
from bot.news.sheet import Named

_NEAR = 40
_DERIVED = (
    r"(?:spin[- ]?offs?|prequels?|preludes?|sequels?|offshoots?|follow[- ]ups?|reboots?|ableger|nachfolger|"
    r"pr[ée]quel|precuelas?|prequela|derivad[ao]|d[ée]riv[ée]e)"
)
_OF = r"(?:of|to|de|von|zu|zum|zur|di|van|da|do|del|della|du|des|av|af|op)"
_AFTER_PARENT = re.compile(
    rf"['’”\"»‘]?(?:['’]s)?\s(?:second |new |first )?(?:{_DERIVED}|universe|franchise)\b"
    rf"(?!\s(?:series\s)?{_OF}\b)",
    re.I,
)
_BEFORE_PARENT = re.compile(
    rf"\b{_DERIVED}\s(?:series\s|show\s)?{_OF}\s(?:\w{{1,4}}['’]?\s?)?['\"“‘«„]?$", re.I
)


def roles(text: str, named: Sequence[Named]) -> tuple[Role, ...]:
    """Give the role of each mention, parents judged by the words beside them."""
    return tuple(_role(text, one, named) for one in named)


def _role(text: str, one: Named, named: Sequence[Named]) -> Role:
    if one.role is Role.CREDIT or one.role is Role.COMPARISON:
        return one.role
    after = text[one.end : one.end + _NEAR]
    before = text[max(0, one.start - _NEAR) : one.start]
    if _AFTER_PARENT.match(after) and _is_other_named(one, named):
        return Role.PARENT
    if _BEFORE_PARENT.search(before):
        return Role.PARENT
    return Role.PARENT if _has_offspring(one, named) and "new" in before.lower().split()[-2:] else Role.PLAIN


def _is_other_named(one: Named, named: Sequence[Named]) -> bool:
    return any(other.show.id != one.show.id for other in named)


def _has_offspring(one: Named, named: Sequence[Named]) -> bool:
    """Say whether another show is named whose name begins with this one's and goes on."""
    return any(_comes_from(other.show, one.show) for other in named)


def has_parent(show: Show, named: Sequence[Named]) -> bool:
    """Say whether a show is named whose name begins that of `show`."""
    return any(_comes_from(show, other.show) for other in named)


def _comes_from(show: Show, parent: Show) -> bool:
    return show.name.startswith((f"{parent.name}:", f"{parent.name} "))
