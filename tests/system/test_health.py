# SPDX-License-Identifier: Apache-2.0
"""Each action that the XML may choose for a fault: what becomes of the partition, of its counters, of
the others and of the system, and what the health monitor's log says."""
import re

import pytest
from boot import boot, both
from guests import build, failures, variant

FACT = re.compile(r"^\[P1\] ! (\S+) 0x([0-9A-F]+)$")
MEM_PROTECTION, FATAL = 4, 0
# By architecture: the fault after which a program goes on (x86 int3, AArch64 svc), and two more.
BREAK = {"x86": ("X86_BREAKPOINT", 9), "aarch64": ("ARM_PREFETCH_ABORT", 7)}
PAGE = {"x86": ("X86_PAGE_FAULT", 20), "aarch64": ("ARM_INSTR_PERMISSION_FAULT", 14)}
INVALID = {"x86": ("X86_INVALID_OPCODE", 12), "aarch64": ("ARM_UNDEF_INSTR", 6)}
READY, SUSPENDED, HALTED = 1, 2, 3
PROGRAMS = {0: "faulty.pef", 1: "boss.pef", 2: "bystander.pef"}
RESTART = 3 << 16
MODULE_RESTART = 2 << 16

# What holds whatever happens, unless the case says otherwise.
COMMON = {
    "boots": 1,
    "system.resets": 0,
    "system.events": 1,
    "own.status": 0,
    "state": READY,
    "starts": 1,
    "resets": 0,
    "status": 0,
    "table.resets": 0,
    "table.status": 0,
    "data": 0x600D,
    "faults": 1,
    "went_on": 0,
    "trapped": 0,
    "trap.ip": 0,
    "trap.error": 0,
    "shutdowns": 0,
    "plan": 0,
    "plan.prev": 0xFFFFFFFF,
    "beats": 3,
    "bystander": 3,
}
LOG = {
    "log.events": 1,
    "log.partition": 0,
    "log.vcpu": 0,
    "log.sequence": 0,
    "log.system": 0,
    "log.valid": 1,
    "log.signature": 0xFECF,
    "log.sum": 0xFFFF,
    "log.pc": 0,
    "log.psr": 0x202,
    "log.frame": 2,
}
STOPPED = {"beats": 0}


def status(event):
    return {"status": RESTART | event, "table.status": RESTART | event}


ACTIONS = {
    "IGNORE": {"went_on": 1},
    "SHUTDOWN": {"went_on": 1, "shutdowns": 1},
    "PARTITION_COLD_RESET": {"starts": 2},
    "PARTITION_WARM_RESET": {"starts": 2, "resets": 1, "table.resets": 1, "data": 0xBAD},
    "SUSPEND": {"state": SUSPENDED, "resumed.went_on": 1, **STOPPED},
    "PARTITION_HALT": {"state": HALTED, **STOPPED},
    "PROPAGATE": {"went_on": 1},
    "SWITCH_TO_MAINTENANCE": {"plan": 1, "plan.prev": 0, "bystander": 0, **STOPPED},
}


def expected(arch, number, action=None):
    """What must be told: of an action for the event, or of none."""
    facts = {**COMMON, **LOG, "log.event": number, **ACTIONS.get(action, {})}
    if action in ("PARTITION_COLD_RESET", "PARTITION_WARM_RESET"):
        facts |= status(number)
    if action == "PROPAGATE":
        facts["trapped"] = number - 6 + 1
    return facts


def system(kind, event, action, log="yes", arch="x86"):
    base = build("tests/system/health", arch=arch)
    name = f"{kind}-{action}-{log}".lower().replace("_", "-")

    def edit(xml):
        foreign = [f"EV_{event}" for other, (event, _) in BREAK.items() if other != arch]
        lines = [line for line in xml.splitlines(True) if not any(w in line for w in foreign)]
        xml = "".join(lines)
        xml = xml.replace('name="breakpoint" console', f'name="{kind}" console')
        xml = xml.replace(f"EV_{BREAK[arch][0]}", f"EV_{event}")
        return xml.replace('AC_IGNORE" log="no"', f'AC_{action}" log="{log}"')

    return variant(base, name, edit, PROGRAMS, arch)


