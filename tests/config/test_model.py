# SPDX-License-Identifier: Apache-2.0
"""prtoscparser -j against another reading of the same files, and what the XML alone does not say."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tomllib

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import conf_image  # noqa: E402
from parser_tool import HERE, PARSER, ROOT, arch_words, messages, run  # noqa: E402
from xml_model import read_model  # noqa: E402

HEALTH = tomllib.loads((ROOT / "core/abi/health.toml").read_text())


def model_of(xml: pathlib.Path) -> dict:
    done = run(*arch_words(xml), "-j", "-o", "-", xml.name, cwd=xml.parent)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def by_health(entry: dict, arch: str, own: bool) -> dict:
    """Takes the table out of the entry, proves that it is whole, gives what is stated."""
    rows = entry.pop("health")
    events = [event for event in HEALTH["event"] if arch in event.get("nr", {})]
    events.sort(key=lambda event: event["nr"][arch])
    assert [row["event"] for row in rows] == [f"PRTOS_HM_EV_{event['name']}" for event in events]
    default = HEALTH["default"]
    action = "PRTOS_HM_AC_" + default["hypervisor" if own else "partition"]
    for row, event in zip(rows, events):
        log = default["log_generic"]
        if event["nr"][arch] >= HEALTH["max_generic_events"]:
            log = default["log_trap_hypervisor" if own else "log_trap_partition"]
        assert row["stated"] or (row["action"], row["log"]) == (action, log)
    return {row["event"]: (row["action"], row["log"]) for row in rows if row["stated"]}


def check_model(xml: pathlib.Path, arch: str):
    found, wanted = model_of(xml), read_model(xml, xml.name)
    assert (found.pop("architecture"), found.pop("platform")) == {
        "x86": ("x86", "pc"), "aarch64": ("aarch64", "virt")}[arch]
    own = found["hypervisor"]
    own["health"] = by_health(own, arch, True)
    own["flags"] = set(own["flags"])
    parts = {part["name"]: part["size"] for part in own.pop("parts")}
    assert list(parts) == ["core", "configuration", "pools", "control tables"]
    assert own.pop("needed") == sum(parts.values())
    assert own.pop("start") == {"x86": 0x1000000, "aarch64": 0x100000}[arch]
    tables = 0
    for partition in found["partitions"]:
        partition["health"] = by_health(partition, arch, False)
        partition["flags"] = set(partition["flags"])
        table = partition.pop("control_table")
        assert table["start"] == 0xFBFC0000 and table["size"] > 0 and table["size"] % 4096 == 0
        tables += table["size"]
        for area in partition["areas"]:
            area["flags"] = set(area["flags"])
    assert parts["control tables"] == tables
    del found["reserved"], found["warnings"], found["notes"]
    for key, value in wanted.items():
        assert found.pop(key) == value, key
    assert found == {}


@pytest.mark.parametrize("name", ["demo", "edges", "aarch64", "minimal", "include"])
def test_model_is_what_the_files_say(name):
    check_model(HERE / "good" / f"{name}.xml", "aarch64" if name == "aarch64" else "x86")


def test_places_are_where_tags_begin(tmp_path):
    """Each attribute on a line of its own, and more lines than a 16-bit number counts."""
    for name in ("demo", "edges"):
        text = (HERE / "good" / f"{name}.xml").read_text()
        head, body = text.split("<SystemDescription", 1)
        body = body.replace("/>", "\n/>").replace('" ', '"\n ')
        (tmp_path / "x.xml").write_text(head + "\n" * 70000 + "<SystemDescription" + body)
        check_model(tmp_path / "x.xml", "x86")


def test_room_is_that_of_the_image(tmp_path):
    for name in ("demo", "edges"):
        xml = HERE / "good" / f"{name}.xml"
        parts = {part["name"]: part["size"] for part in model_of(xml)["hypervisor"]["parts"]}
        assert run("-o", tmp_path / "out", xml).returncode == 0
        image = conf_image.read_image((tmp_path / "out").read_bytes())
        assert parts["pools"] + parts["control tables"] == image.pool_size
        assert parts["configuration"] == (image.size + 4095) // 4096 * 4096


def test_reserved_pages():
    model = model_of(HERE / "good" / "minimal.xml")
    assert [(r["start"], r["size"]) for r in model["reserved"]] == [
        (0xFEC00000, 4096), (0xFED00000, 4096), (0xFEE00000, 4096)]
    assert len({r["what"] for r in model["reserved"]}) == 3
    assert model_of(HERE / "good" / "aarch64.xml")["reserved"] == []


def test_names_need_escapes(tmp_path):
    text = (HERE / "good" / "minimal.xml").read_text()
    text = text.replace('name="t"', 'name="&quot;&#92;&#9;&#10;&#127;ü€😀"')
    text = text.replace('Partition id="0"', 'Partition id="0" name="&lt;/script&gt;"')
    name = 'a "b" ü\\.xml'
    (tmp_path / name).write_text(text)
    check_model(tmp_path / name, "x86")
    model = model_of(tmp_path / name)
    assert model["system"]["name"] == '"\\\t\n\x7fü€😀'
    assert model["partitions"][0]["name"] == "</script>"


@pytest.mark.parametrize("raw", [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82",
                                 b"\xe0\x80\x80", b"\x1f", b"\n", b"\x7f", b"\"\\"])
def test_file_name_of_any_bytes(raw, tmp_path):
    name = os.fsdecode(b"x" + raw + b".xml")
    shutil.copy(HERE / "good" / "minimal.xml", tmp_path / name)
    assert os.fsencode(model_of(tmp_path / name)["files"][0]) == os.fsencode(name)


def test_warnings_and_notes_are_those_printed():
    for xml in sorted((HERE / "warn").glob("*.xml")):
        done = run(*arch_words(xml), "-j", "-o", "-", xml.name, cwd=xml.parent)
        model = json.loads(done.stdout)
        lines = [f"{model['files'][w['where']['file']]}:{w['where']['line']}: {key[:-1]}: "
                 f"{w['text']} [{w['rule']}]"
                 for key in ("warnings", "notes") for w in model[key]]
        assert sorted(lines) == sorted(done.stderr.splitlines()) and lines


def test_default_name_and_repeatable(tmp_path):
    xml = HERE / "good" / "edges.xml"
    assert run("-j", xml, cwd=tmp_path).returncode == 0
    assert [p.name for p in tmp_path.iterdir()] == ["a.json.prtos_conf"]
    first = (tmp_path / "a.json.prtos_conf").read_bytes()
    assert run("-j", "-o", "-", xml, cwd=tmp_path).stdout.encode() == first


def test_refused_gives_no_model(tmp_path):
    done = run("-j", "-o", tmp_path / "out", HERE / "bad" / "slot-overlap.xml")
    assert done.returncode == 2 and done.stdout == "" and list(tmp_path.iterdir()) == []


def test_check_only(tmp_path):
    done = run("-n", HERE / "good" / "demo.xml", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    bad = HERE / "bad" / "slot-overlap.xml"
    done = run("-n", bad, cwd=tmp_path)
    assert done.returncode == 2 and done.stderr == run("-o", "out", bad, cwd=tmp_path).stderr
    assert messages(done.stderr) and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["-n", "-j"], ["-c", "-j"], ["-n", "-o", "out"]])
def test_forms_exclude_each_other(words, tmp_path):
    done = run(*words, HERE / "good" / "demo.xml", cwd=tmp_path)
    assert done.returncode == 1 and list(tmp_path.iterdir()) == []


def test_image_to_standard_output(tmp_path):
    xml = HERE / "good" / "demo.xml"
    assert run("-o", tmp_path / "out", xml).returncode == 0
    assert run("-c", "-o", "-", xml).stdout.encode().startswith(b"/*")
    with open(tmp_path / "piped", "wb") as out:
        assert subprocess.run([PARSER, "-o", "-", xml], stdout=out, timeout=20).returncode == 0
    assert (tmp_path / "piped").read_bytes() == (tmp_path / "out").read_bytes()
