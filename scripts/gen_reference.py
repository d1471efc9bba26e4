#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes documentation/xml/*.md from the schemas, the rules and the examples; and the words of
health events and actions into the schema of systems, from core/abi/health.toml.

Usage: gen_reference.py     (`make docs` calls it)
"""
import pathlib
import re
import sys
import textwrap
import tomllib
import xml.etree.ElementTree as etree
import xml.parsers.expat

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gen  # noqa: E402
import xsd  # noqa: E402

ROOT = gen.ROOT
REFERENCE = ROOT / "documentation/xml/reference.md"
PLATFORM = ROOT / "documentation/xml/platform.md"
PLATFORM_SCHEMA = ROOT / "config/schema/platform.xsd"
PLATFORMS = sorted((ROOT / "config/platforms").glob("*.xml"))
EXAMPLE = ROOT / "documentation/xml/example.xml"
EXAMPLE_LINES = 14  # a longer one is read in the example system
WORDS = re.compile(
    r"( *<!-- Health words: .*? -->\n).*?( *<!-- End of the health words. -->\n)", re.S
)
RULE = re.compile(r'\b(ERROR|WARNING|NOTE)\(\w+, "([a-z-]+)"\)')


def health_words(health: dict) -> str:
    every = [action["name"] for action in health["action"]]
    processors = {"x86": "Only on x86. ", "aarch64": "Only on AArch64. "}

    def where(event: dict) -> str:
        found = [text for name, text in processors.items() if name in event["nr"]]
        return found[0] if len(found) == 1 else ""

    def actions(chosen: str) -> str:
        names = health["set"][chosen]
        missing = [name for name in every if name not in names]
        if len(missing) > 2:
            return ", ".join(names)
        return "any" + (" but " + " and ".join(missing) if missing else "")

    return gen.render("health_words.xsd.j2", health=health, where=where, actions=actions)


def write_schema():
    text, found = WORDS.subn(
        lambda match: match[1] + health_words(gen.load_abi()["health"]) + match[2],
        xsd.SCHEMA.read_text(),
    )
    if found != 1:
        sys.exit(f"{xsd.SCHEMA}: the comments around the health words are missing")
    gen.write(xsd.SCHEMA, text)


def load_rules() -> dict:
    """{"config": [...], "pack": [...]}: id, severity, text; in the order of rules.h."""
    with (ROOT / "user/tools/rules.toml").open("rb") as file:
        texts = tomllib.load(file)
    found = {"config": [], "pack": []}
    for severity, name in RULE.findall((ROOT / "user/tools/prtoscparser/rules.h").read_text()):
        rule = {"id": name, "severity": severity.lower(), "on": [], **texts["config"][name]}
        found["config"].append(rule)
    for name, rule in texts["pack"].items():
        severity = "warning" if rule.get("warning") else "error"
        found["pack"].append({"id": name, "severity": severity, **rule})
    return found


def read_examples(path: pathlib.Path) -> dict:
    """{(name, parent): text} of the first of each, indented as if it stood alone."""
    data, found, open_ = path.read_bytes(), {}, []
    parser = xml.parsers.expat.ParserCreate()

    def start(name, attributes):
        open_.append((name, parser.CurrentByteIndex))

    def end(name):
        # Behind an empty element, else in front of its end tag.
        after = parser.CurrentByteIndex
        if data[after : after + 2] == b"</":
            after = data.index(b">", after) + 1
        first = open_.pop()[1]
        line = data.rindex(b"\n", 0, first) + 1
        text = textwrap.dedent(data[line:after].decode())
        found.setdefault((name, open_[-1][0] if open_ else None), text)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return found


class Reference:
    """What the template asks for."""

    def __init__(self, schema: xsd.Schema, rules: dict, example: pathlib.Path):
        self.schema = schema
        self.rules = rules
        self.examples = read_examples(example)
        self.names = [element.name for element in schema.elements]

    def title(self, element: xsd.Element) -> str:
        if self.names.count(element.name) == 1:
            return element.name
        return f"{element.name} of {element.parents[0]}"

    def parent_of(self, use: xsd.Use) -> xsd.Element:
        return next(one for one in self.schema.elements if use in one.children)

    def example_of(self, element: xsd.Element) -> str:
        parent = element.parents[0] if element.parents else None
        text = self.examples.get((element.name, parent), "")
        return text if text.count("\n") < EXAMPLE_LINES else ""

    def rules_on(self, element: xsd.Element) -> list:
        return [rule["id"] for rule in self.rules.get("config", []) if element.name in rule["on"]]

    def tree(self) -> str:
        lines = []

        def walk(use: xsd.Use, depth: int):
            mark = "" if use.least else "?"
            if use.most != 1:
                mark = "+" if use.least else "*"
            attributes = use.element.attributes
            words = [one.name if one.required else f"[{one.name}]" for one in attributes]
            lines.append(f"{'  ' * depth}{use.element.name}{mark}".ljust(34) + " ".join(words))
            for child in use.element.children:
                walk(child, depth + 1)

        walk(self.schema.root.uses[0], 0)
        return "\n".join(line.rstrip() for line in lines)


class Platform:
    """What config/platforms/NAME.xml says that a system description depends on."""

    SPACE = "{http://www.prtos.org/platform-1.x}"

    def __init__(self, path: pathlib.Path):
        self.path = path.relative_to(ROOT)
        self.root = etree.parse(path).getroot()
        self.name = self.root.get("name")
        self.architecture = self.root.get("architecture")

    def all(self, path: str) -> list:
        return self.root.findall("/".join(self.SPACE + part for part in path.split("/")))

    def one(self, path: str, name: str) -> str | None:
        found = self.all(path)
        return found[0].get(name) if found else None

    def text(self, path: str, form) -> str:
        return ", ".join(form(node) for node in self.all(path)) or "none"


# What is shown of a platform: title, and text from the platform.
PLATFORM_ROWS = (
    ("regions without a `MemoryLayout`", lambda board: board.text(
        "MemoryLayout/Region", lambda node: "{type} {start} {size}".format(**node.attrib))),
    ("`size` of the hypervisor's `PhysicalMemoryArea`",
     lambda board: board.one("HypervisorArea", "size")),
    ("processors", lambda board: board.one("Processors", "count")),
    ("`frequency` of a `Processor`",
     lambda board: board.one("Processors", "frequency") or "measured at boot"),
    ("serial lines: `Uart` id and own name", lambda board: board.text(
        "Devices/Uart", lambda node: "{id} {name}".format(**node.attrib)
        + ("" if node.get("driver") else " (no driver)"))),
    ("screen: own name", lambda board: board.one("Devices/Vga", "name") or "none"),
    ("reserved interrupt lines", lambda board: board.one("Interrupts", "reserved") or "none"),
    ("reserved addresses", lambda board: board.text(
        "MemoryLayout/Reserved", lambda node: "{start} {size} ({what})".format(**node.attrib))),
    ("reserved I/O ports", lambda board: board.text(
        "IoPorts/Reserved", lambda node: "{base} {noPorts} ({what})".format(**node.attrib))
        if board.all("IoPorts") else "has no I/O ports"),
    ("addresses for areas with the flag `device`", lambda board: board.text(
        "DeviceWindows/Window", lambda node: "{start} {size} ({what})".format(**node.attrib))
        + (", others" if board.one("DeviceWindows", "others") != "none" else "")),
)


def anchor(title: str) -> str:
    """As the usual renderers of Markdown make it from a heading."""
    return re.sub(r"[^a-z0-9 _-]", "", title.lower()).replace(" ", "-")


def cardinality(use: xsd.Use) -> str:
    if use.most == 1:
        return "once" if use.least else "at most once"
    most = "" if use.most is None else f", at most {use.most}"
    return ("one or more" if use.least else "any number") + most


def order(element: xsd.Element) -> str:
    if len(element.children) == 1:
        return "Child"
    return "Children, in " + ("this order" if element.group == "sequence" else "any order")


def default(attribute: xsd.Attribute) -> str:
    if attribute.required:
        return "required"
    if attribute.default is not None:
        return f"`{attribute.default}`"
    return re.search(r"Default: ([^.,]*)", attribute.doc)[1]


def render(template: str, schema: xsd.Schema, rules: dict, example: pathlib.Path, **more) -> str:
    reference = Reference(schema, rules, example)
    inner = {part for kind in schema.types.values() for part in [kind.item, *kind.members]}
    used = {attribute.type for element in schema.elements for attribute in element.attributes}
    return gen.render(
        template,
        namespace=schema.tree.get("targetNamespace"),
        tree=reference.tree(),
        elements=schema.elements,
        types=list(schema.types.values()),
        inner=inner - used,
        rules=rules,
        title=reference.title,
        parent_of=reference.parent_of,
        example_of=reference.example_of,
        rules_on=reference.rules_on,
        words=schema.words,
        anchor=anchor,
        cardinality=cardinality,
        order=order,
        default=default,
        **more,
    )


def render_reference() -> str:
    return render(
        "reference.md.j2",
        xsd.Schema(),
        load_rules(),
        EXAMPLE,
        kind="part",
        sources=["config/schema/prtos.xsd", "config/platforms", "user/tools/rules.toml"],
        platforms=[Platform(path) for path in PLATFORMS],
        platform_rows=PLATFORM_ROWS,
    )


def render_platform() -> str:
    schema = xsd.Schema(PLATFORM_SCHEMA)
    sources = ["config/schema/platform.xsd"]
    return render("platform.md.j2", schema, {}, PLATFORMS[0], kind="platform", sources=sources)


def main() -> int:
    if len(sys.argv) > 1:
        print(__doc__)
        return 0 if sys.argv[1:] == ["--help"] else 1
    write_schema()
    gen.write(REFERENCE, render_reference())
    gen.write(PLATFORM, render_platform())
    return 0


if __name__ == "__main__":
    sys.exit(main())