def facts(result, arch="x86"):
    """On AArch64 an exception is logged where BAIL hands it over, and psr is another word."""
    found = {m[1]: int(m[2], 16) for m in map(FACT.match, result.lines) if m}
    if arch == "aarch64" and "log.psr" in found:
        found["log.psr"] = LOG["log.psr"]
        if found["log.event"] < PAGE[arch][1]:
            found["log.pc"] = 0
    return found


@both
@pytest.mark.parametrize("action", ACTIONS)
def test_action(action, arch):
    if (action, arch) == ("SHUTDOWN", "aarch64"):
        return  # not permitted on its traps
    event, number = BREAK[arch]
    result = boot(system("breakpoint", event, action, arch=arch), timeout=20)
    assert facts(result, arch) == expected(arch, number, action)


@both
def test_log_is_off(arch):
    event = BREAK[arch][0]
    result = boot(system("breakpoint", event, "PARTITION_HALT", "no", arch), timeout=20)
    assert facts(result, arch) == {**COMMON, "log.events": 0, **ACTIONS["PARTITION_HALT"]}


@both
@pytest.mark.parametrize("action, resets", [("COLD", 0), ("WARM", 1)])
def test_hypervisor_reset(action, resets, arch):
    event, number = BREAK[arch]
    result = boot(system("breakpoint", event, f"HYPERVISOR_{action}_RESET", arch=arch), timeout=20)
    cause = MODULE_RESTART | number
    assert result.text.count("[P1] boot") == 2
    assert facts(result, arch) == {
        **expected(arch, number),
        "boots": 2,
        "starts": 2,
        "system.resets": resets,
        "system.events": 0,
        "own.status": cause,
        "status": cause,
        "table.status": cause,
    }


@both
def test_hypervisor_halt(arch):
    result = boot(system("breakpoint", BREAK[arch][0], "HYPERVISOR_HALT", arch=arch), timeout=20)
    assert facts(result) == {}
    assert "[P1] boot 1" in result.lines


def test_memory_protection():
    result = boot(system("memory", "MEM_PROTECTION", "PARTITION_COLD_RESET"), timeout=20)
    assert facts(result) == expected("x86", MEM_PROTECTION, "PARTITION_COLD_RESET")


@both
@pytest.mark.parametrize("kind, events", [("page", PAGE), ("invalid", INVALID)])
def test_other_events(kind, events, arch):
    event, number = events[arch]
    result = boot(system(kind, event, "PARTITION_COLD_RESET", arch=arch), timeout=20)
    assert facts(result, arch) == expected(arch, number, "PARTITION_COLD_RESET")


@both
@pytest.mark.parametrize("kind, events", [("page", PAGE), ("invalid", INVALID)])
def test_propagated(kind, events, arch):
    event, number = events[arch]
    result = boot(system(kind, event, "PROPAGATE", arch=arch), timeout=20)
    wanted = expected(arch, number, "PROPAGATE")
    if (kind, arch) == ("page", "x86"):
        wanted["trap.error"] = 6  # a write of user mode to a page that is not there
    assert facts(result, arch) == wanted


@both
def test_fatal_error(arch):
    result = boot(system("fatal", "FATAL_ERROR", "PARTITION_HALT", arch=arch), timeout=20)
    assert {**facts(result, arch), "log.pc": 0} == expected(arch, FATAL, "PARTITION_HALT")


@both
def test_fatal_error_halts_all(arch):
    result = boot(system("fatal", "FATAL_ERROR", "HYPERVISOR_HALT", arch=arch), timeout=20)
    assert facts(result, arch) == {}


@both
def test_log_ring(arch):
    result = boot(system("many", BREAK[arch][0], "IGNORE", arch=arch), timeout=20)
    assert failures(result, {1: 24}) == []
