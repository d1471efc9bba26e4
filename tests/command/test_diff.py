# SPDX-License-Identifier: Apache-2.0
"""prtos diff: each change is told once, in the model's terms; nothing that matters is missed,
nothing that does not matter is told; always in the same order."""
import copy
import json
import random
import resource
import subprocess

import model_samples as samples
import pytest
from prtos import compare, matching

PRTOS = samples.ROOT / "user" / "bin" / "prtos"
WORKER = "partition 1 'worker'"
FLAGSHIP = samples.ROOT / "partitions" / "flagship" / "prtos_cf.xml"


def diff(change, base=samples.small) -> dict:
    """What `change`, done to a copy of the sample, is told as."""
    return compare.compare(base(), samples.changed(base(), change))


def slots(model: dict, plan: int = 0) -> list:
    return model["processors"][0]["plans"][plan]["slots"]


@pytest.mark.parametrize("name", ["small", "many", "big", "nasty", "empty"])
def test_equal_models_have_no_differences(name):
    assert compare.compare(getattr(samples, name)(), getattr(samples, name)()) == {}


def test_places_files_and_warnings_do_not_count():
    def change(model):
        text = json.dumps(model).replace('"line": ', '"line": 9')
        model.update(json.loads(text))
        model["files"], model["warnings"] = ["other.xml"], []

    assert diff(change) == {}


def test_partition_in_the_models_terms():
    def change(model):
        worker = model["partitions"][1]
        worker["flags"] = ["fp"]
        worker["areas"][0]["size"] = 2 * samples.MB
        worker["areas"][0].update(start=0x7000000, mapped_at=0x7000000)
        worker["areas"][1].update(name="post", flags=["shared"])
        worker["areas"].append(samples.area(0x8000000, 4096, "log", ["read-only"]))
        worker["ports"].append(samples.port("status", "queuing", "source"))
        worker["ports"][1]["type"] = "queuing"
        worker["lines"] = [7]
        worker["ioports"] = [{"base": 0x80, "count": 1, "where": samples.at(1)}]
        worker["console"] = None
        worker["health"] = samples.health("PARTITION_HALT")
        model["partitions"][0]["lines"] = [5]

    found = diff(change)
    assert found["partition 0 'boss'"] == ["interrupt line 6 removed"]
    assert found["partition 1 'worker'"] == [
        "flag fp added",
        "console: 'com' -> none",
        "area 'mail': renamed: 'mail' -> 'post'",
        "area 'mail': flag read-only removed",
        "area 0x6100000: moved from 0x6100000 to 0x7000000",
        "area 0x6100000: grown from 1 MB to 2 MB",
        "area 'log' at 0x8000000 (4 KB, read-only) added",
        "port 'lost': sampling source -> queuing source",
        "port 'status' (queuing source) added",
        "interrupt line 7 added",
        "I/O ports 0x80 added",
        "on X86_PAGE_FAULT: PARTITION_WARM_RESET, logged -> PARTITION_HALT, not logged",
    ]
    assert len(found) == 2


def test_partition_renamed_is_not_another_one():
    def change(model):
        model["partitions"][1]["name"] = "clerk"

    assert diff(change) == {"partition 1 'clerk'": ["renamed: 'worker' -> 'clerk'"]}


def test_partition_with_another_id_is_the_same():
    """Everything that refers to it follows."""

    def change(model):
        text = json.dumps(model)
        for key in ("partition", "source"):
            text = text.replace(f'"{key}": 0', f'"{key}": 2').replace(f'"{key}": 1', f'"{key}": 0')
            text = text.replace(f'"{key}": 2', f'"{key}": 1')
        model.update(json.loads(text.replace('"destinations": [1]', '"destinations": [0]')))
        model["partitions"].reverse()
        for number, partition in enumerate(model["partitions"]):
            partition["id"] = number

    assert diff(change) == {
        "partition 0 'worker'": ["id: 1 -> 0"],
        "partition 1 'boss'": ["id: 0 -> 1"],
    }


def test_partition_renamed_and_renumbered_is_known_by_its_areas():
    old = [samples.partition(n, name) for n, name in enumerate("abc")]
    new = [samples.partition(0, "b"), samples.partition(1, "x")]
    new[0]["areas"], new[1]["areas"] = old[1]["areas"], old[2]["areas"]
    pairs, removed, added = matching.partitions({"partitions": old}, {"partitions": new})
    assert [(a["name"], b["name"]) for a, b in pairs] == [("b", "b"), ("c", "x")]
    assert [each["name"] for each in removed] == ["a"] and not added


