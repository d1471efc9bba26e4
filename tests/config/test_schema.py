# SPDX-License-Identifier: Apache-2.0
"""The schema explains itself, and what its texts say of defaults, limits and words is what the
tools do. Its examples are values and elements that the tools accept."""
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as etree

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from parser_tool import HERE, ROOT, messages, run  # noqa: E402

sys.path.insert(0, str(ROOT / "scripts"))
import gen  # noqa: E402
import gen_reference  # noqa: E402
import xsd  # noqa: E402

SCHEMA = xsd.Schema()
SCHEMAS = [SCHEMA, xsd.Schema(gen_reference.PLATFORM_SCHEMA)]
ATTRIBUTES = [(element, one) for element in SCHEMA.elements for one in element.attributes]
USES = [use for element in SCHEMA.elements for use in element.uses]
ALL_ATTRIBUTES = [(element.name, one) for schema in SCHEMAS for element in schema.elements
                  for one in element.attributes]
ALL_USES = [use for schema in SCHEMAS for element in schema.elements for use in element.uses]
EXAMPLE = gen_reference.EXAMPLE
SPACE = SCHEMA.tree.get("targetNamespace")
# Refused, or without effect and warned of: the example has none of them.
NOT_SHOWN = {"Restricted", "ResidentSw"}


def macro(name: str) -> int:
    text = (ROOT / "core/conf/layout.h").read_text()
    return int(re.search(rf"#define {name} (\d+)u", text)[1])


def attribute(path: str) -> xsd.Attribute:
    owner, name = path.split(".")
    return next(one for element, one in ATTRIBUTES if (element.name, one.name) == (owner, name))


@pytest.mark.parametrize("path, number", [
    (xsd.SCHEMA, 200), (gen_reference.PLATFORM_SCHEMA, 50)
], ids=["system", "platform"])
def test_everything_is_documented(path, number):
    kinds = [xsd.XS + kind for kind in ("element", "attribute", "simpleType", "enumeration")]
    nodes = [node for node in etree.parse(path).iter() if node.tag in kinds]
    assert len(nodes) > number
    # An attribute's own type is explained with the attribute.
    nodes = [node for node in nodes if not node.tag.endswith("simpleType") or "name" in node.keys()]
    texts = [(node.attrib, xsd.documentation(node)) for node in nodes]
    assert [name for name, text in texts if not re.match(r"[A-Za-z0-9].*\.$", text)] == []


def test_attributes_have_named_types():
    """Else the reader of the schema misses some; no type is there for nobody."""
    assert {one.type for _, one in ATTRIBUTES} <= set(SCHEMA.types)
    used = {one.type for _, one in ATTRIBUTES}
    for name in list(SCHEMA.types):
        used |= {SCHEMA.types[name].item, *SCHEMA.types[name].members} if name in used else set()
    assert set(SCHEMA.types) - used == set()


@pytest.mark.parametrize("element, one", ALL_ATTRIBUTES)
def test_attribute_says_its_default(element, one):
    said = re.findall(r"Default: ([^.]*)", one.doc)
    if one.required:
        assert said == []
        return
    assert len(said) == 1
    if one.default is not None:
        assert re.split("[, ]", said[0])[0] == one.default


@pytest.mark.parametrize("use", ALL_USES, ids=lambda use: f"{use.parent}-{use.element.name}")
def test_element_says_what_its_absence_means(use):
    optional = use.least == 0 and use.most == 1
    assert len(re.findall("Default: ", use.doc)) == optional


def test_health_defaults():
    default = gen.load_abi()["health"]["default"]
    for use in USES:
        if use.element.name == "HealthMonitor":
            key = "partition" if use.parent == "Partition" else "hypervisor"
            assert f"Default: PRTOS_HM_AC_{default[key]} for every event" in use.doc
    assert default["log_generic"] and default["log_trap_hypervisor"]
    assert not default["log_trap_partition"]


def area_limits() -> str:
    """As the text has them: of x86 and AArch64."""
    platform = (ROOT / "core/conf/platform.c").read_text()
    limits = re.findall(r"area_max = (\d+) \* MB", platform)
    return "at most {}MB on x86 and {}MB on AArch64".format(*limits)


def area_starts() -> str:
    platform = (ROOT / "core/conf/platform.c").read_text()
    return "({} on x86, {} on AArch64)".format(*re.findall(r"area_start = (0x\w+)", platform))


@pytest.mark.parametrize("text, words", [
    (attribute("PhysicalMemoryArea.size").doc, area_limits()),
    (next(use.doc for use in USES if use.element.name == "PhysicalMemoryArea"), area_starts()),
    (attribute("Partition.id").doc, f"{macro('CONF_MAX_PARTITIONS')} partitions"),
    (attribute("Partition.noVCpus").doc, f"1 to {macro('CONF_MAX_VCPUS')}."),
    (attribute("Ipvi.id").doc, f"0 to {macro('CONF_MAX_IPVI') - 1}."),
    (SCHEMA.types["string"].doc, f"up to {macro('CONF_NAME_MAX')} bytes"),
    (SCHEMA.types["string"].doc, f"up to {macro('CONF_PORT_NAME_MAX')} "),
    (USES[[use.element.name for use in USES].index("ProcessorTable")].doc,
     f"supports {macro('CONF_MAX_CPUS')}."),
    (next(use.doc for use in USES if use.element.name == "Destination"),
     f"Up to {macro('CONF_MAX_DESTS')} "),
])
def test_limits_are_those_of_the_core(text, words):
    assert words in text


