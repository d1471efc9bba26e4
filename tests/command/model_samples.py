# SPDX-License-Identifier: Apache-2.0
"""Systems for the tests of `prtos report`, `plot` and `diff`, as the resolved model that
prtoscparser hands over, without a run of it: also such as it would never make."""
import copy
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "user"))

KB, MB = 1024, 1024 * 1024
EVENTS = ["FATAL_ERROR", "SYSTEM_ERROR", "X86_DIVIDE_ERROR", "X86_PAGE_FAULT"]
NASTY = ['<b>&"bold"', "a'b<script>", "größe-✓-日本", "%s {{ x }}"]


def at(line: int, file: int = 0) -> dict:
    return {"file": file, "line": line}


def health(action: str, stated: dict | None = None) -> list:
    """All events; `stated`: {event: (action, log)}."""
    rows = []
    for event in EVENTS:
        chosen, log = (stated or {}).get(event, (action, False))
        row = {"event": f"PRTOS_HM_EV_{event}", "action": f"PRTOS_HM_AC_{chosen}", "log": log}
        rows.append(row | {"stated": event in (stated or {})})
    return rows


def area(start: int, size: int, name=None, flags=(), mapped_at=None, line=50) -> dict:
    mapped = start if mapped_at is None else mapped_at
    result = {"name": name, "start": start, "size": size, "mapped_at": mapped}
    return result | {"flags": list(flags), "entry": name is None, "where": at(line)}


def port(name: str, kind: str, direction: str, channel=None, line=60) -> dict:
    result = {"name": name, "type": kind, "direction": direction, "channel": channel}
    return result | {"where": at(line)}


def partition(number: int, name: str | None, **more) -> dict:
    base = {
        "id": number,
        "name": name,
        "flags": [],
        "hw_virt": False,
        "console": None,
        "trace": {"device": None, "mask": 0},
        "control_table": {"start": 0xFBFC0000, "size": 4096},
        "vcpus": [{"id": 0, "processor": 0}],
        "areas": [area(0x6000000 + number * MB, MB, line=50 + number)],
        "ports": [],
        "lines": [],
        "ioports": [],
        "health": health("PARTITION_HALT"),
        "where": at(40 + number),
    }
    return base | more


def slot(number: int, start: int, end: int, owner: int, vcpu: int = 0) -> dict:
    times = {"id": number, "start": start, "end": end}
    return times | {"partition": owner, "vcpu": vcpu, "where": at(20 + number)}


def plan(number: int, name: str | None, frame: int, slots: list) -> dict:
    """`slots`: (start, end, partition) or (start, end, partition, vcpu)."""
    made = [slot(n, *each) for n, each in enumerate(slots)]
    return {"id": number, "name": name, "frame": frame, "where": at(10 + number), "slots": made}


def processors(*cpus: list) -> list:
    return [{"id": n, "khz": 0, "where": at(8 + n), "plans": plans} for n, plans in enumerate(cpus)]


def channel(number: int, kind: str, source: tuple, destinations: list, **more) -> dict:
    base = {"id": number, "type": kind, "message_size": 24}
    base |= {"messages": 8 if kind == "queuing" else None}
    base |= {"valid_period": 20000 if kind == "sampling" else None}
    ends = [{"partition": p, "port": name} for p, name in destinations]
    base |= {"source": {"partition": source[0], "port": source[1]}, "destinations": ends}
    return base | {"where": at(80 + number)} | more


def system(name: str, partitions: list, cpus: list, **more) -> dict:
    base = {
        "format": "prtos-model-1",
        "files": ["system.xml"],
        "architecture": "x86",
        "platform": "pc",
        "system": {"name": name, "version": "1.0.0", "plan0_reenter": False, "where": at(2)},
        "hypervisor": {
            "start": 16 * MB,
            "size": 4 * MB,
            "flags": [],
            "needed": 208896,
            "parts": [{"name": "core", "size": 131072}, {"name": "pools", "size": 77824}],
            "console": None,
            "health_log": None,
            "trace": {"device": None, "mask": 0},
            "health": health("HYPERVISOR_HALT"),
            "where": at(30),
        },
        "regions": [{"type": "ram", "start": 0, "size": 512 * MB, "where": at(5)}],
        "reserved": [
            {"start": 0xFEC00000, "size": 4096, "what": "I/O APIC"},
            {"start": 0xFEE00000, "size": 4096, "what": "local APIC"},
        ],
        "processors": cpus,
        "devices": [],
        "partitions": partitions,
        "channels": [],
        "ipvis": [],
        "warnings": [],
        "notes": [],
    }
    return base | more