def test_things_without_a_name_are_not_one_because_of_that():
    keys = [lambda each: each["name"]]
    old, new = [{"name": None, "size": 1}], [{"name": None, "size": 2}]
    assert matching.by_keys(old, new, keys) == ([], old, new)


def test_area_with_all_changed_is_still_the_only_one():
    old = [samples.area(0x6000000, 4096, "a"), samples.area(0x7000000, 4096, "b")]
    new = [old[0], samples.area(0x8000000, 8192, "c", ["shared"])]
    assert matching.areas(old, new) == ([(old[0], new[0]), (old[1], new[1])], [], [])


def test_partition_added_and_removed():
    def change(model):
        model["partitions"].append(samples.partition(2, "spy", flags=["system"]))
        slots(model)[1]["partition"] = 2

    assert diff(change)["partitions"] == [
        "partition 2 'spy' added (1 MB of memory, 0 ports, system)"
    ]
    other = samples.changed(samples.small(), change)
    back = compare.compare(other, samples.small())
    assert back["partitions"] == ["partition 2 'spy' removed (1 MB of memory, 0 ports, system)"]
    assert (
        "utilisation by partition 2 'spy': 50.0 % (10 ms of 20 ms) -> gone"
        in back["plan 0 'normal' on CPU 0"]
    )


def test_port_renamed_keeps_its_channel():
    def change(model):
        model["partitions"][0]["ports"][0]["name"] = "orders"
        model["channels"][0]["source"]["port"] = "orders"

    assert diff(change) == {"partition 0 'boss'": ["port renamed: 'cmd' -> 'orders'"]}


def test_channel_in_the_models_terms():
    def change(model):
        channel = model["channels"][0]
        channel.update(messages=16, message_size=32)
        channel["destinations"] = [{"partition": 0, "port": "cmd"}]
        model["ipvis"][0]["destinations"] = [0, 1]

    name = "queuing channel from 'cmd' of partition 0 'boss'"
    assert diff(change) == {
        "channels": [
            f"{name}: message: 8 x 64 B -> 16 x 32 B",
            f"{name}: no longer to 'cmd' of partition 1 'worker'",
            f"{name}: now to 'cmd' of partition 0 'boss'",
            "IPVI 0 from partition 0 'boss' to partition 1 'worker' removed",
            "IPVI 0 from partition 0 'boss' to partition 0 'boss', partition 1 'worker' added",
        ]
    }


def test_channel_with_another_source_is_the_same():
    def change(model):
        model["channels"][0]["source"] = {"partition": 1, "port": "lost"}

    line = (
        "queuing channel from 'lost' of partition 1 'worker': was from 'cmd' of partition 0 'boss'"
    )
    assert diff(change) == {"channels": [line]}


def test_system_board_and_hypervisor():
    def change(model):
        model["system"].update(version="1.1.0", plan0_reenter=True)
        model["hypervisor"].update(size=8 * samples.MB, health_log=None, flags=["uncacheable"])
        model["regions"][0]["size"] = 256 * samples.MB
        model["reserved"].pop()
        model["processors"][0]["khz"] = 2000
        model["devices"][0].update(name="serial")
        model["devices"][1].update(size=128 * samples.KB)

    assert diff(change) == {
        "system": ["version: 1.0.0 -> 1.1.0", "re-entry of plan 0: no -> yes"],
        "memory": [
            "region 0x0: ram 0x0, 512 MB -> ram 0x0, 256 MB",
            "reserved 0xfee00000, 4 KB (local APIC) removed",
        ],
        "processors": ["CPU 0: frequency: measured at boot -> 2000 kHz"],
        "devices": [
            "'log': 64 KB at 0x2300000 -> 128 KB at 0x2300000",
            "renamed: 'com' -> 'serial'",
        ],
        "hypervisor": [
            "area: 4 MB -> 8 MB",
            "flag uncacheable added",
            "health log: 'log' -> none",
        ],
    }


