# SPDX-License-Identifier: Apache-2.0
"""Reads a configuration image (core/conf/layout.h) for tests: written by hand from the header, so
that it does not share a mistake with the tool."""
import struct
from types import SimpleNamespace

NONE = 0xFFFFFFFF
INFINITE = 0xFFFFFFFFFFFFFFFF

HEADER = (
    "magic version crc size arch file_version name flags area_start/Q area_size/Q pool_size/Q "
    "console health_log trace trace_mask"
)
TABLES = {
    "cpu": "first_plan n_plans khz reserved",
    "plan": "name cpu first_span n_spans frame/Q",
    "span": "start/Q end/Q vcpu slot_id slot_index slot_us gap_us reserved",
    "partition": "name flags first_vcpu n_vcpus first_area n_areas entry_area first_port n_ports "
                 "first_health hw_lines first_ioport n_ioports console trace trace_mask",
    "vcpu": "partition number cpu reserved",
    "region": "start/Q size/Q type reserved",
    "area": "start/Q size/Q mapped_at/Q flags name",
    "port": "partition number name type direction channel position reserved",
    "channel": "type message_size n_messages source first_dest n_dests valid_period/Q",
    "dest": "port",
    "ipvi": "source number first_target n_targets",
    "target": "partition",
    "health": "action/H log/H",
    "device": "type id name baud start/Q size/Q",
    "ioport": "base count",
    "string": "byte/B",
}


def split_fields(text: str) -> tuple:
    names = [word.split("/")[0] for word in text.split()]
    codes = "".join((word.split("/") + ["I"])[1] for word in text.split())
    return names, "<" + codes


def crc32c(data: bytes) -> int:
    """Bit by bit, as RFC 3720 defines it."""
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
    return value ^ 0xFFFFFFFF


def read_image(data: bytes) -> SimpleNamespace:
    """Header fields, and each table as a list of entries; names are already texts."""
    names, codes = split_fields(HEADER)
    image = SimpleNamespace(**dict(zip(names, struct.unpack_from(codes, data))))
    assert image.magic == 0x24584D43 and image.version == 1 and image.size == len(data)
    assert image.crc == crc32c(data[:8] + bytes(4) + data[12:])
    place = struct.calcsize(codes)
    raw = {}
    for table, fields in TABLES.items():
        offset, count = struct.unpack_from("<II", data, place)
        place += 8
        names, codes = split_fields(fields)
        size = struct.calcsize(codes)
        assert offset % 8 == 0 and offset + count * size <= len(data)
        raw[table] = [
            SimpleNamespace(**dict(zip(names, struct.unpack_from(codes, data, offset + i * size))))
            for i in range(count)
        ]
    strings = bytes(entry.byte for entry in raw.pop("string"))
    assert strings[-1:] == b"\0"
    for table in raw.values():
        for entry in table:
            if hasattr(entry, "name"):
                entry.name = text_at(strings, entry.name)
    image.name = text_at(strings, image.name)
    vars(image).update(raw)
    return image


def text_at(strings: bytes, offset: int) -> str:
    return strings[offset : strings.index(b"\0", offset)].decode()