def test_lengths_of_names():
    for element, one in ATTRIBUTES:
        for length in re.findall(r"up to (\d+) bytes", one.doc):
            name = "CONF_PORT_NAME_MAX" if element.name == "Port" else "CONF_NAME_MAX"
            assert int(length) == macro(name), (element.name, one.name)


@pytest.mark.parametrize("path", [
    "Area.flags", "Partition.flags", "PRTOSHypervisor.plan0", "Region.type", "Port.type",
    "Port.direction", "Trace.bitmask", "Event.log", "Partition.hw_virt",
])
def test_lists_of_words_are_whole(path):
    """Editors show the attribute's own text only, so it names the words of its type."""
    one = attribute(path)
    words = [word for word, _ in SCHEMA.words(one.type)]
    assert words
    text = re.sub("flag0 to flag3", "flag0 flag1 flag2 flag3", one.doc)
    assert [word for word in words if not re.search(rf"\b{word}\b", text)] == []


def test_trace_words():
    modules = gen.load_abi()["trace"]["module"]
    assert [word for word, _ in SCHEMA.words("traceWords")] == [
        module["word"] for module in modules if "word" in module
    ]


def model(text: str, name: str, folder: pathlib.Path) -> dict:
    """What prtoscparser makes of a description on a platform."""
    (folder / "x.xml").write_text(text)
    done = run("-p", name, "-j", "-o", "-", "x.xml", cwd=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["pc", "virt"])
def test_reference_says_what_comes_from_the_platform(name, tmp_path):
    """The table's figures against the defaults of a description that leaves all of it out."""
    text = (HERE / "good" / "board.xml").read_text()
    assert "MemoryLayout" not in text and "PhysicalMemoryArea " not in text
    board = gen_reference.Platform(ROOT / f"config/platforms/{name}.xml")
    rows = {title: text(board) for title, text in gen_reference.PLATFORM_ROWS}
    found = model(text, name, tmp_path)
    regions = [f"{one['type']} {one['start']:#x} {one['size'] >> 20}MB" for one in found["regions"]]
    assert rows["regions without a `MemoryLayout`"] == ", ".join(regions)
    size = f"{found['hypervisor']['size'] >> 20}MB"
    assert rows["`size` of the hypervisor's `PhysicalMemoryArea`"] == size
    assert f"0 {found['hypervisor']['console']}" in rows["serial lines: `Uart` id and own name"]
    for title, shown in rows.items():
        assert f"| {title} |" in gen_reference.REFERENCE.read_text() and shown


# Examples


def example_tree():
    etree.register_namespace("", SPACE)
    return etree.parse(EXAMPLE)


def local(node) -> str:
    return node.tag.split("}")[1]


def test_example_is_sound_and_whole(tmp_path):
    done = run("-o", tmp_path / "out", EXAMPLE)
    assert (done.returncode, done.stderr) == (0, "")
    nodes = list(example_tree().iter())
    shown = {local(node) for node in nodes}
    assert {element.name for element in SCHEMA.elements} - shown == NOT_SHOWN
    there = {(local(node), name) for node in nodes for name in node.keys()}
    wanted = {(element.name, one.name) for element, one in ATTRIBUTES}
    assert {pair for pair in wanted - there if pair[0] not in NOT_SHOWN} == set()


def values() -> list:
    """Each example and each word of every type, at an attribute that the example system has."""
    found = []
    for name in SCHEMA.types:
        texts = SCHEMA.types[name].examples + [word for word, _ in SCHEMA.words(name)]
        places = [(element.name, one.name) for element, one in ATTRIBUTES if one.type == name]
        places = [place for place in places if place[0] not in NOT_SHOWN]
        found += [pytest.param(*places[0], text, id=f"{name}-{text}") for text in texts if places]
    return found


@pytest.mark.parametrize("element, name, value", values())
def test_example_value_is_accepted(element, name, value, tmp_path):
    """It may not suit the rest of the system (an id, an address), but it is a value of its type."""
    tree = example_tree()
    node = next(node for node in tree.iter() if local(node) == element)
    node.set(name, value)
    tree.write(tmp_path / "x.xml")
    arch = "aarch64" if "_EV_ARM_" in value else "x86"
    done = run("-a", arch, "-o", tmp_path / "out", "x.xml", cwd=tmp_path)
    refused = [line for line in messages(done.stderr)
               if line.split()[2] in ("schema", "value-range", "name-too-long", "hm-word")]
    assert [line for line in refused if value in line.split()[3:] or f"'{value}'" in line] == []
    if arch == "x86":
        assert refused == []


@pytest.mark.parametrize("page", [gen_reference.REFERENCE, gen_reference.PLATFORM])
def test_links_of_the_reference(page):
    text = page.read_text()
    titles = re.findall(r"^#+ (.*)$", text, re.M)
    places = [gen_reference.anchor(title) for title in titles]
    assert len(places) == len(set(places))
    links = set(re.findall(r"\]\(#([^)]*)\)", text))
    assert len(links) > 25
    assert links - set(places) - set(re.findall(r'<a id="([^"]*)">', text)) == set()


def test_references_are_current():
    assert gen_reference.REFERENCE.read_text() == gen_reference.render_reference()
    assert gen_reference.PLATFORM.read_text() == gen_reference.render_platform()
    words = gen_reference.health_words(gen.load_abi()["health"])
    assert words in xsd.SCHEMA.read_text()
