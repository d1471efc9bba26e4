# SPDX-License-Identifier: Apache-2.0
"""What the subcommands say to a person: refusals, colours."""


class Refused(Exception):
    """Input that is refused, or something that is missing: exit status 2."""


def paint(text: str, code: int) -> str:
    """`text` in a colour of ECMA-48 (31 is red)."""
    return f"\x1b[{code}m{text}\x1b[0m"
