# SPDX-License-Identifier: Apache-2.0
"""One attempt after another by a partition to get out of its room: each must end in one of the ways
that tests/hostile/attacks/list.h gives it, and the partition in the next slot must not notice."""
from boot import boot
from guests import build, checks, failures


def test_attacks():
    result = boot(build("tests/hostile/attacks"), timeout=40)
    assert failures(result, {2: 305}) == []
    assert {line[0] for line in checks(result)} == {2}
