# SPDX-License-Identifier: Apache-2.0
"""What changed between two models, in the model's terms: groups of lines. Pure functions;
matching.py says which thing is which, compare_plans.py does the schedule."""
from prtos import compare_plans, matching
from prtos.channel_graph import channel_facts
from prtos.report_tables import device_facts, port_ranges
from prtos.units import count_text, health_word, partition_text, quoted, size_text


class Changes:
    """Lines by group, in the order in which groups were first asked for."""

    def __init__(self):
        self.groups = {}

    def add(self, group: str, line: str) -> None:
        self.groups.setdefault(group, []).append(line)

    def value(self, group: str, what: str, old, new, show=str) -> None:
        """A value that may have changed."""
        if old != new:
            self.add(group, f"{what}: {show(old)} -> {show(new)}")

    def words(self, group: str, what: str, old: list, new: list) -> None:
        """A set of words, such as flags."""
        for word in sorted(set(old) - set(new), key=str):
            self.add(group, f"{what} {word} removed")
        for word in sorted(set(new) - set(old), key=str):
            self.add(group, f"{what} {word} added")


def name_or_none(name: str | None) -> str:
    return quoted(name) if name else "none"


def trace_text(trace: dict) -> str:
    return f"{quoted(trace['device'])}, mask {trace['mask']:#x}" if trace["device"] else "none"


def answer(row: dict) -> str:
    return f"{health_word(row['action'])}, {'logged' if row['log'] else 'not logged'}"


def compare_health(changes: Changes, group: str, old: list, new: list) -> None:
    after = {row["event"]: row for row in new}
    for row in old:
        other = after.pop(row["event"], None)
        if other:
            changes.value(group, f"on {health_word(row['event'])}", answer(row), answer(other))
        else:
            changes.add(group, f"on {health_word(row['event'])}: {answer(row)}, event removed")
    for row in after.values():
        changes.add(group, f"on {health_word(row['event'])}: {answer(row)}, event added")


def compare_system(changes: Changes, old: dict, new: dict) -> None:
    for what in ("architecture", "platform"):
        changes.value("system", what, old[what], new[what])
    a, b = old["system"], new["system"]
    changes.value("system", "name", a["name"], b["name"], quoted)
    changes.value("system", "version", a["version"], b["version"])
    changes.value("system", "re-entry of plan 0", a["plan0_reenter"], b["plan0_reenter"], yes_no)


def yes_no(value: bool) -> str:
    return "yes" if value else "no"


def compare_hypervisor(changes: Changes, old: dict, new: dict) -> None:
    a, b, group = old["hypervisor"], new["hypervisor"], "hypervisor"
    changes.value(group, "area's start", a["start"], b["start"], hex)
    changes.value(group, "area", a["size"], b["size"], size_text)
    changes.value(group, "needed without the container", a["needed"], b["needed"], size_text)
    changes.words(group, "flag", a["flags"], b["flags"])
    changes.value(group, "console", a["console"], b["console"], name_or_none)
    changes.value(group, "health log", a["health_log"], b["health_log"], name_or_none)
    changes.value(group, "trace", trace_text(a["trace"]), trace_text(b["trace"]))
    compare_health(changes, group, a["health"], b["health"])


def region_text(region: dict) -> str:
    return f"{region['type']} {region['start']:#x}, {size_text(region['size'])}"


def reserved_text(page: dict) -> str:
    return f"{page['start']:#x}, {size_text(page['size'])} ({page['what']})"


def compare_board(changes: Changes, old: dict, new: dict) -> None:
    """Regions, reserved pages, processors, devices."""
    pairs, removed, added = matching.by_keys(old["regions"], new["regions"], [lambda r: r["start"]])
    for a, b in pairs:
        changes.value("memory", f"region {a['start']:#x}", region_text(a), region_text(b))
    for text, regions in (("removed", removed), ("added", added)):
        for each in regions:
            changes.add("memory", f"region {region_text(each)} {text}")
    pages = [[reserved_text(page) for page in model["reserved"]] for model in (old, new)]
    changes.words("memory", "reserved", *pages)
    compare_processors(changes, old, new)
    compare_devices(changes, old["devices"], new["devices"])


