# SPDX-License-Identifier: Apache-2.0
"""Reads the schemas of config/schema into a plain model of elements, attributes and value types.
Knows the forms that they use, and no others."""
import dataclasses
import pathlib
import xml.etree.ElementTree as etree

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "config/schema/prtos.xsd"
XS = "{http://www.w3.org/2001/XMLSchema}"
GROUPS = ("sequence", "choice", "all")


@dataclasses.dataclass
class Attribute:
    name: str
    type: str
    required: bool
    default: str | None
    doc: str


@dataclasses.dataclass
class Use:
    """An element as the child of another."""

    element: "Element"
    parent: str | None
    least: int
    most: int | None  # None: any number
    doc: str


@dataclasses.dataclass
class Element:
    """One content: an element that stands in two places with the same type is one of these."""

    name: str
    group: str | None
    attributes: list
    children: list = dataclasses.field(default_factory=list)
    uses: list = dataclasses.field(default_factory=list)

    @property
    def parents(self) -> list:
        return [use.parent for use in self.uses if use.parent]


@dataclasses.dataclass
class Type:
    name: str
    doc: str
    examples: list
    pattern: str | None
    words: list  # (word, doc)
    item: str | None  # of a list
    members: list  # of a union


def documentation(node) -> str:
    """The text of a node; the examples have a source of their own."""
    found = node.findall(f"{XS}annotation/{XS}documentation")
    return " ".join(" ".join(one.text.split()) for one in found if one.get("source") is None)


def examples(node) -> list:
    found = node.findall(f"{XS}annotation/{XS}documentation")
    return [one.text for one in found if one.get("source") == "example"]


def read_type(node, name: str) -> Type:
    form = next(child for child in node if child.tag != f"{XS}annotation")
    pattern = form.find(f"{XS}pattern")
    words = [(one.get("value"), documentation(one)) for one in form.findall(f"{XS}enumeration")]
    return Type(
        name=name,
        doc=documentation(node),
        examples=examples(node),
        pattern=pattern.get("value") if pattern is not None else None,
        words=words,
        item=form.get("itemType"),
        members=(form.get("memberTypes") or "").split(),
    )


class Schema:
    """types: {name: Type}; elements: list in the order of the document; root: the first of them."""

    def __init__(self, path: pathlib.Path = SCHEMA):
        self.tree = etree.parse(path).getroot()
        named = {kind: self.tree.findall(XS + kind) for kind in ("simpleType", "complexType")}
        self.types = {
            node.get("name"): read_type(node, node.get("name")) for node in named["simpleType"]
        }
        self.complex = {node.get("name"): node for node in named["complexType"]}
        self.elements, self.seen = [], {}
        self.root = self.read_element(self.tree.find(f"{XS}element"), None).element

    def read_attribute(self, node, owner: str) -> Attribute:
        """A type without a name is called after the attribute."""
        name, kind = node.get("name"), node.get("type")
        if kind is None:
            kind = f"{owner}.{name}"
            self.types[kind] = read_type(node.find(f"{XS}simpleType"), kind)
            self.types[kind].doc = documentation(node)
        required = node.get("use") == "required"
        return Attribute(name, kind, required, node.get("default"), documentation(node))

    def attributes(self, content, owner: str) -> list:
        extension = content.find(f"{XS}complexContent/{XS}extension")
        if extension is not None:
            base = self.attributes(self.complex[extension.get("base")], owner)
            return base + self.attributes(extension, owner)
        return [self.read_attribute(one, owner) for one in content.findall(f"{XS}attribute")]

    def read_element(self, node, parent: str | None, times: str = "1") -> Use:
        """`times`: how often the group that the element stands in is repeated."""
        content = self.complex.get(node.get("type"))
        if content is None:
            content = node.find(f"{XS}complexType")
        most = node.get("maxOccurs", "1") if times == "1" else times
        use = Use(
            self.read_content(node.get("name"), content),
            parent,
            int(node.get("minOccurs", "1")) if times == "1" else 0,
            None if most == "unbounded" else int(most),
            documentation(node),
        )
        use.element.uses.append(use)
        return use

    def read_content(self, name: str, content) -> Element:
        if (name, content) in self.seen:
            return self.seen[name, content]
        group = next((kind for kind in GROUPS if content.find(XS + kind) is not None), None)
        element = Element(name, group, self.attributes(content, name))
        self.seen[name, content] = element
        self.elements.append(element)
        if group:
            node = content.find(XS + group)
            times = node.get("maxOccurs", "1")
            for child in node.findall(f"{XS}element"):
                element.children.append(self.read_element(child, name, times))
        return element

    def words(self, name: str) -> list:
        """The words that a value of this type can have, with their texts."""
        kind = self.types[name]
        found = list(kind.words)
        for part in [kind.item, *kind.members]:
            found += self.words(part) if part else []
        return found
