"""The line ends of texts from different systems."""


def unify_line_ends(text: str) -> str:
    """Return a text whose lines end in a line feed, whether they came with one, with a carriage return or with both."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