def small() -> dict:
    """Two partitions of the contract's example: shared memory, a queue, an IPVI, two plans."""
    boss = partition(0, "boss", flags=["system"], console="com")
    boss["areas"].append(area(0x6300000, 64 * KB, "mail", ["shared"], line=55))
    boss["ports"] = [port("cmd", "queuing", "source", 0)]
    boss |= {"lines": [5, 6], "ioports": [{"base": 0x60, "count": 5, "where": at(58)}]}
    worker = partition(1, "worker", console="com")
    worker["areas"].append(area(0x6300000, 64 * KB, "mail", ["shared", "read-only"], 0x9000000, 56))
    worker["ports"] = [port("cmd", "queuing", "destination", 0), port("lost", "sampling", "source")]
    worker["health"] = health("PARTITION_HALT", {"X86_PAGE_FAULT": ("PARTITION_WARM_RESET", True)})
    plans = [
        plan(0, "normal", 20000, [(0, 5000, 0), (5000, 15000, 1)]),
        plan(1, "maintenance", 10000, [(0, 10000, 0)]),
    ]
    block = {"name": "log", "type": "memory-block", "start": 0x2300000, "size": 64 * KB}
    result = system(
        "demo",
        [boss, worker],
        processors(plans),
        devices=[
            {"name": "com", "type": "uart", "id": 0, "baud": 115200, "where": at(28)},
            block | {"where": at(29)},
        ],
        channels=[channel(0, "queuing", (0, "cmd"), [(1, "cmd")], message_size=64)],
        ipvis=[{"id": 0, "source": 0, "destinations": [1], "where": at(90)}],
        warnings=[{"rule": "port-unconnected", "text": "'lost' is in no channel", "where": at(60)}],
    )
    result["hypervisor"] |= {"console": "com", "health_log": "log"}
    return result


def many(partitions: int = 12, cpus: int = 4, slots: int = 24, plans: int = 2, channels: int = 8):
    """`slots` for each CPU and plan with gaps between; channels fan out to two partitions."""
    names = ["navigation", "flight-control", "display", "radio", "io", "logger", "health", "fuel"]
    parts = [
        partition(
            n,
            names[n] if n < len(names) else f"part{n:02}",
            vcpus=[{"id": 0, "processor": n % cpus}],
        )
        for n in range(partitions)
    ]
    lanes = []
    for cpu in range(cpus):
        mine = [n for n in range(partitions) if n % cpus == cpu]
        made = []
        for number in range(plans):
            step = 1000 * (1 + number)
            rows = [
                (n * step, n * step + step - n % 3 * 300, mine[n % len(mine)]) for n in range(slots)
            ]
            made.append(plan(number, ["normal", "safe", None][min(number, 2)], slots * step, rows))
        lanes.append(made)
    result = system("many", parts, processors(*lanes))
    for n in range(channels):
        kind = "sampling" if n % 2 else "queuing"
        ends = [n % partitions, (n * 5 + 1) % partitions, (n * 7 + 2) % partitions]
        targets = list(dict.fromkeys(end for end in ends[1:] if end != ends[0])) or [ends[0]]
        targets = targets if kind == "sampling" else targets[:1]
        result["channels"].append(
            channel(n, kind, (ends[0], f"out{n}"), [(t, f"in{n}") for t in targets])
        )
        parts[ends[0]]["ports"].append(port(f"out{n}", kind, "source", n))
        for target in targets:
            parts[target]["ports"].append(port(f"in{n}", kind, "destination", n))
    return result


def big() -> dict:
    """64 partitions, 4 CPUs, 1000 slots, 500 channels."""
    return many(64, 4, 250, 1, 500)


def nasty() -> dict:
    """Names that are markup, and such as no font has in one width."""
    parts = [partition(n, name) for n, name in enumerate(NASTY)] + [partition(4, None)]
    parts[0]["ports"] = [port('"><p>', "sampling", "source", 0)]
    parts[1]["ports"] = [port("&amp;", "sampling", "destination", 0)]
    slots = [(n * 1000, n * 1000 + 1000, n) for n in range(5)]
    result = system("<i>&", parts, processors([plan(0, '"><x>', 6000, slots)]))
    result["files"] = ['a&b"<c>\udcff\x01.xml']  # with bytes that are no UTF-8, no XML
    result["channels"] = [channel(0, "sampling", (0, '"><p>'), [(1, "&amp;")])]
    result["warnings"] = [{"rule": "port-unconnected", "text": "<u>&", "where": at(1)}]
    result["notes"] = [{"rule": "board", "text": "a line that no UART has <n>", "where": None}]
    result["regions"][0]["where"] = None
    return result


def empty() -> dict:
    """No slot in the only plan, no channel, one partition without a name."""
    return system(
        "empty",
        [partition(0, None, vcpus=[{"id": 0, "processor": None}])],
        processors([plan(0, None, 0, [])]),
    )


def changed(model: dict, change) -> dict:
    """A copy that `change` has altered."""
    other = copy.deepcopy(model)
    change(other)
    return other
