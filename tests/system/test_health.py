# SPDX-License-Identifier: Apache-2.0
"""Each action that the XML may choose for a fault: what becomes of the partition, of its counters, of
the others and of the system, and what the health monitor's log says."""
import re

import pytest
from boot import boot
from guests import build, failures, variant

FACT = re.compile(r"^\[P1\] ! (\S+) 0x([0-9A-F]+)$")
BREAKPOINT, MEM_PROTECTION, FATAL = 9, 4, 0
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
    "log.event": BREAKPOINT,
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
    "PARTITION_COLD_RESET": {"starts": 2, **status(BREAKPOINT)},
    "PARTITION_WARM_RESET": {
        "starts": 2,
        "resets": 1,
        "table.resets": 1,
        "data": 0xBAD,
        **status(BREAKPOINT),
    },
    "SUSPEND": {"state": SUSPENDED, "resumed.went_on": 1, **STOPPED},
    "PARTITION_HALT": {"state": HALTED, **STOPPED},
    "PROPAGATE": {"went_on": 1, "trapped": 4},
    "SWITCH_TO_MAINTENANCE": {"plan": 1, "plan.prev": 0, "bystander": 0, **STOPPED},
}


def system(kind, event, action, log="yes"):
    base = build("tests/system/health")
    name = f"{kind}-{action}-{log}".lower().replace("_", "-")

    def edit(xml):
        xml = xml.replace('name="breakpoint" console', f'name="{kind}" console')
        xml = xml.replace("EV_X86_BREAKPOINT", f"EV_{event}")
        return xml.replace('AC_IGNORE" log="no"', f'AC_{action}" log="{log}"')

    return variant(base, name, edit, PROGRAMS)


def facts(result):
    return {m[1]: int(m[2], 16) for m in map(FACT.match, result.lines) if m}


@pytest.mark.parametrize("action", ACTIONS)
def test_action(action):
    result = boot(system("breakpoint", "X86_BREAKPOINT", action), timeout=20)
    assert facts(result) == {**COMMON, **LOG, **ACTIONS[action]}


def test_log_is_off():
    result = boot(system("breakpoint", "X86_BREAKPOINT", "PARTITION_HALT", "no"), timeout=20)
    assert facts(result) == {**COMMON, "log.events": 0, **ACTIONS["PARTITION_HALT"]}


@pytest.mark.parametrize("action, resets", [("COLD", 0), ("WARM", 1)])
def test_hypervisor_reset(action, resets):
    result = boot(system("breakpoint", "X86_BREAKPOINT", f"HYPERVISOR_{action}_RESET"), timeout=20)
    cause = MODULE_RESTART | BREAKPOINT
    assert result.text.count("[P1] boot") == 2
    assert facts(result) == {
        **COMMON,
        **LOG,
        "boots": 2,
        "starts": 2,
        "system.resets": resets,
        "system.events": 0,
        "own.status": cause,
        "status": cause,
        "table.status": cause,
    }


def test_hypervisor_halt():
    result = boot(system("breakpoint", "X86_BREAKPOINT", "HYPERVISOR_HALT"), timeout=20)
    assert facts(result) == {}
    assert "[P1] boot 1" in result.lines


@pytest.mark.parametrize(
    "kind, event, number",
    [
        ("memory", "MEM_PROTECTION", MEM_PROTECTION),
        ("page", "X86_PAGE_FAULT", 20),
        ("invalid", "X86_INVALID_OPCODE", 12),
    ],
)
def test_other_events(kind, event, number):
    result = boot(system(kind, event, "PARTITION_COLD_RESET"), timeout=20)
    assert facts(result) == {**COMMON, **LOG, "starts": 2, **status(number), "log.event": number}


@pytest.mark.parametrize(
    "kind, event, vector", [("page", "X86_PAGE_FAULT", 14), ("invalid", "X86_INVALID_OPCODE", 6)]
)
def test_propagated(kind, event, vector):
    result = boot(system(kind, event, "PROPAGATE"), timeout=20)
    expected = {"went_on": 1, "trapped": vector + 1, "log.event": 6 + vector}
    if vector == 14:
        expected["trap.error"] = 6  # a write of user mode to a page that is not there
    assert facts(result) == {**COMMON, **LOG, **expected}


def test_fatal_error():
    result = boot(system("fatal", "FATAL_ERROR", "PARTITION_HALT"), timeout=20)
    got = facts(result)
    expected = {**COMMON, **LOG, **ACTIONS["PARTITION_HALT"], "log.event": FATAL}
    assert {**got, "log.pc": 0} == expected


def test_fatal_error_halts_all():
    result = boot(system("fatal", "FATAL_ERROR", "HYPERVISOR_HALT"), timeout=20)
    assert facts(result) == {}


def test_log_ring():
    result = boot(system("many", "X86_BREAKPOINT", "IGNORE"), timeout=20)
    assert failures(result, {1: 24}) == []
