# SPDX-License-Identifier: Apache-2.0
"""The hypervisor's trace stream with every module on: each event of a program's life, word for word
and in order; and that streams are there after a warm restart of the system."""
from boot import boot, both
from guests import build, failures


@both
def test_audit(arch):
    result = boot(build("tests/system/audit", arch=arch), timeout=60)
    assert failures(result, {0: {"x86": 223, "aarch64": 158}[arch]}) == []
