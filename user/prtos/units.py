# SPDX-License-Identifier: Apache-2.0
"""How values and names are written for people: times, sizes, addresses, shares, whose thing it is.
Exact unless the name says `about`."""

KB, MB, GB = 1 << 10, 1 << 20, 1 << 30


def decimal(value: float, digits: int) -> str:
    """Without needless zeros: 1.50 is 1.5."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def time_text(us: int) -> str:
    """5000 is 5 ms; never rounded."""
    if us and us % 1000000 == 0:
        return f"{us // 1000000} s"
    if abs(us) >= 1000 or us == 0:
        return f"{decimal(us / 1000, 3)} ms"
    return f"{us} us"


def size_text(size: int) -> str:
    """65536 is 64 KB; never rounded."""
    for unit, name in ((GB, "GB"), (MB, "MB"), (KB, "KB")):
        if size and size % unit == 0:
            return f"{size // unit} {name}"
    return f"{size} B"


def size_about(size: int) -> str:
    """Two decimals of the largest unit that fits."""
    for unit, name in ((GB, "GB"), (MB, "MB"), (KB, "KB")):
        if size >= unit:
            return f"{decimal(size / unit, 2)} {name}"
    return f"{size} B"


def address_text(address: int) -> str:
    """As wide as 32 bits, so that columns of addresses align."""
    return f"{address:#010x}"


def range_text(start: int, size: int) -> str:
    """First and last address."""
    return f"{address_text(start)} .. {address_text(start + max(size, 1) - 1)}"


def share_text(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def count_text(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def printable(name: str) -> str:
    """A name that stays on its line of a console."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in name)


def quoted(name: str) -> str:
    return f"'{printable(name)}'"


def partition_label(partition: dict) -> str:
    return partition["name"] or f"partition {partition['id']}"


def partition_text(partition: dict) -> str:
    """partition 1 'worker', as the tools say it."""
    name = f" {quoted(partition['name'])}" if partition["name"] else ""
    return f"partition {partition['id']}{name}"


def labels_of(model: dict) -> dict:
    """Partition ids and their labels."""
    return {each["id"]: partition_label(each) for each in model["partitions"]}


def place_text(model: dict, where: dict | None) -> str:
    """file:line, without the file's folder if its name is the only one; no place: the board's."""
    if where is None:
        return f"platform {model['platform']}"
    path = model["files"][where["file"]]
    name = path.rpartition("/")[2]
    alone = sum(each.rpartition("/")[2] == name for each in model["files"]) == 1
    return f"{name if alone else path}:{where['line']}"


def health_word(name: str) -> str:
    """PRTOS_HM_AC_IGNORE is IGNORE."""
    return name.removeprefix("PRTOS_HM_EV_").removeprefix("PRTOS_HM_AC_")
