# SPDX-License-Identifier: Apache-2.0
"""What prtoscparser writes for the descriptions of good/, read back from the image."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import conf_image  # noqa: E402
from parser_tool import compile_good  # noqa: E402


def test_bitwise_crc():
    assert conf_image.crc32c(b"123456789") == 0xE3069283


def names(entries) -> list:
    return [entry.name for entry in entries]


def spans_of(image, plan) -> list:
    spans = image.span[plan.first_span : plan.first_span + plan.n_spans]
    return [(s.start, s.end, s.vcpu, s.slot_id, s.slot_index, s.slot_us) for s in spans]


def test_gaps_between_slots(tmp_path):
    """Each slot tells how far its vCPU's next one is, found here by walking on from it."""
    for name in ("demo", "edges"):
        image = conf_image.read_image(compile_good(name, tmp_path))
        for plan in image.plan:
            spans = image.span[plan.first_span : plan.first_span + plan.n_spans]
            for i, span in enumerate(spans):
                later = [(s.vcpu, s.start) for s in spans[i + 1 :]]
                later += [(s.vcpu, s.start + plan.frame) for s in spans]
                starts = [start for vcpu, start in later if vcpu == span.vcpu]
                idle = span.vcpu == conf_image.NONE
                assert span.gap_us * 1000 == (0 if idle else starts[0] - span.end)


def test_demo_values(tmp_path):
    image = conf_image.read_image(compile_good("demo", tmp_path))
    assert (image.name, image.arch, image.file_version, image.flags) == ("demo", 1, 0x10000, 0)
    assert (image.area_start, image.area_size) == (0x1000000, 4 << 20)
    assert names(image.device) == ["com", "log"]
    assert (image.console, image.health_log, image.trace) == (0, 1, conf_image.NONE)
    assert (image.device[1].start, image.device[1].size) == (0x2300000, 64 << 10)
    ms = 1000000
    plans = [(plan.name, plan.frame) for plan in image.plan]
    assert plans == [("normal", 20 * ms), ("maintenance", 10 * ms)]
    assert spans_of(image, image.plan[0]) == [
        (0, 5 * ms, 0, 0, 0, 5000),
        (5 * ms, 15 * ms, 1, 1, 1, 10000),
        (15 * ms, 20 * ms, conf_image.NONE, 0, 0, 0),
    ]
    assert names(image.partition) == ["boss", "worker"]
    assert [p.flags for p in image.partition] == [1, 0]
    assert [a.flags for a in image.area] == [0, 0x201, 0, 0x205]
    assert [(p.type, p.direction, p.channel) for p in image.port] == [(1, 2, 0), (1, 1, 0)]
    channel = image.channel[0]
    assert (channel.type, channel.message_size, channel.n_messages, channel.source) == (1, 64, 8, 0)
    assert [(i.source, i.number) for i in image.ipvi] == [(0, 0)]
    assert [t.partition for t in image.target] == [1]


def test_demo_health(tmp_path):
    image = conf_image.read_image(compile_good("demo", tmp_path))
    rows = [(row.action, row.log) for row in image.health]
    own, boss, worker = rows[:32], rows[32:64], rows[64:96]
    assert own == [(8, 1)] * 21 + [(8, 0)] + [(8, 1)] * 4 + [(8, 0)] * 6
    assert boss == [(7, 1)] * 6 + [(7, 0)] * 26
    assert worker == [*boss[:2], (3, 1), *boss[3:]]


def test_edge_plans(tmp_path):
    image = conf_image.read_image(compile_good("edges", tmp_path))
    us = 1000
    none = conf_image.NONE
    assert [cpu.khz for cpu in image.cpu] == [4294967295, 1]
    assert [(p.name, p.cpu, p.frame) for p in image.plan] == [
        ("", 0, 2502 * us),
        ("", 0, 4294967295 * us),
        ("sixteen-bytes-ok", 1, 2502 * us),
        ("", 1, 4294967295 * us),
    ]
    assert spans_of(image, image.plan[0]) == [
        (0, 1000 * us, 0, 0, 0, 1000),
        (1000 * us, 1001 * us, 2, 1, 1, 1),
        (1001 * us, 2000 * us, none, 0, 0, 0),
        (2000 * us, 2001 * us, 0, 2, 2, 1),
        (2001 * us, 2502 * us, none, 0, 0, 0),
    ]
    assert spans_of(image, image.plan[1]) == [(0, 4294967295 * us, none, 0, 0, 0)]
    assert spans_of(image, image.plan[2])[:2] == [
        (0, us, none, 0, 0, 0),
        (us, 2501 * us, 3, 0, 0, 2500),
    ]
    assert spans_of(image, image.plan[3])[-1] == (4294967294 * us, 4294967295 * us, 3, 0, 0, 1)
    assert [(v.partition, v.number, v.cpu) for v in image.vcpu] == [
        (0, 0, 0), (0, 1, 1), (0, 2, 0), (1, 0, 1),
    ]