def compare_processors(changes: Changes, old: dict, new: dict) -> None:
    pairs, removed, added = matching.by_keys(
        old["processors"], new["processors"], [lambda p: p["id"]]
    )
    for a, b in pairs:
        changes.value("processors", f"CPU {a['id']}: frequency", a["khz"], b["khz"], frequency_text)
    for text, cpus in (("removed", removed), ("added", added)):
        for each in cpus:
            changes.add("processors", f"CPU {each['id']} {text}")


def frequency_text(khz: int) -> str:
    return f"{khz} kHz" if khz else "measured at boot"


def compare_devices(changes: Changes, old: list, new: list) -> None:
    def key(device: dict) -> tuple:
        return device["type"], device_facts(device)

    pairs, removed, added = matching.by_keys(old, new, [lambda d: d["name"], key])
    for a, b in pairs:
        changes.value("devices", "renamed", a["name"], b["name"], name_or_none)
        changes.value("devices", name_or_none(b["name"]), device_facts(a), device_facts(b))
    for text, devices in (("removed", removed), ("added", added)):
        for each in devices:
            facts = f" ({device_facts(each)})" if device_facts(each) else ""
            changes.add("devices", f"{name_or_none(each['name'])}{facts} {text}")


def area_text(area: dict) -> str:
    return f"area {quoted(area['name'])}" if area["name"] else f"area {area['start']:#x}"


def grown(old: int, new: int) -> str:
    word = "grown" if new > old else "shrunk"
    return f"{word} from {size_text(old)} to {size_text(new)}"


def compare_areas(changes: Changes, group: str, old: list, new: list) -> None:
    pairs, removed, added = matching.areas(old, new)
    for a, b in pairs:
        text = area_text(a)
        changes.value(group, f"{text}: renamed", a["name"], b["name"], name_or_none)
        if a["start"] != b["start"]:
            changes.add(group, f"{text}: moved from {a['start']:#x} to {b['start']:#x}")
        if a["size"] != b["size"]:
            changes.add(group, f"{text}: {grown(a['size'], b['size'])}")
        if a["mapped_at"] - a["start"] != b["mapped_at"] - b["start"]:
            changes.value(group, f"{text}: mapped at", a["mapped_at"], b["mapped_at"], hex)
        changes.words(group, f"{text}: flag", a["flags"], b["flags"])
        changes.value(group, f"{text}: has the program", a["entry"], b["entry"], yes_no)
    for text, areas in (("removed", removed), ("added", added)):
        for each in areas:
            flags = "".join(f", {flag}" for flag in each["flags"])
            place = f" at {each['start']:#x}" if each["name"] else ""
            changes.add(
                group, f"{area_text(each)}{place} ({size_text(each['size'])}{flags}) {text}"
            )


def compare_ports(changes: Changes, group: str, old: list, new: list) -> list:
    """Returns the pairs of ports."""
    pairs, removed, added = matching.ports(old, new)
    for a, b in pairs:
        changes.value(group, "port renamed", a["name"], b["name"], quoted)
        facts = [f"{each['type']} {each['direction']}" for each in (a, b)]
        changes.value(group, f"port {quoted(b['name'])}", *facts)
    for text, ports in (("removed", removed), ("added", added)):
        for each in ports:
            changes.add(
                group, f"port {quoted(each['name'])} ({each['type']} {each['direction']}) {text}"
            )
    return pairs


def compare_partition(changes: Changes, old: dict, new: dict) -> list:
    """One partition; returns its pairs of ports."""
    group = partition_text(new)
    changes.value(group, "renamed", old["name"], new["name"], name_or_none)
    changes.value(group, "id", old["id"], new["id"])
    changes.words(group, "flag", old["flags"], new["flags"])
    changes.value(group, "hardware virtualisation", old["hw_virt"], new["hw_virt"], yes_no)
    changes.value(group, "vCPUs", len(old["vcpus"]), len(new["vcpus"]))
    for a, b in zip(old["vcpus"], new["vcpus"]):
        what = f"vCPU {a['id']} runs on"
        changes.value(group, what, a["processor"], b["processor"], processor_text)
    changes.value(group, "console", old["console"], new["console"], name_or_none)
    changes.value(group, "trace", trace_text(old["trace"]), trace_text(new["trace"]))
    compare_areas(changes, group, old["areas"], new["areas"])
    pairs = compare_ports(changes, group, old["ports"], new["ports"])
    changes.words(group, "interrupt line", old["lines"], new["lines"])
    ranges = [[port_ranges([each]) for each in side["ioports"]] for side in (old, new)]
    changes.words(group, "I/O ports", *ranges)
    tables = [
        f"{t['start']:#x}, {size_text(t['size'])}"
        for t in (old["control_table"], new["control_table"])
    ]
    changes.value(group, "control table", *tables)
    compare_health(changes, group, old["health"], new["health"])
    return pairs


