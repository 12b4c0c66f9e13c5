"""What is written to the operator's terminal."""


def one_line(text: str) -> str:
    """App users choose their IDs and names: nothing in them may steer the terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
