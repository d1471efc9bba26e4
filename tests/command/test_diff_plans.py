# SPDX-License-Identifier: Apache-2.0
"""prtos diff, the schedule: slots that moved, came, went or changed hands, plans, utilisation."""
import model_samples as samples
from prtos import compare
from test_diff import WORKER, diff, slots


def test_slot_that_moved_and_utilisation():
    def change(model):
        slots(model)[1].update(start=6000, end=14000)

    assert diff(change) == {
        "plan 0 'normal' on CPU 0": [
            f"slot 1 of {WORKER} changed from 5 ms..15 ms to 6 ms..14 ms (10 ms -> 8 ms)",
            "utilisation: 75.0 % (15 ms of 20 ms) -> 65.0 % (13 ms of 20 ms)",
            f"utilisation by {WORKER}: 50.0 % (10 ms of 20 ms) -> 40.0 % (8 ms of 20 ms)",
        ]
    }


def test_slot_only_moved():
    def change(model):
        slots(model)[1].update(start=6000, end=16000)

    line = "slot 1 of partition 1 'worker' moved from 5 ms..15 ms to 6 ms..16 ms"
    assert diff(change) == {"plan 0 'normal' on CPU 0": [line]}


def test_slot_added_before_others_is_one_change():
    def change(model):
        for slot in slots(model):
            slot["id"] += 1
        slots(model).insert(0, samples.slot(0, 0, 100, 1))
        slots(model)[1]["start"] = 100

    assert diff(change)["plan 0 'normal' on CPU 0"][:2] == [
        "slot 0 of partition 1 'worker' added: 0 ms..100 us",
        "slot 1 of partition 0 'boss' changed from 0 ms..5 ms to 100 us..5 ms (5 ms -> 4.9 ms)",
    ]


def test_slots_that_changed_places_moved():
    def change(model):
        a, b = slots(model)
        a.update(partition=1, end=10000)
        b.update(partition=0, start=10000)

    assert diff(change) == {
        "plan 0 'normal' on CPU 0": [
            "slot 0 of partition 1 'worker' moved from 5 ms..15 ms to 0 ms..10 ms",
            "slot 1 of partition 0 'boss' moved from 0 ms..5 ms to 10 ms..15 ms",
        ]
    }


def test_slots_in_reverse_moved():
    """Not: each given to another."""

    def change(model):
        for slot, owner in zip(slots(model), (3, 2, 1, 0)):
            slot["partition"] = owner

    def base():
        parts = [samples.partition(n, "abcd"[n]) for n in range(4)]
        rows = [(n * 1000, n * 1000 + 1000, n) for n in range(4)]
        return samples.system("x", parts, samples.processors([samples.plan(0, None, 4000, rows)]))

    assert diff(change, base) == {
        "plan 0 on CPU 0": [
            "slot 0 of partition 3 'd' moved from 3 ms..4 ms to 0 ms..1 ms",
            "slot 1 of partition 2 'c' moved from 2 ms..3 ms to 1 ms..2 ms",
            "slot 2 of partition 1 'b' moved from 1 ms..2 ms to 2 ms..3 ms",
            "slot 3 of partition 0 'a' moved from 0 ms..1 ms to 3 ms..4 ms",
        ]
    }


def test_slot_given_to_another():
    found = diff(lambda m: slots(m, 1)[0].update(partition=1))["plan 1 'maintenance' on CPU 0"]
    assert found[0] == "slot 0 of partition 1 'worker' had been of partition 0 'boss': 0 ms..10 ms"
    assert found[1:] == [
        "utilisation by partition 0 'boss': 100.0 % (10 ms of 10 ms) -> 0.0 % (0 ms of 10 ms)",
        "utilisation by partition 1 'worker': 0.0 % (0 ms of 10 ms) -> 100.0 % (10 ms of 10 ms)",
    ]


def test_partition_of_old_is_named_as_it_is_now():
    def change(model):
        model["partitions"][0]["name"] = "chief"
        slots(model, 1)[0]["partition"] = 1

    line = diff(change)["plan 1 'maintenance' on CPU 0"][0]
    assert line == f"slot 0 of {WORKER} had been of partition 0 'chief': 0 ms..10 ms"


def test_many_slots_that_moved_alike_are_one_line():
    def change(model):
        for slot in slots(model)[3:20]:
            slot.update(start=slot["start"] + 100, end=slot["end"] + 100)

    line = "slots 3 to 19 moved 100 us later, the first to 3.1 ms..4.1 ms, "
    line += "the last to 19.1 ms..19.8 ms"
    assert diff(change, samples.many) == {"plan 0 'normal' on CPU 0": [line]}


def test_plan_renamed_added_removed():
    def change(model):
        plans = model["processors"][0]["plans"]
        plans[0]["name"] = "flight"
        plans[1:] = []

    assert diff(change) == {
        "plans on CPU 0": ["plan 1 'maintenance' removed (frame 10 ms, 1 slot)"],
        "plan 0 'flight' on CPU 0": ["renamed: 'normal' -> 'flight'"],
    }
    back = compare.compare(samples.changed(samples.small(), change), samples.small())
    assert back["plans on CPU 0"] == ["plan 1 'maintenance' added (frame 10 ms, 1 slot)"]


def test_frame():
    found = diff(lambda m: m["processors"][0]["plans"][0].update(frame=30000))
    assert found == {
        "plan 0 'normal' on CPU 0": [
            "frame: 20 ms -> 30 ms",
            "utilisation: 75.0 % (15 ms of 20 ms) -> 50.0 % (15 ms of 30 ms)",
            "utilisation by partition 0 'boss': 25.0 % (5 ms of 20 ms) -> 16.7 % (5 ms of 30 ms)",
            f"utilisation by {WORKER}: 50.0 % (10 ms of 20 ms) -> 33.3 % (10 ms of 30 ms)",
        ]
    }
