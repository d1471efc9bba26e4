# SPDX-License-Identifier: Apache-2.0
"""Each rule of prtoscparser by a small description that breaks it: those of bad/ are refused, those
of warn/ are accepted with a warning or note; those of edge/, just inside a limit, without a word.

NAME.expect beside NAME.xml lists the expected messages in order: FILE:LINE, severity, rule, and the
values that the message names; its wording is free. Files called aarch64-* are for that machine."""
import pathlib
import re
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import conf_image  # noqa: E402
from parser_tool import HERE, ROOT, arch_words, expected, messages, run  # noqa: E402

# The rules of the contract: they are what users and other tools know.
CONTRACT = """
file-unreadable schema slot-ids plan-ids processor-ids partition-ids too-many-processors
slot-overlap slot-beyond-frame slot-empty slot-partition slot-vcpu vcpu-two-processors
vcpu-no-slot too-many-vcpus too-many-partitions partition-name-duplicate name-too-long
region-alignment area-alignment region-overlap area-uncovered area-overlap area-reserved
area-virtual-overlap area-guest-window hypervisor-area-flags hypervisor-area-small uart-id
device-duplicate device-unknown irq-line irq-owner irq-reserved ioport-reserved
ioport-restricted port-duplicate port-unconnected port-two-channels channel-partition
channel-partition-name channel-port channel-type channel-direction ipvi-id
ipvi-destination-duplicate ipvi-partition ipvi-duplicate hm-word hm-action hm-maintenance
plan-frames dma-capable plan-counts value-range
""".split()
WARNINGS = {"vcpu-no-slot", "port-unconnected", "dma-capable", "plan-counts"}


def fixtures(folder: str) -> list:
    files = sorted((HERE / folder).glob("*.xml"))
    assert files
    return [pytest.param(file, id=f"{folder}/{file.stem}") for file in files]


@pytest.mark.parametrize("xml", fixtures("bad"))
def test_refused(xml, tmp_path):
    out = tmp_path / "out"
    done = run(*arch_words(xml), "-o", out, xml.name, cwd=xml.parent)
    assert done.returncode == 2
    assert messages(done.stderr) == expected(xml)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("xml", fixtures("warn"))
def test_warned(xml, tmp_path):
    out = tmp_path / "out"
    done = run(*arch_words(xml), "-o", out, xml.name, cwd=xml.parent)
    assert done.returncode == 0
    assert messages(done.stderr) == expected(xml)
    conf_image.read_image(out.read_bytes())


@pytest.mark.parametrize("xml", fixtures("edge"))
def test_just_inside(xml, tmp_path):
    out = tmp_path / "out"
    done = run(*arch_words(xml), "-o", out, xml.name, cwd=xml.parent)
    assert (done.returncode, done.stderr) == (0, "")
    conf_image.read_image(out.read_bytes())


def test_refusal_keeps_old_output(tmp_path):
    out = tmp_path / "out"
    out.write_text("old")
    assert run("-o", out, HERE / "bad" / "slot-overlap.xml").returncode == 2
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def rules_of(folder: str, severity: str) -> set:
    lines = [line.split() for file in (HERE / folder).glob("*.expect") for line in expected(file)]
    return {words[2] for words in lines if words[1] == severity}


def rules_known() -> dict:
    text = (ROOT / "user/tools/prtoscparser/rules.h").read_text()
    return {rule: kind
            for kind, rule in re.findall(r'(ERROR|WARNING|NOTE)\(\w+, "([a-z-]+)"\)', text)}


def test_every_rule_has_a_fixture():
    known = rules_known()
    assert len(list((HERE / "bad").glob("*.xml"))) >= 120
    assert set(CONTRACT) <= set(known)
    for rule in CONTRACT:
        assert (known[rule] == "WARNING") == (rule in WARNINGS), rule
    errors = {rule for rule, kind in known.items() if kind == "ERROR"}
    assert errors - rules_of("bad", "error") == {"control-table-large"}  # has its own test
    assert set(known) - errors == rules_of("warn", "warning") | rules_of("warn", "note")


def test_every_rule_has_its_edge():
    """A description just inside what the rule refuses: edge/RULE.xml or edge/RULE-*.xml."""
    stems = [file.stem.removeprefix("aarch64-") for file in (HERE / "edge").glob("*.xml")]
    for rule in set(rules_known()) - {"control-table-large"}:  # has its own test
        assert any(stem == rule or stem.startswith(f"{rule}-") for stem in stems), rule
