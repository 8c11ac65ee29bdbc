"""What is going on, for a person who waits: one line on stderr, if that is a terminal."""

import sys


def tell(text: str) -> None:
    """Shows `text` in place of what was told before; an empty one clears the line."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
