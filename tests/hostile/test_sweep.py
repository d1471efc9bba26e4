# SPDX-License-Identifier: Apache-2.0
"""Every name of a system register and of a system instruction, read and written at EL1 and EL0: what
does something stands in the core's table as saved, own value or open, or is an instruction that EL1
has by right; everything else is stopped, and the partition in the next slot does not notice."""
import re
import subprocess

import pytest
from boot import ARCHS, ROOT, boot
from guests import build, failures

pytestmark = pytest.mark.skipif("aarch64" not in ARCHS, reason="registers of AArch64")

TABLE = ROOT / "core/arch/aarch64/sysregs.def"
ROW = re.compile(r"^([A-Z]+)\((\w+)(?:, (.*?))?\)", re.M)
SAVED = ("SAVED", "ALSO", "LAST")
NEWER = ("AUX", "AUTH", "SME", "RAS")
NAMES = 3 * 2 * 2**14 + 2**14 - 16  # read and written, op0 0 only written, not MSR SPSel
OTHER_NAMES = {"vdisr_el2": "s3_0_c12_c1_1"}  # what EL1 calls it

# Not of the table: identification (HCR_EL2.TID3 answers), FPCR and FPSR, and what has no state.
REGISTERS = r"s3_0_c0_c[1-7]_[0-7]|s3_3_c4_c4_[01]"
INSTRUCTIONS = "|".join([
    r"s0_3_c[23]_c\d+_[0-7]",  # hints, barriers
    r"s0_0_c4_c\d+_[0-5]|s0_3_c4_c\d+_[12467]",  # fields of PSTATE; not 3: SVCR
    r"s1_0_c7_c[15]_0|s1_3_c7_c5_1",  # IC
    r"s1_0_c7_c6_1|s1_3_c7_c(4|10|11|12|13|14)_1",  # DC by address, ZVA
    r"s1_0_c7_c8_[0-3]|s1_0_c7_c9_[01]",  # AT of stage 1
    r"s1_0_c8_c[123567]_[012357]",  # TLBI of the own VMID
    r"s1_3_c7_c3_[457]",  # predictions of the own context
])
# QEMU 7.2 does not trap them (HCR_EL2.TIDCP); they keep nothing there.
IMPLEMENTATION_DEFINED = r"s[13]_[0-7]_c1[15]_c\d+_[0-7]"


def encodings(names: list, folder) -> dict:
    """{name of a register: its numbers}, as the assembler knows them."""
    source, object_file, binary = (folder / name for name in ("x.s", "x.o", "x.bin"))
    lines = "".join(f"mrs x0, {name}\n" for name in names)
    source.write_text(".arch armv8.5-a+sve\n" + lines)
    for command in ("as", "-o", object_file, source), ("objcopy", "-O", "binary", object_file, binary):
        subprocess.run([f"aarch64-linux-gnu-{command[0]}", *command[1:]], check=True)
    data = binary.read_bytes()
    found = {}
    for number, name in enumerate(names):
        word = int.from_bytes(data[4 * number : 4 * number + 4], "little")
        op0, op1, crn = word >> 19 & 3, word >> 16 & 7, word >> 12 & 15
        found[name] = f"s{op0}_{op1}_c{crn}_c{word >> 8 & 15}_{word >> 5 & 7}"
    return found


def numbers(text: str) -> str:
    op0, op1, crn, crm, op2 = text.split(", ")[:5]
    return f"s{op0}_{op1}_c{crn}_c{crm}_{op2}"


@pytest.mark.parametrize("cpu", ["cortex-a72", "max"])
def test_sweep(cpu, tmp_path):
    rows = ROW.findall(TABLE.read_text())
    saved = {name: name for kind, name, _ in rows if kind in SAVED and name != "sp_el1"}
    newer = {name: OTHER_NAMES.get(name, rest) for kind, name, rest in rows if kind in NEWER}
    names = encodings([*saved.values(), *newer.values()], tmp_path)
    saved = {names[name] for name in saved.values()}
    newer = {names[name] for name in newer.values()}
    rest = {numbers(rest) for kind, _, rest in rows if kind in ("OWN", "OPEN")}

    result = boot(build("tests/hostile/sweep", arch="aarch64"), arch="aarch64", cpu=cpu, timeout=60)
    assert failures(result, {0: 6, 1: 8}) == []
    done = set(re.findall(r"EL([01]) (m[rs][rs]) (s\d_\d_c\d+_c\d+_\d)$", result.text, re.M))
    sums = re.findall(r"(\d+) executed, (\d+) caught, (\d+) events$", result.text, re.M)
    assert [sum(map(int, each)) for each in sums] == [NAMES, NAMES]

    must = saved | (newer if cpu == "max" else set())
    for way in ("mrs", "msr"):
        assert {name for name in must if ("1", way, name) not in done} == set()
    may = saved | newer | rest
    pattern = re.compile("|".join([REGISTERS, INSTRUCTIONS, IMPLEMENTATION_DEFINED]))
    strange = [each for each in done if each[2] not in may and not pattern.fullmatch(each[2])]
    # EL0 has the names of op1 3, and of PSTATE.
    strange += [each for each in done if each[0] == "0" and not re.match(r"s0|s\d_3", each[2])]
    assert sorted(strange) == []
