# SPDX-License-Identifier: Apache-2.0
"""What the tables of the report say: rows of plain values from the model, for
templates/report.html.j2."""
from prtos import channel_graph, memory_map
from prtos.units import health_word, labels_of, place_text, size_text, time_text

MISSING = "-"


def usage(plan, model: dict) -> list:
    """Each partition's time in the plan: (id, label, time on each processor, in all)."""
    labels = labels_of(model)
    return [
        (number, labels[number], [x.used_by(number) for x in plan.lanes], plan.used_by(number))
        for number in plan.partitions
    ]


def slots(plan, model: dict) -> list:
    labels = labels_of(model)
    return [
        {
            "cpu": lane.processor,
            "slot": slot,
            "label": labels[slot["partition"]],
            "place": place_text(model, slot["where"]),
        }
        for lane in plan.lanes
        for slot in lane.slots
    ]


def unscheduled(model: dict) -> list:
    """vCPUs that no plan has a slot for."""
    labels = labels_of(model)
    return [
        labels[each["id"]] + (f", vCPU {vcpu['id']}" if len(each["vcpus"]) > 1 else "")
        for each in model["partitions"]
        for vcpu in each["vcpus"]
        if vcpu["processor"] is None
    ]


def memory_owner(labels: dict, number: int, area: dict) -> str:
    """worker (read-only, seen at 0x9000000)"""
    facts = ["program"] if area["entry"] else []
    facts += [flag for flag in area["flags"] if flag != "shared"]
    if area["mapped_at"] != area["start"] and "unmapped" not in area["flags"]:
        facts.append(f"seen at {area['mapped_at']:#x}")
    return labels[number] + (f" ({', '.join(facts)})" if facts else "")


def memory_item(model: dict, item, labels: dict) -> dict:
    owners = [memory_owner(labels, number, area) for number, area in item.users]
    shared = any("shared" in area["flags"] for _, area in item.users)
    names = list(dict.fromkeys(area["name"] for _, area in item.users if area["name"]))
    places = [place_text(model, area["where"]) for _, area in item.users]
    if not item.users:
        places = [place_text(model, item.where)] if item.where else []
        names = [item.label]
    row = {"kind": item.kind, "start": item.start, "size": item.size, "owners": owners}
    return row | {"owner_ids": item.owners, "names": names, "shared": shared, "places": places}