def processor_text(number: int | None) -> str:
    return "no CPU" if number is None else f"CPU {number}"


def end_text(model: dict, end: dict) -> str:
    return f"{quoted(end['port'])} of {partition_text(partition_of(model, end['partition']))}"


def partition_of(model: dict, number: int) -> dict:
    return next(each for each in model["partitions"] if each["id"] == number)


def moved(port_of: dict, end: dict) -> tuple:
    """Where that end of the old model is in the new one; a place that no end has if it is gone."""
    where = (end["partition"], end["port"])
    return port_of.get(where, ("gone", *where))


def compare_channels(changes: Changes, old: dict, new: dict, port_of: dict) -> None:
    pairs, removed, added = matching.channels(old["channels"], new["channels"], port_of)
    for a, b in pairs:
        group, name = "channels", f"{b['type']} channel from {end_text(new, b['source'])}"
        changes.value(group, f"{name}: type", a["type"], b["type"])
        facts = [channel_facts(each) for each in (a, b)]
        changes.value(group, f"{name}: message", *facts)
        sides = [{moved(port_of, e): e for e in a["destinations"]}]
        sides += [{(e["partition"], e["port"]): e for e in b["destinations"]}]
        if moved(port_of, a["source"]) != (b["source"]["partition"], b["source"]["port"]):
            changes.add(group, f"{name}: was from {end_text(old, a['source'])}")
        for key in [key for key in sides[0] if key not in sides[1]]:
            changes.add(group, f"{name}: no longer to {end_text(old, sides[0][key])}")
        for key in [key for key in sides[1] if key not in sides[0]]:
            changes.add(group, f"{name}: now to {end_text(new, sides[1][key])}")
    for text, model, channels in (("removed", old, removed), ("added", new, added)):
        for each in channels:
            ends = ", ".join(end_text(model, end) for end in each["destinations"])
            line = f"{each['type']} channel from {end_text(model, each['source'])} to {ends}"
            changes.add("channels", f"{line} ({channel_facts(each)}) {text}")


def ipvi_text(model: dict, ipvi: dict) -> str:
    names = [
        partition_text(partition_of(model, each))
        for each in (ipvi["source"], *ipvi["destinations"])
    ]
    return f"IPVI {ipvi['id']} from {names[0]} to {', '.join(names[1:])}"


def compare_ipvis(changes: Changes, old: dict, new: dict, partner: dict) -> None:
    known = {(i["id"], i["source"], tuple(sorted(i["destinations"]))): i for i in new["ipvis"]}
    for each in old["ipvis"]:
        ends = tuple(sorted(partner.get(d, -1) for d in each["destinations"]))
        if known.pop((each["id"], partner.get(each["source"]), ends), None) is None:
            changes.add("channels", f"{ipvi_text(old, each)} removed")
    for each in known.values():
        changes.add("channels", f"{ipvi_text(new, each)} added")


def partition_facts(partition: dict) -> str:
    size = sum(area["size"] for area in partition["areas"])
    flags = "".join(f", {flag}" for flag in partition["flags"])
    ports = count_text(len(partition["ports"]), "port")
    return f"{size_text(size)} of memory, {ports}{flags}"


def compare(old: dict, new: dict) -> dict:
    """All changes as {group: lines}, in an order that depends on the models only."""
    changes = Changes()
    compare_system(changes, old, new)
    compare_board(changes, old, new)
    compare_hypervisor(changes, old, new)
    pairs, removed, added = matching.partitions(old, new)
    for text, partitions in (("removed", removed), ("added", added)):
        for each in partitions:
            changes.add("partitions", f"{partition_text(each)} {text} ({partition_facts(each)})")
    port_of, partner = {}, {}
    for a, b in pairs:
        partner[a["id"]] = b["id"]
        for p, q in compare_partition(changes, a, b):
            port_of[a["id"], p["name"]] = (b["id"], q["name"])
    compare_plans.compare(changes, old, new, partner)
    compare_channels(changes, old, new, port_of)
    compare_ipvis(changes, old, new, partner)
    return changes.groups
