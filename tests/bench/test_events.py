# SPDX-License-Identifier: Apache-2.0
"""How what the plugin saw becomes figures of events, of growth and of hypercalls, on made-up runs."""
import types

import events
import growth
import hypercalls
import pytest

FIRST, SECOND, ELSEWHERE = 0x100, 0x200, 0x300


def switches():
    places = {FIRST: "first", SECOND: "second"}
    pair = types.SimpleNamespace(at=lambda address: places.get(address, "start"))
    return events.Switches(types.SimpleNamespace(programs={"pair": pair}))


def test_a_switch_of_vcpus_is_from_the_first_to_the_second():
    run = [(10, FIRST, 1), (50, 0, "core"), (386, SECOND, 1), (400, 0, "core"), (700, FIRST, 1)]
    assert switches().follow(run) == {"vcpu": [336]}


def test_a_frame_that_was_to_switch_the_plan_is_none_of_the_others():
    run = [(0, 0, 2), (10, 0, "core"), (353, 0, 0), (360, 0, "plan"), (400, 0, "core"), (500, 0, 2),
           (600, 0, "core"), (1073, 0, 0), (1100, 0, "core"), (1200, 0, 2),
           (1300, 0, "core"), (1643, 0, 0)]  # fmt: skip
    assert switches().follow(run) == {"frame": [343, 343], "plan": [473]}


def test_a_reset_counts_if_the_right_partition_comes_next():
    alone = [(0, 0, 2), (5, 0, "partition_warm"), (6, 0, "core"), (2902, 0, 2)]
    assert switches().follow(alone) == {"partition_warm": [2897]}
    assert not switches().follow(alone[:-1] + [(2902, 0, 0)])


def test_a_signal_on_one_cpu_is_from_the_way_into_the_core():
    assert switches().follow([(5, 0, "core"), (120, 0, 2), (130, 0, "signal_end")]) == {"signal": [125]}


def test_a_signal_is_from_the_way_into_the_core_or_from_sleep():
    run = [(5, 0, "core"), (20, 0, "arch_idle"), (120, 0, 1), (130, 0, "signal_end")]
    assert events.heard(run) == {"cross_sleeping": [110]}
    assert events.heard([(5, 0, "core"), (25, 0, "message_end")]) == {"message_running": [20]}


def test_calls_of_the_sender_are_told_apart():
    run = [(1, 0, "raise_begin"), (2, 0, "core"), (184, 0, "raise_end"), (200, 0, "send_begin"), (435, 0, "send_end")]
    assert events.sent(run) == {"cross_call": [183], "message_call": [235]}


def test_the_hot_paths_of_a_round():
    run = types.SimpleNamespace(events=[
        (0, 0, 1), (10, 0, "core"), (424, 0, 0), (500, 0, "null_begin"), (510, 0, "core"), (530, 0, 0),
        (542, 0, "null_end"), (600, 0, "core"), (900, 0, 0), (1027, 0, "timer_end"),
    ])  # fmt: skip
    found = growth.counts(run)
    assert (found["slot"], found["null"], found["timer"]) == ([414], [42], [427])


@pytest.mark.parametrize("axis", growth.AXES)
def test_each_axis_grows_alone(axis):
    sizes = [growth.size_of(axis, number) for number in growth.AXES[axis]]
    assert [getattr(size, axis) for size in sizes] == list(growth.AXES[axis])
    others = {"partitions": "slots", "channels": "partitions", "cpus": "partitions"}
    for field in {"partitions", "slots", "channels", "cpus"} - {axis, others.get(axis)}:
        assert len({getattr(size, field) for size in sizes}) == 1


def test_the_measured_partition_has_the_last_slot_and_the_last_channel():
    base = (growth.ROOT / "tests/bench/growth/prtos_cf.xml").read_text()
    text = growth.describe(base, growth.size_of("slots", 10))
    plan = text[: text.index("</Plan>")]
    assert plan.count("<Slot ") == 10 and 'partitionId="0"' in plan[plan.rindex("<Slot ") :]
    text = growth.describe(base, growth.size_of("channels", 10))
    assert text.count("<SamplingChannel") == 10 and text.rindex('portName="out"') > text.rindex('portName="o8"')


def test_what_a_call_takes_that_does_not_come_back():
    entered = [(0, 0, "core"), (5, 0, "hc_iret"), (106, 0, 0), (110, 0, "core"), (200, 0, 0)]
    assert hypercalls.taken(types.SimpleNamespace(events=entered), "iret", "") == [106]
    twice = [(0, 0, "here"), *entered, *((count + 300, 0, kind) for count, _, kind in entered)]
    assert hypercalls.taken(types.SimpleNamespace(events=twice), "iret", "here") == [106]
    slept = [(3, 0, "idle_self"), (359, 0, "arch_idle"), (900, 0, "arch_idle")]
    assert hypercalls.points(types.SimpleNamespace(events=slept), "idle_self", "arch_idle") == [356]


@pytest.mark.parametrize("arch, absent", [("x86", "iret"), ("aarch64", "x86_load_cr0")])
def test_the_list_is_that_of_the_architecture(arch, absent):
    names = [name for _, name, _ in hypercalls.rows(arch)]
    assert "get_vcpuid" in names and "ctrl_object HM LOCK_EVENTS" in names and absent not in names
    assert len(set(names)) == len(names)
