"""Times as clients see them."""


def moment(at: float) -> float:
    """Seconds since the epoch, to the millisecond, as `received` has it."""
    return round(at, 3)
