# SPDX-License-Identifier: Apache-2.0
"""user/tools/rules.toml: each rule of prtoscparser and prtospack has a text, the severity is that
of the source, and the elements that a rule names are those at whose line its messages stand."""
import pathlib
import re
import sys
import tomllib
import xml.parsers.expat

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from parser_tool import HERE, ROOT, expected  # noqa: E402

sys.path.insert(0, str(ROOT / "scripts"))
import gen_reference  # noqa: E402
import xsd  # noqa: E402

RULES = tomllib.loads((ROOT / "user/tools/rules.toml").read_text())
ON = {name: set(rule.get("on", [])) for name, rule in RULES["config"].items()}
CALL = re.compile(r'tool_(error|warning|refuse)\(((?:(?!tool_).)*?)\[([a-z-]+)\]"', re.S)


def test_every_rule_has_a_text():
    text = (ROOT / "user/tools/prtoscparser/rules.h").read_text()
    assert {name for _, name in gen_reference.RULE.findall(text)} == set(RULES["config"])
    for kind in RULES.values():
        for name, rule in kind.items():
            assert re.fullmatch(r"[A-Zp].*\.", rule["text"]), name


def test_rules_of_prtospack():
    found = {}
    for source in sorted((ROOT / "user/tools/prtospack").glob("*.c")):
        for kind, _, name in CALL.findall(source.read_text()):
            found.setdefault(name, set()).add(kind == "warning")
    assert {name: {rule.get("warning", False)} for name, rule in RULES["pack"].items()} == found


def test_rules_name_elements_that_there_are():
    names = {element.name for element in xsd.Schema().elements}
    assert set().union(*ON.values()) <= names


def elements_by_line(path: pathlib.Path) -> dict:
    """{line: names of the elements whose start tag is on it}."""
    found = {}
    parser = xml.parsers.expat.ParserCreate()

    def start(name, attributes):
        found.setdefault(parser.CurrentLineNumber, set()).add(name)

    parser.StartElementHandler = start
    parser.Parse(path.read_bytes(), True)
    return found


def fixtures() -> list:
    """(file, line, rule) of each message of a fixture whose rule names elements; not those about
    platforms, which have elements of their own."""
    found = []
    for xml in sorted((HERE / "bad").glob("*.xml")) + sorted((HERE / "warn").glob("*.xml")):
        for message in expected(xml):
            (name, line), rule = message.split()[0].split(":"), message.split()[2]
            if ON.get(rule) and "platforms/" not in name:
                found.append((xml.parent / name, int(line), rule))
    return found


def test_messages_stand_at_the_elements_of_their_rule():
    places = fixtures()
    assert len(places) > 100
    lines = {path: elements_by_line(path) for path, _, _ in places}
    wrong = [(path.name, line, rule, lines[path].get(line)) for path, line, rule in places
             if not lines[path].get(line, set()) & ON[rule]]
    assert wrong == []


@pytest.mark.parametrize("rule", sorted(name for name in ON if ON[name]))
def test_rule_stands_in_the_reference(rule):
    text = gen_reference.REFERENCE.read_text()
    for name in ON[rule]:
        section = re.search(rf"^### {name}\b.*?(?=^##)", text, re.M | re.S)[0]
        assert f"[{rule}](#rule-{rule})" in section