def leaves(tree, path=()):
    """Paths of all values of a model that mean something."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key not in ("where", "stated", "files", "warnings", "format", "parts"):
                yield from leaves(value, (*path, key))
    elif isinstance(tree, list):
        for n, value in enumerate(tree):
            yield from leaves(value, (*path, n))
    else:
        yield path


# Numbers that only count what the order says, and what follows from the ends of channels and slots.
COUNTED = {"slots": "id", "channels": "id", "vcpus": "id", "ports": "channel"}


def altered(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return f"{value}x" if value else "x"


def test_no_value_is_overlooked():
    base = samples.small()
    for each in (base["hypervisor"], *base["partitions"]):
        each["trace"] = {"device": "log", "mask": 1}
    base["channels"].append(samples.channel(1, "sampling", (1, "lost"), [(0, "lost")]))
    checked = 0
    for path in leaves(base):
        if len(path) > 2 and COUNTED.get(path[-3]) == path[-1]:
            continue
        if path[0] in ("channels", "ipvis") and {"source", "destinations", "id"} & set(
            map(str, path)
        ):
            continue  # must name a partition; test_channel_* has them
        if path[-1] in ("partition", "vcpu") or (path[0], path[-1]) == ("partitions", "id"):
            continue  # likewise
        other = copy.deepcopy(base)
        place = other
        for key in path[:-1]:
            place = place[key]
        if path[-1] in ("valid_period", "messages") and place[path[-1]] is None:
            continue  # the other type of channel has it
        place[path[-1]] = altered(place[path[-1]])
        assert compare.compare(base, other), path
        assert compare.compare(other, base), path
        checked += 1
    assert checked > 100


def test_order_does_not_depend_on_chance():
    base, rng = samples.many(), random.Random(7)
    other = copy.deepcopy(base)
    for partition in other["partitions"]:
        partition["flags"] = rng.sample(["system", "fp", "z", "y", "x"], 4)
        partition["lines"] = rng.sample(range(32), 5)
    script = "import json, sys; sys.path.insert(0, sys.argv[1]); from prtos import compare\n"
    script += "print(json.dumps(compare.compare(*json.load(sys.stdin))))"
    outputs = set()
    for seed in "012":
        done = subprocess.run(
            ["/usr/bin/python3", "-c", script, samples.ROOT / "user"],
            input=json.dumps([base, other]),
            env={"PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_big_systems_take_little_time():
    base = samples.big()
    other = copy.deepcopy(base)
    random.Random(3).shuffle(other["channels"])
    for cpu in other["processors"]:
        rows = cpu["plans"][0]["slots"]
        owners = [slot["partition"] for slot in rows]
        for slot, owner in zip(rows, owners[7:] + owners[:7]):
            slot["partition"] = owner
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    assert compare.compare(base, other)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 2


def run(*words, cwd):
    return subprocess.run(
        [PRTOS, "diff", *words], cwd=cwd, capture_output=True, text=True, timeout=300
    )


@pytest.fixture
def other(tmp_path):
    path = tmp_path / "other.xml"
    text = FLAGSHIP.read_text().replace('maxNoMessages="4"', 'maxNoMessages="5"', 1)
    path.write_text("<!-- moved -->\n" + text)
    return path


def test_exit_codes(other, tmp_path):
    (tmp_path / "bad.xml").write_text("<a/>")
    assert run(FLAGSHIP, FLAGSHIP, "--exit-code", cwd=tmp_path).returncode == 0
    assert run(FLAGSHIP, other, cwd=tmp_path).returncode == 0
    assert run(FLAGSHIP, other, "--exit-code", cwd=tmp_path).returncode == 3
    assert run(FLAGSHIP, cwd=tmp_path).returncode == 1
    assert run(FLAGSHIP, "bad.xml", "--exit-code", cwd=tmp_path).returncode == 2
    assert run(FLAGSHIP, "absent.xml", cwd=tmp_path).returncode == 2


def test_output(other, tmp_path):
    assert run(FLAGSHIP, FLAGSHIP, cwd=tmp_path).stdout == "no differences\n"
    line = "queuing channel from 'position' of partition 2 'actuator': message: 4 x 8 B -> 5 x 8 B"
    assert run(FLAGSHIP, other, cwd=tmp_path).stdout == f"channels\n  {line}\n\n1 difference\n"


def test_console_without_utf8(tmp_path):
    ports = samples.ROOT / "partitions" / "ports" / "prtos_cf.xml"
    (tmp_path / "x.xml").write_text(ports.read_text().replace('"writer"', '"größe"'))
    command = [PRTOS, "diff", ports, "x.xml"]
    env = {"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, env=env, timeout=300)
    assert (done.returncode, done.stderr) == (0, b"") and rb"gr\xf6\xdfe" in done.stdout


def test_names_stay_on_their_line():
    found = diff(lambda m: m["partitions"][1].update(name="a\n\x9b31mb"))
    assert list(found) == ["partition 1 'a\\x0a\\x9b31mb'"]
