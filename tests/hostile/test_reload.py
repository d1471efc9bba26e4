# SPDX-License-Identifier: Apache-2.0
"""A cold reload of many slots, interrupted at every stage by a warm reset, another cold one, a halt
and a suspension: nobody else notices, and a cold reset that is left alone brings the partition back."""
from boot import boot, both
from guests import build, failures


@both
def test_reload(arch):
    result = boot(build("tests/hostile/reload", arch=arch), timeout=40)
    # one try for each frame that the reload takes: the decoder of AArch64 needs fewer of them
    assert failures(result, {1: 270 if arch == "x86" else 200}) == []
