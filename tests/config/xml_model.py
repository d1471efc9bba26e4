# SPDX-License-Identifier: Apache-2.0
"""Reads a correct system description with Python's own XML parser and gives the model that
prtoscparser -j must write, as far as the XML alone decides it. Shares nothing with the tool."""
import fractions
import pathlib
import re
import xml.parsers.expat

SIZES = {"B": 1, "KB": 1 << 10, "MB": 1 << 20}
TIMES = {"s": 10**6, "ms": 10**3, "us": 1}
FREQUENCIES = {"khz": 1, "mhz": 1000}
INCLUDE = "http://www.w3.org/2001/XInclude include"
TYPES = {"Uart": "uart", "Vga": "vga", "MemoryBlock": "memory-block", "Null": "null"}


class Node:
    def __init__(self, tag, attributes, place):
        self.tag, self.attributes, self.place, self.children = tag, attributes, place, []

    def get(self, name, default=None):
        return self.attributes.get(name, default)

    def all(self, path):
        """Descendants by their tags, one level for each word of the path."""
        found = [self]
        for word in path.split("/"):
            found = [child for node in found for child in node.children if child.tag == word]
        return found

    def one(self, path):
        return (self.all(path) or [Node("", {}, {})])[0]


def read_tree(path: pathlib.Path, files: list, name=None) -> Node:
    files.append(name or str(path))
    index, stack = len(files) - 1, [Node("", {}, {})]
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")

    def start(tag, attributes):
        node = Node(tag.split(" ")[-1], attributes, {"file": index, "line": parser.CurrentLineNumber})
        if tag == INCLUDE:
            part = str(pathlib.Path(files[index]).parent / attributes["href"])
            node = read_tree(path.parent / attributes["href"], files, part)
        stack[-1].children.append(node)
        stack.append(node)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: stack.pop()
    parser.Parse(path.read_bytes(), True)
    return stack[0].children[0]


def measure(text: str, units: dict, ignore_case=False) -> int:
    number, unit = re.fullmatch(r"([\d.]+)(\w+)", text.strip()).groups()
    unit = unit.lower() if ignore_case else unit
    return int(fractions.Fraction(number) * units[unit])


def size(text):
    return measure(text, SIZES)


def time(text):
    return measure(text, TIMES, ignore_case=True)


def words(text):
    return {word for word in text.split() if word != "none"}


def by_start(entries):
    return sorted(entries, key=lambda entry: entry["start"])


def slot_of(node):
    start = time(node.get("start"))
    return {"id": int(node.get("id")), "start": start, "end": start + time(node.get("duration")),
            "partition": int(node.get("partitionId")), "vcpu": int(node.get("vCpuId", "0")),
            "where": node.place}


def processors_of(root):
    found = []
    for node in root.all("HwDescription/ProcessorTable/Processor"):
        plans = [{"id": int(plan.get("id")), "name": plan.get("name"), "where": plan.place,
                  "frame": time(plan.get("majorFrame", "0s")),
                  "slots": [slot_of(slot) for slot in plan.all("Slot")]}
                 for plan in node.all("CyclicPlanTable/Plan")]
        khz = measure(node.get("frequency", "0KHz"), FREQUENCIES, ignore_case=True)
        found.append({"id": int(node.get("id")), "khz": khz, "where": node.place, "plans": plans})
    for plan in [plan for cpu in found for plan in cpu["plans"] if not plan["frame"]]:
        same = [p for cpu in found for p in cpu["plans"] if p["id"] == plan["id"]]
        plan["frame"] = max(max([p["frame"], *[s["end"] for s in p["slots"]]]) for p in same)
    return found


def device_of(node):
    device = {"name": node.get("name"), "type": TYPES[node.tag], "where": node.place}
    if node.tag == "Uart":
        device.update(id=int(node.get("id")), baud=int(node.get("baudRate")))
    if node.tag == "MemoryBlock":
        device.update(start=int(node.get("start"), 16), size=size(node.get("size")))
    return device


def areas_of(node):
    areas = [{"name": area.get("name"), "start": int(area.get("start"), 16),
              "size": size(area.get("size")), "flags": words(area.get("flags", "")),
              "mapped_at": int(area.get("mappedAt") or area.get("start"), 16),
              "entry": index == 0, "where": area.place}
             for index, area in enumerate(node.all("PhysicalMemoryAreas/Area"))]
    return by_start(areas)


