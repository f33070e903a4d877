"""Whether a change to a question touches its words alone, or what counts as right."""

from smm_academy.quizzes.questions import (
    ChoiceKey,
    ClozeKey,
    Gap,
    Key,
    NumericKey,
    OrderKey,
    PairKey,
    TextKey,
)


def key_shape(key: Key) -> tuple[object, ...]:
    """Return what two keys share when only words differ: which places are right, which numbers.

    Accepted words and patterns are kept as they are: to accept another word is to change the key.
    """
    match key:
        case ChoiceKey():
            return key.type, *(option.correct for option in key.options)
        case NumericKey():
            return key.type, *((one.value, one.tolerance, one.unit) for one in key.accepted)
        case TextKey():
            return key.type, *((one.text, one.is_pattern) for one in key.accepted)
        case PairKey():
            places = {label.id: at for at, label in enumerate(key.labels)}
            return key.type, len(key.labels), *(places.get(row.label, -1) for row in key.rows)
        case OrderKey():
            return key.type, len(key.steps)
        case ClozeKey():
            return key.type, *(_gap_shape(gap) for gap in key.gaps)


def _gap_shape(gap: Gap) -> object:
    if not gap.choices:
        return gap.accepted
    right = [choice.text in gap.accepted or choice.id in gap.accepted for choice in gap.choices]
    return tuple(right)
