# SPDX-License-Identifier: Apache-2.0
"""Compares a run's output with a system's expected.txt.

Lines are literal. A line that starts with `~ ` is a regular expression that the whole line must
match: for values that may differ between compilers and machines.
"""
import re


def mismatch(expected: list, lines: list) -> str:
    """Empty if they agree, else where and how they first differ, with both lines."""
    for number, (want, have) in enumerate(zip(expected, lines), 1):
        if want.startswith("~ "):
            same = re.fullmatch(want[2:], have) is not None
        else:
            same = want == have
        if not same:
            return f"line {number}\n  expected: {want}\n  found:    {have}"
    if len(lines) > len(expected):
        return f"{len(lines) - len(expected)} lines too many, first: {lines[len(expected)]}"
    if len(expected) > len(lines):
        return f"{len(expected) - len(lines)} lines missing, first: {expected[len(lines)]}"
    return ""