def channels_of(root):
    found = []
    for node in root.one("Channels").children:
        if node.tag == "Ipvi":
            continue
        ends = [[{"partition": int(end.get("partitionId")), "port": end.get("portName")}
                 for end in node.all(tag)] for tag in ("Source", "Destination")]
        queuing = node.tag == "QueuingChannel"
        period = node.get("validPeriod", "0s")
        found.append({
            "id": len(found), "type": "queuing" if queuing else "sampling",
            "message_size": size(node.get("maxMessageLength")),
            "messages": int(node.get("maxNoMessages")) if queuing else None,
            "valid_period": None if queuing else period if period == "infinite" else time(period),
            "source": ends[0][0], "destinations": ends[1], "where": node.place,
        })
    return found


def ports_of(node, channels, partition):
    def channel(name):
        for entry in channels:
            ends = [entry["source"], *entry["destinations"]]
            if {"partition": partition, "port": name} in ends:
                return entry["id"]
        return None
    return [{"name": port.get("name"), "type": port.get("type"), "where": port.place,
             "direction": port.get("direction"), "channel": channel(port.get("name"))}
            for port in node.all("PortTable/Port")]


def device_name(name, wanted, devices):
    kinds = {device["name"]: device["type"] for device in devices if device["type"] != "null"}
    return name if kinds.get(name) in wanted else None


def trace_of(node, devices, mask):
    device = device_name(node.one("Trace").get("device"), ["memory-block"], devices)
    return {"device": device, "mask": mask(node.one("Trace").get("bitmask")) if device else 0}


def stated_of(node):
    return {event.get("name"): (event.get("action"), event.get("log") in ("yes", "true"))
            for event in node.all("HealthMonitor/Event")}


def partition_of(node, model):
    number = int(node.get("id"))
    slots = {(slot["partition"], slot["vcpu"]): cpu["id"] for cpu in model["processors"]
             for plan in cpu["plans"] for slot in plan["slots"]}
    return {
        "id": number, "name": node.get("name"), "flags": words(node.get("flags", "")),
        "hw_virt": node.get("hw_virt", "no") in ("yes", "true"), "where": node.place,
        "console": device_name(node.get("console"), ["uart", "vga"], model["devices"]),
        "trace": trace_of(node, model["devices"], lambda text: int(text, 16)),
        "vcpus": [{"id": i, "processor": slots.get((number, i))}
                  for i in range(int(node.get("noVCpus", "1")))],
        "areas": areas_of(node), "ports": ports_of(node, model["channels"], number),
        "lines": sorted(int(n) for n in node.one("HwResources/Interrupts").get("lines", "").split()),
        "ioports": [{"base": int(r.get("base"), 16), "count": int(r.get("noPorts")),
                     "where": r.place} for r in node.all("HwResources/IoPorts/Range")],
        "health": stated_of(node),
    }


def trace_words(text):
    modules = ["HYP_IRQS", "HYP_HCALLS", "HYP_SCHED", "HYP_HM", "HYP_VMM"]
    return sum(1 << modules.index(word) for word in set(text.split()))


def read_model(path: pathlib.Path, name: str) -> dict:
    files = []
    root = read_tree(path, files, name)
    version = ".".join(str(int(part)) for part in root.get("version").split("."))
    model = {
        "format": "prtos-model-1", "files": files,
        "regions": by_start([{"type": node.get("type"), "start": int(node.get("start"), 16),
                              "size": size(node.get("size")), "where": node.place}
                             for node in root.all("HwDescription/MemoryLayout/Region")]),
        "processors": processors_of(root), "channels": channels_of(root),
        "devices": [device_of(node) for node in root.one("HwDescription/Devices").children],
        "ipvis": [{"id": int(node.get("id")), "source": int(node.get("sourceId")),
                   "destinations": [int(n) for n in node.get("destinationId").split()],
                   "where": node.place} for node in root.all("Channels/Ipvi")],
    }
    own = root.one("PRTOSHypervisor")
    model["system"] = {"name": root.get("name"), "version": version, "where": root.place,
                       "plan0_reenter": own.get("plan0") == "reenter"}
    area = own.one("PhysicalMemoryArea")
    model["hypervisor"] = {
        "size": size(area.get("size")), "flags": words(area.get("flags", "")), "where": area.place,
        "console": device_name(own.get("console"), ["uart", "vga"], model["devices"]),
        "health_log": device_name(own.get("healthMonitorDevice"), ["memory-block"],
                                  model["devices"]),
        "trace": trace_of(own, model["devices"], trace_words), "health": stated_of(own),
    }
    model["partitions"] = [partition_of(node, model)
                           for node in root.all("PartitionTable/Partition")]
    return model