def memory_parts(model: dict, container: int | None) -> list:
    """(name, size) of the hypervisor's area in order; the rest is free."""
    own = model["hypervisor"]
    parts = [(part["name"], part["size"]) for part in own["parts"]]
    if container is not None:
        parts.append(("container", -(-container // memory_map.PAGE) * memory_map.PAGE))
    rest = own["size"] - sum(size for _, size in parts)
    name = "free" if container is not None else "left for the container"
    return parts + ([(name, rest)] if rest > 0 else [])


def memory(model: dict, container: int | None) -> list:
    """Items and gaps by address; the hypervisor's row has its parts."""
    labels = labels_of(model)
    items = memory_map.items_of(model)
    rows = [memory_item(model, item, labels) for item in items]
    for row in rows:
        row["parts"] = memory_parts(model, container) if row["kind"] == "hypervisor" else []
    for gap in memory_map.gaps_of(model, items):
        row = {"kind": "free", "start": gap.start, "size": gap.size, "owners": [], "owner_ids": []}
        row |= {"names": [], "shared": False, "places": [], "parts": []}
        rows.append(row)
    return sorted(rows, key=lambda row: (row["start"], row["size"]))


def channels(model: dict) -> list:
    labels = labels_of(model)

    def end(each: dict) -> str:
        return f"{labels[each['partition']]}.{each['port']}"

    rows = []
    for channel in model["channels"]:
        row = {"title": f"{channel['id']}", "type": channel["type"]}
        row |= {"facts": channel_graph.channel_facts(channel), "source": end(channel["source"])}
        row |= {"destinations": [end(each) for each in channel["destinations"]]}
        rows.append(row | {"place": place_text(model, channel["where"])})
    for ipvi in model["ipvis"]:
        row = {"title": f"{ipvi['id']}", "type": "IPVI"}
        row |= {"facts": f"extended interrupt {24 + ipvi['id']}", "source": labels[ipvi["source"]]}
        row |= {"destinations": [labels[each] for each in ipvi["destinations"]]}
        rows.append(row | {"place": place_text(model, ipvi["where"])})
    return rows


def loose_ports(model: dict) -> list:
    """Ports in no channel."""
    labels = labels_of(model)
    return [
        {
            "label": f"{labels[partition['id']]}.{port['name']}",
            "type": f"{port['type']} {port['direction']}",
            "place": place_text(model, port["where"]),
        }
        for partition in model["partitions"]
        for port in partition["ports"]
        if port["channel"] is None
    ]


def port_ranges(ranges: list) -> str:
    """0x60-0x64"""
    texts = []
    for each in ranges:
        last = each["base"] + each["count"] - 1
        texts.append(f"{each['base']:#x}" + (f"-{last:#x}" if each["count"] > 1 else ""))
    return ", ".join(texts)


def vcpu_text(vcpus: list) -> str:
    """The processor of each vCPU."""
    cpus = ["none" if each["processor"] is None else str(each["processor"]) for each in vcpus]
    return ", ".join(cpus)


def trace_text(trace: dict) -> str:
    return MISSING if trace["device"] is None else f"{trace['device']}, mask {trace['mask']:#x}"


def privileges(model: dict) -> list:
    labels = labels_of(model)
    return [
        {
            "id": each["id"],
            "label": labels[each["id"]],
            "flags": each["flags"] + (["hw_virt"] if each["hw_virt"] else []),
            "cpus": vcpu_text(each["vcpus"]),
            "console": each["console"] or MISSING,
            "trace": trace_text(each["trace"]),
            "lines": ", ".join(map(str, each["lines"])) or MISSING,
            "ioports": port_ranges(each["ioports"]) or MISSING,
            "table": each["control_table"],
            "place": place_text(model, each["where"]),
        }
        for each in model["partitions"]
    ]


def device_facts(device: dict) -> str:
    if device["type"] == "uart":
        return f"UART {device['id']}, {device['baud']} baud"
    if device["type"] == "memory-block":
        return f"{size_text(device['size'])} at {device['start']:#x}"
    return {"vga": "text screen", "null": "takes everything, shows nothing"}.get(device["type"], "")


def devices(model: dict) -> list:
    """Each with those that write to it."""
    labels = labels_of(model)
    rows = []
    for device in model["devices"]:
        name, own = device["name"], model["hypervisor"]
        users = [
            f"console of {labels[p['id']]}" for p in model["partitions"] if p["console"] == name
        ]
        users += [
            f"trace of {labels[p['id']]}"
            for p in model["partitions"]
            if p["trace"]["device"] == name
        ]
        roles = (("console", own["console"]), ("health log", own["health_log"]))
        roles += (("trace", own["trace"]["device"]),)
        users = [
            f"{role} of the hypervisor" for role, device_name in roles if device_name == name
        ] + users
        row = {"name": name, "type": device["type"], "facts": device_facts(device)}
        rows.append(row | {"users": users, "place": place_text(model, device["where"])})
    return rows


def everyone(owners: list, all_labels: list) -> str:
    """Names of owners, short if they are nearly all."""
    if len(owners) == len(all_labels) and len(owners) > 2:
        return f"all {len(owners)} partitions"
    missing = [label for label in all_labels if label not in owners]
    if len(missing) <= 2 < len(owners):
        return f"all partitions but {', '.join(missing)}"
    return ", ".join(owners)


def health(model: dict) -> tuple:
    """(rows that the file states, all other rows): event, owners with the same answer, action,
    log."""
    labels = labels_of(model)
    all_labels = list(labels.values())
    groups = {True: {}, False: {}}
    tables = [(None, model["hypervisor"]["health"])]
    tables += [(labels[each["id"]], each["health"]) for each in model["partitions"]]
    order = {}
    for owner, table in tables:
        for row in table:
            order.setdefault(row["event"], len(order))
            key = (order[row["event"]], row["event"], owner is not None, row["action"], row["log"])
            groups[row["stated"]].setdefault(key, []).append(owner)
    return tuple(
        [
            {
                "event": health_word(event),
                "owners": everyone(owners, all_labels) if guest else "hypervisor",
                "action": health_word(action),
                "log": log,
            }
            for (_, event, guest, action, log), owners in sorted(
                groups[stated].items(), key=lambda x: x[0]
            )
        ]
        for stated in (True, False)
    )


def facts(model: dict, plans: list) -> list:
    """(name, value) for the head of the report."""
    own = model["system"]
    rows = [
        ("version", own["version"]),
        ("architecture", model["architecture"]),
        ("platform", model["platform"]),
        ("partitions", len(model["partitions"])),
        ("CPUs", len(model["processors"])),
    ]
    rows += [("frame", time_text(plans[0].frame))] if plans else []
    return rows + [
        ("channels", len(model["channels"])),
        ("plan 0", "can be re-entered" if own["plan0_reenter"] else "only at start"),
    ]
