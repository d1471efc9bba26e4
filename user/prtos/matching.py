# SPDX-License-Identifier: Apache-2.0
"""Which thing of one model is which of another: by name where there is one, else by id; what has
only changed its name is found by what else it is. Pure functions on models."""
import difflib


def by_keys(old: list, new: list, keys: list) -> tuple:
    """(pairs, removed, added). Each key function is tried in turn on what is left; None matches
    nothing, and neither does a key that two of the left have."""
    pairs, left_old, left_new = [], list(old), list(new)
    for key in keys:
        tables = []
        for side in (left_old, left_new):
            table = {}
            for each in side:
                table.setdefault(key(each), []).append(each)
            tables.append({k: v[0] for k, v in table.items() if k is not None and len(v) == 1})
        found = [(each, tables[1][k]) for k, each in tables[0].items() if k in tables[1]]
        pairs += found
        left_old = without(left_old, [a for a, _ in found])
        left_new = without(left_new, [b for _, b in found])
    return pairs, left_old, left_new


def without(things: list, gone: list) -> list:
    """By identity: equal things may stand twice."""
    ids = {id(each) for each in gone}
    return [each for each in things if id(each) not in ids]


def in_order(pairs: list) -> list:
    """By the new one's id."""
    return sorted(pairs, key=lambda pair: pair[1]["id"])


def partitions(old: dict, new: dict) -> tuple:
    """Name, else id, else the same areas."""

    def areas(each: dict):
        return tuple((area["start"], area["size"]) for area in each["areas"]) or None

    keys = [lambda each: each["name"], lambda each: each["id"], areas]
    pairs, removed, added = by_keys(old["partitions"], new["partitions"], keys)
    return in_order(pairs), removed, added


def plans(old: list, new: list) -> tuple:
    """Plans of one processor."""
    pairs, removed, added = by_keys(old, new, [lambda each: each["name"], lambda each: each["id"]])
    return in_order(pairs), removed, added


def areas(old: list, new: list) -> tuple:
    """Name, else start, else size and flags, else the order (among those without a name, or of all
    that are left if these are as many)."""
    nameless = [[each for each in side if not each["name"]] for side in (old, new)]
    number = {id(each): n for side in nameless for n, each in enumerate(side)}
    keys = [
        lambda each: each["name"] and (each["name"], each["start"]),
        lambda each: each["name"],
        lambda each: each["start"],
        lambda each: (each["size"], tuple(each["flags"])),
        lambda each: number.get(id(each)),
    ]
    pairs, removed, added = by_keys(old, new, keys)
    if len(removed) == len(added):
        pairs, removed, added = pairs + list(zip(removed, added)), [], []
    return sorted(pairs, key=lambda pair: pair[1]["start"]), removed, added


def ports(old: list, new: list) -> tuple:
    """Name, else the only one left of its type and direction."""
    keys = [lambda each: each["name"], lambda each: (each["type"], each["direction"])]
    return by_keys(old, new, keys)


def channels(old: list, new: list, port_of: dict) -> tuple:
    """By the sending port, else by a set of receiving ones. `port_of` turns an end of the old
    model, (partition, port), into that of the new one."""

    def end(each: dict, is_old: bool) -> tuple:
        where = (each["partition"], each["port"])
        return port_of.get(where, ("gone", where)) if is_old else where

    marked = {id(each) for each in old}
    keys = [
        lambda each: end(each["source"], id(each) in marked),
        lambda each: tuple(
            sorted(map(str, (end(d, id(each) in marked) for d in each["destinations"])))
        ),
    ]
    pairs, removed, added = by_keys(old, new, keys)
    return in_order(pairs), removed, added


def slots(old: list, new: list, partner: dict) -> list:
    """Rows (old slot or None, new slot or None) in order of time. `partner`: partition ids of the
    old model to those of the new. Slots are aligned by the sequence of who runs; what is left then
    is paired by its time (given to somebody else) or by who runs (moved past another)."""

    def who_old(slot: dict) -> tuple:
        return partner.get(slot["partition"]), slot["vcpu"]

    def who_new(slot: dict) -> tuple:
        return slot["partition"], slot["vcpu"]

    def times(slot: dict) -> tuple:
        return slot["start"], slot["end"]

    before, after = list(map(who_old, old)), list(map(who_new, new))
    matcher = difflib.SequenceMatcher(None, before, after, False)
    rows = []
    for block in matcher.get_matching_blocks():
        rows += zip(old[block.a : block.a + block.size], new[block.b : block.b + block.size])
    left_old = without(old, [a for a, _ in rows])
    left_new = without(new, [b for _, b in rows])
    for key_old, key_new in ((who_old, who_new), (times, times)):
        waiting = {}
        for each in left_new:
            waiting.setdefault(key_new(each), []).append(each)
        for each in left_old:
            if waiting.get(key_old(each)):
                rows.append((each, waiting[key_old(each)].pop(0)))
        left_old = without(left_old, [a for a, _ in rows])
        left_new = without(left_new, [b for _, b in rows])
    rows += [(each, None) for each in left_old] + [(None, each) for each in left_new]
    return sorted(rows, key=lambda row: ((row[1] or row[0])["start"], row[1] is None))
