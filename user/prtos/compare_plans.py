# SPDX-License-Identifier: Apache-2.0
"""What changed in the schedule: plans, slots, utilisation. A part of compare.py."""
from prtos import matching, schedule
from prtos.units import count_text, partition_text, quoted, share_text, time_text

AS_ONE_LINE = 3  # so many slots that moved alike, one after the other, are told together


def plan_text(plan: dict) -> str:
    return f"plan {plan['id']}" + (f" {quoted(plan['name'])}" if plan["name"] else "")


def span(slot: dict) -> str:
    return f"{time_text(slot['start'])}..{time_text(slot['end'])}"


class Texts:
    """How partitions are named: as in the new model, where they still are."""

    def __init__(self, old: dict, new: dict, partner: dict):
        new_texts = {each["id"]: partition_text(each) for each in new["partitions"]}
        self.new = {each["id"]: (each, new_texts[each["id"]]) for each in new["partitions"]}
        self.old = {
            each["id"]: (each, new_texts.get(partner.get(each["id"]), partition_text(each)))
            for each in old["partitions"]
        }

    @staticmethod
    def whose(slot: dict, table: dict) -> str:
        partition, text = table[slot["partition"]]
        return f"{text}, vCPU {slot['vcpu']}" if len(partition["vcpus"]) > 1 else text


def shift_of(a: dict, b: dict) -> int | None:
    """By how much a slot only moved."""
    shift = b["start"] - a["start"]
    return shift if b["end"] - a["end"] == shift else None


def slot_line(a: dict | None, b: dict | None, texts: Texts, partner: dict) -> str:
    """What became of a slot; empty if nothing."""
    if b is None:
        return f"slot {a['id']} of {texts.whose(a, texts.old)} removed: {span(a)}"
    mine = f"slot {b['id']} of {texts.whose(b, texts.new)}"
    if a is None:
        return f"{mine} added: {span(b)}"
    line = ""
    if shift_of(a, b):
        line = f"{mine} moved from {span(a)} to {span(b)}"
    elif (a["start"], a["end"]) != (b["start"], b["end"]):
        lengths = [time_text(each["end"] - each["start"]) for each in (a, b)]
        line = f"{mine} changed from {span(a)} to {span(b)} ({lengths[0]} -> {lengths[1]})"
    if (partner.get(a["partition"]), a["vcpu"]) != (b["partition"], b["vcpu"]):
        line = f"{mine} had been of {texts.whose(a, texts.old)}: {span(b)}"
    return line


def runs_of(rows: list, partner: dict) -> list:
    """Rows in runs of slots that moved by the same time: (shift or None, rows)."""
    runs = []
    for a, b in rows:
        same = a and b and (partner.get(a["partition"]), a["vcpu"]) == (b["partition"], b["vcpu"])
        shift = shift_of(a, b) if same else None
        if shift and runs and runs[-1][0] == shift:
            runs[-1][1].append((a, b))
        else:
            runs.append((shift, [(a, b)]))
    return runs


def slot_lines(rows: list, texts: Texts, partner: dict) -> list:
    lines = []
    for shift, run in runs_of(rows, partner):
        if shift and len(run) >= AS_ONE_LINE:
            first, last = run[0][1], run[-1][1]
            way = "later" if shift > 0 else "earlier"
            text = f"slots {first['id']} to {last['id']} moved {time_text(abs(shift))} {way}, "
            lines.append(text + f"the first to {span(first)}, the last to {span(last)}")
        else:
            lines += filter(None, (slot_line(a, b, texts, partner) for a, b in run))
    return lines


def usage(used: int, frame: int) -> str:
    return f"{share_text(used, frame)} ({time_text(used)} of {time_text(frame)})"


def compare_usage(changes, group: str, a: dict, b: dict, texts: Texts, partner: dict) -> None:
    """Utilisation of the processor and of each partition on it, where it changed."""
    lanes = [
        schedule.Lane(0, each["name"], each["frame"], each["slots"], each["where"])
        for each in (a, b)
    ]
    figures = [usage(lane.busy, lane.frame) for lane in lanes]
    changes.value(group, "utilisation", *figures)
    home = {new: old for old, new in partner.items()}
    for number, (_, text) in texts.new.items():
        used = [lanes[0].used_by(home[number]) if number in home else 0, lanes[1].used_by(number)]
        figures = [usage(time, lane.frame) for time, lane in zip(used, lanes)]
        if any(used):
            changes.value(group, f"utilisation by {text}", *figures)
    for number, (_, text) in texts.old.items():
        used = lanes[0].used_by(number)
        if number not in partner and used:
            changes.value(group, f"utilisation by {text}", usage(used, lanes[0].frame), "gone")


def compare_plan(changes, cpu: int, a: dict, b: dict, texts: Texts, partner: dict) -> None:
    group = f"{plan_text(b)} on CPU {cpu}"
    if a["name"] != b["name"]:
        names = [quoted(each["name"]) if each["name"] else "none" for each in (a, b)]
        changes.value(group, "renamed", *names)
    changes.value(group, "id", a["id"], b["id"])
    changes.value(group, "frame", a["frame"], b["frame"], time_text)
    rows = matching.slots(a["slots"], b["slots"], partner)
    for line in slot_lines(rows, texts, partner):
        changes.add(group, line)
    compare_usage(changes, group, a, b, texts, partner)


def compare(changes, old: dict, new: dict, partner: dict) -> None:
    """`partner`: partition ids of the old model to those of the new."""
    texts = Texts(old, new, partner)
    sides = [{each["id"]: each["plans"] for each in model["processors"]} for model in (old, new)]
    for cpu in sorted(sides[0] | sides[1]):
        pairs, removed, added = matching.plans(*(side.get(cpu, []) for side in sides))
        for text, plans in (("removed", removed), ("added", added)):
            for plan in plans:
                facts = (
                    f"frame {time_text(plan['frame'])}, {count_text(len(plan['slots']), 'slot')}"
                )
                changes.add(f"plans on CPU {cpu}", f"{plan_text(plan)} {text} ({facts})")
        for a, b in pairs:
            compare_plan(changes, cpu, a, b, texts, partner)
