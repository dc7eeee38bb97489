"""What a reader is told when a query could not be read as it stands: one sentence each.

The msgids are listed for translators in `search.say`.
"""

from search.query.saying import Saying


def too_long(number: int) -> Saying:
    return Saying("Only the first %(number)s characters were read.", {"number": number})


def too_many(number: int) -> Saying:
    return Saying("Only the first %(number)s conditions were used.", {"number": number})


def too_deep(number: int) -> Saying:
    return Saying("Parentheses more than %(number)s deep were not read.", {"number": number})


def unclosed() -> Saying:
    return Saying("A quotation mark is not closed; the phrase was read to the end.")


def unpaired() -> Saying:
    return Saying("Parentheses do not pair; they were completed or passed over.")


def idle(operator: str) -> Saying:
    return Saying("“%(operator)s” has nothing to join and was passed over.", {"operator": operator})


def empty(field: str) -> Saying:
    return Saying("Nothing is asked of the field “%(field)s”; it was passed over.", {"field": field})


def no_date(text: str) -> Saying:
    return Saying(
        "“%(text)s” is no date (2024, 2024-07, 2023..2024, >=2023-05); it was searched for as words.",
        {"text": text},
    )


def no_condition(text: str) -> Saying:
    return Saying(
        "“%(text)s” is no condition on a figure (办复率>=90%%); it was searched for as words.", {"text": text}
    )


def star_inside(text: str) -> Saying:
    return Saying("A star can only end a word; “%(text)s” was read without the others.", {"text": text})


def not_near() -> Saying:
    return Saying(
        "Only words and phrases of one text can be near each other; the others must simply all hold."
    )


def nearly(operator: str, where: str) -> Saying:
    return Saying("“%(operator)s” was read as: %(where)s.", {"operator": operator, "where": Saying(where)})


def not_here(code: str, name: str) -> Saying:
    return Saying(
        "The archive has no field %(code)s (%(name)s); what was asked of it was passed over.",
        {"code": code, "name": Saying(name)},
    )


def instead(code: str, name: str, other: str) -> Saying:
    return Saying(
        "The archive has no field %(code)s (%(name)s); the %(other)s was searched instead.",
        {"code": code, "name": Saying(name), "other": Saying(other)},
    )


def instead_of(field: str, other: str) -> Saying:
    return Saying(
        "The archive has no field “%(field)s”; the %(other)s was searched instead.",
        {"field": field, "other": Saying(other)},
    )


def unknown(code: str) -> Saying:
    return Saying("There is no field %(code)s; what was asked of it was passed over.", {"code": code})


def alone(text: str) -> Saying:
    return Saying("Nothing else was asked; so “%(text)s” was searched for as words.", {"text": text})


def not_counted(text: str) -> Saying:
    return Saying("“%(text)s”: how often a word stands cannot be asked; that it stands is.", {"text": text})


def not_read(text: str) -> Saying:
    return Saying("“%(text)s” could not be read; it was searched for as words.", {"text": text})
