# SPDX-License-Identifier: Apache-2.0
"""Every call of this version with every result code of the contract, from an ordinary partition (0),
a system partition (1) and one of two vCPUs (4). The expected codes stand in tests/system/conform/*.c."""
from boot import boot, both
from guests import build, failures


LEAST = {"x86": {0: 910, 1: 981, 4: 14}, "aarch64": {0: 650, 1: 720, 4: 14}}  # checks


@both
def test_codes_and_effects(arch):
    result = boot(build("tests/system/conform", arch=arch), timeout=20)
    assert failures(result, LEAST[arch]) == []