def test_edge_memory(tmp_path):
    image = conf_image.read_image(compile_good("edges", tmp_path))
    assert [(r.start, r.size, r.type) for r in image.region] == [
        (0x2000, 0x7FFE000, 0), (0xFFFFF000, 0x1000, 1),
    ]
    flags = 0x10 | 0x8 | 0x20 | 0x100 | 0x400 | 0x200
    assert [(a.start, a.size, a.mapped_at, a.flags, a.name) for a in image.area] == [
        (0x5000000, 0x2000, 0xFBF6C000, 0, ""),
        (0x5002000, 0x1000, 0x5002000, flags, "sixteen-bytes-ok"),
        (0x6000000, 0x2000, 0, 1, ""),
        (0x6001000, 0x2000, 0, 3, ""),
        (0x6000000, 0x1000, 0x6000000, 5, ""),
    ]
    first, second = image.partition
    assert (first.first_area, first.n_areas, first.entry_area) == (0, 4, 1)
    assert (second.first_area, second.n_areas, second.entry_area) == (4, 1, 4)
    assert (image.area_start, image.area_size) == (0x1000000, 44 << 20)


def test_edge_partitions_and_devices(tmp_path):
    image = conf_image.read_image(compile_good("edges", tmp_path))
    first, second = image.partition
    none = conf_image.NONE
    assert (first.flags, second.flags, image.flags) == (0, 1 | 2 | 4, 1)
    assert (first.name, second.name, image.name) == ("", "sixteen-bytes-ok", "sixteen-bytes-ok")
    assert (first.hw_lines, second.hw_lines) == (1 << 31 | 1 | 1 << 5, 0)
    assert [(p.base, p.count) for p in image.ioport] == [(0x60, 1), (0x3FD, 3), (0xFFF, 1)]
    assert (first.n_ioports, second.first_ioport, second.n_ioports) == (3, 3, 0)
    assert [(d.type, d.id, d.name) for d in image.device] == [
        (3, 0, "log"), (2, 0, "screen"), (3, 0, "ring"), (1, 1, "tty"),
    ]
    assert (image.console, image.health_log, image.trace, image.trace_mask) == (1, 0, 2, 0b1001)
    assert (first.console, first.trace, first.trace_mask) == (none, none, 0)
    assert (second.console, second.trace, second.trace_mask) == (none, 2, 0xFFFFFFFF)
    health = image.health
    assert (health[5].action, health[5].log) == (10, 0)
    assert [(health[96 - 32 + n].action, health[96 - 32 + n].log) for n in (20, 0, 2, 21)] == [
        (9, 1), (8, 0), (10, 1), (7, 0),
    ]


def test_edge_channels(tmp_path):
    image = conf_image.read_image(compile_good("edges", tmp_path))
    assert [(c.type, c.message_size, c.n_messages, c.valid_period) for c in image.channel] == [
        (1, 1, 3, 0),
        (0, 512, 0, conf_image.INFINITE),
        (0, 1, 0, 4294967295000),
    ]
    assert [(c.source, c.first_dest, c.n_dests) for c in image.channel] == [
        (0, 0, 1), (1, 1, 2), (5, 3, 1),
    ]
    assert [d.port for d in image.dest] == [3, 4, 2, 6]
    assert [(p.partition, p.number, p.channel, p.position) for p in image.port] == [
        (0, 0, 0, 0), (0, 1, 1, 0), (0, 2, 1, 1),
        (1, 0, 0, 0), (1, 1, 1, 0), (1, 2, 2, 0), (1, 3, 2, 0), (1, 4, conf_image.NONE, 0),
    ]
    assert image.port[0].name == "abcdefghijklmnopqrstuvwxyz0123"
    assert [(i.source, i.number, i.n_targets) for i in image.ipvi] == [(1, 7, 2)]
    assert [t.partition for t in image.target] == [1, 0]


def test_aarch64_values(tmp_path):
    image = conf_image.read_image(compile_good("aarch64", tmp_path))
    assert (image.arch, image.area_start) == (2, 0x100000)
    assert [(a.start, a.mapped_at, a.flags) for a in image.area] == [
        (0x9000000, 0x50000000, 0x800), (0x9000000, 0x9000000, 0x200), (0x100000000, 0x40000000, 0),
    ]
    assert image.partition[0].entry_area == 2
    assert image.partition[0].hw_lines == 0b10110
    assert [(image.health[32 + n].action, image.health[32 + n].log) for n in (8, 14, 15)] == [
        (0, 1), (7, 0), (7, 0),
    ]


def test_include_gives_the_same_as_one_file(tmp_path):
    image = conf_image.read_image(compile_good("include", tmp_path))
    assert [(a.start, a.size) for a in image.area] == [(0x2000000, 1 << 20)]
