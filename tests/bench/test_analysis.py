# SPDX-License-Identifier: Apache-2.0
"""How samples and the plugin's log become figures, on made-up ones."""
import types

import figures
import lab
import pytest


def test_a_figure_at_its_goal_is_ok_and_one_above_is_over():
    assert figures.Figure("k", "t", [3, 10], 10).verdict == "ok"
    assert figures.Figure("k", "t", [3, 11], 10).verdict == "OVER"
    assert figures.Figure("k", "t", [3], None).verdict == "-"


@pytest.mark.parametrize(
    "why, verdict",
    [("absent: x", "absent"), (figures.NO_PLUGIN, "skipped"), ("no samples", "MISSING")],
)
def test_what_is_missing_says_in_which_way(why, verdict):
    assert figures.Figure("k", "t", [], 1, missing=why).verdict == verdict


def test_guarded_turns_no_samples_into_a_reason():
    assert figures.guarded(figures.Figure("k", "t", [], 1), lambda: []).verdict == "MISSING"
    assert figures.guarded(figures.Figure("k", "t", [], 1), lambda: [1]).verdict == "ok"


def test_slot_delays_are_from_each_nominal_start():
    times = [1140 + 7, 2140 + 30, 3140]
    assert figures.slot_delays(times, 140, 1000) == [7, 30, 0]


@pytest.mark.parametrize("third", [4140, 3100])
def test_a_missed_or_early_slot_is_not_taken_for_a_late_one(third):
    with pytest.raises(lab.Unmeasured):
        figures.slot_delays([1147, 2140, third], 140, 1000)


def made_run(events, series):
    return types.SimpleNamespace(events=events, series=series, plan_since=0)


def test_slot_starts_subtract_the_way_to_the_stamp():
    events = [
        (0, 0, 1), (100, 0, "core"), (540, 0, 0), (559, 0, "first"), (1000, 0, "core"), (1400, 0, 1),
    ]  # fmt: skip
    run = made_run(events, {"first": {"stamp 2": [9019]}})
    # The stamp lies 19 instructions behind the first one; the core ran 440 before.
    assert figures.slot_starts(run, "first", 0) == {2: [(9000, 440)]}


def counter(times, counts):
    events = [(counts[0], 0, "first"), (counts[1], 0, "second")]
    series = {"first": {"stamp 0": [times[0]]}, "second": {"stamp 1": [times[1]]}}
    return figures.check_counter(made_run(events, series), {"first": {}, "second": {}})


def test_counter_and_clock_must_agree():
    assert counter((5000, 105_000), (70, 100_072)).verdict == "ok"
    assert counter((5000, 105_000), (70, 100_073)).verdict == "OVER"


def test_the_logs_of_the_plugin(tmp_path):
    probe = lab.Probe(None, marks={"here": 0x6000010})
    system = types.SimpleNamespace(symbol=hex)
    second = 1 << lab.CPU_BIT
    records = ((5, 0x100000C, 2), (9, 0x6000000, 3), (12, 0x6000010, lab.MARK), (13, 0xFFF0, 0),
               (2, 0x6000010, second | lab.MARK))  # fmt: skip
    (tmp_path / "log").write_bytes(b"".join(lab.EVENT.pack(*one) for one in records))
    (tmp_path / "log.hits").write_text(
        "windows 2\nlost 0\nfc000010 14\nstretch fc000020 30\nstretch fc000030 90\nstep fc000040 7\ncall fc000030 400\n"
    )
    first, other = lab.read_events(probe, tmp_path, 2)
    assert [kind for _, _, kind in first] == ["core", 0, "here", None]
    assert other == [(2, 0x6000010, "here")]
    hits, windows, stretches, calls = lab.read_hits(probe, system, tmp_path)
    assert (hits, windows) == ({0xFC000010: 14}, 2)
    assert calls == {"0xfc000030": 400}
    assert stretches == [(90, "0xfc000030", [(7, "0xfc000040")]), (30, "0xfc000020", [])]


def test_a_log_that_lost_events_is_refused_unless_that_was_meant(tmp_path):
    (tmp_path / "log.hits").write_text("windows 0\nlost 3\n")
    with pytest.raises(lab.Unmeasured, match="lost 3"):
        lab.read_hits(lab.Probe(None), None, tmp_path)
    assert lab.read_hits(lab.Probe(None, partial=True), None, tmp_path) == ({}, 0, [], {})
