# SPDX-License-Identifier: Apache-2.0
"""What editors are given: catalog, settings of VS Code and the form of the messages, tried on the
schema, the worked systems and the output of prtoscparser over all fixtures."""
import fnmatch
import functools
import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from parser_tool import HERE, ROOT, arch_words, run  # noqa: E402

sys.path.insert(0, str(ROOT / "scripts"))
import xsd  # noqa: E402

sys.path.insert(0, str(ROOT / "scripts/check"))
import tree  # noqa: E402

CATALOG = ROOT / "config/schema/catalog.xml"
ADDRESS = "http://www.prtos.org/prtos-1.x/prtos.xsd"
SPACE = xsd.Schema().tree.get("targetNamespace")
BOARD = "http://www.prtos.org/platform-1.x"
BOARDS = sorted((ROOT / "config/platforms").glob("*.xml"))
SYSTEMS = sorted((ROOT / "partitions").glob("*/prtos_cf*.xml"))
FIXTURES = sorted((HERE / "bad").glob("*.xml")) + sorted((HERE / "warn").glob("*.xml"))
CORPUS = ROOT / "tests/fuzz/corpus"  # of the fuzzers: bytes, no text
# An error message by the GNU coding standards, "program:file:line: text", as Emacs and other tools
# know it: the file's name has no colon and does not begin with a blank, a number follows.
GNU = re.compile(
    r"(?:[A-Za-z][-A-Za-z0-9.]+: ?)?([^\s:][^:\n]*):([1-9][0-9]*)(?:[.:][0-9]+)?: ?(.*)"
)
# The default form of Vim and of most other editors: %f:%l:%m
VIM = re.compile(r"([^:]+):(\d+):(.*)")


def read_json(name: str) -> dict:
    """VS Code allows comments in its files; ours are whole lines."""
    lines = (ROOT / ".vscode" / name).read_text().splitlines()
    return json.loads("\n".join(line for line in lines if not line.startswith("//")))


def task(label: str) -> dict:
    return next(one for one in read_json("tasks.json")["tasks"] if one["label"] == label)


def workspace(text: str) -> str:
    return text.replace("${workspaceFolder}", str(ROOT))


@functools.lru_cache(maxsize=None)
def message_lines() -> tuple:
    """(fixture, line of stderr) of all of them; the names are relative to the fixture's folder."""
    found = []
    for path in FIXTURES:
        done = run(*arch_words(path), "-n", path.name, cwd=path.parent)
        assert done.stderr and done.stdout == ""
        found += [(path, line) for line in done.stderr.splitlines()]
    assert len(found) > 200
    return tuple(found)


def is_place(path: pathlib.Path, name: str, line: int) -> bool:
    """A file there is, and a line that it has; what is missing at its end is missed behind it.
    For a file that cannot be read, line 1."""
    place = path.parent / name
    lines = place.read_bytes().count(b"\n") + 1 if place.is_file() else 1
    return 1 <= line <= lines


# VS Code


@pytest.mark.parametrize("label", ["prtos: check this system", "prtos: build"])
def test_problem_matcher_matches_every_message(label):
    matchers = task(label)["problemMatcher"]
    matcher = matchers[-1] if isinstance(matchers, list) else matchers
    pattern = matcher["pattern"]
    assert matcher["fileLocation"] == ["autoDetect", "${workspaceFolder}"]
    rules_h = (ROOT / "user/tools/prtoscparser/rules.h").read_text()
    rules = re.findall(r'\(\w+, "([a-z-]+)"\)', rules_h)
    for path, line in message_lines():
        match = re.search(pattern["regexp"], line)
        assert match and match[0] == line, line
        assert is_place(path, match[pattern["file"]], int(match[pattern["line"]])), line
        assert match[pattern["severity"]] in ("error", "warning", "note")
        assert match[pattern["code"]] in rules
        assert match[pattern["message"]] in line


def test_problem_matcher_leaves_the_compiler_alone():
    pattern = task("prtos: build")["problemMatcher"][-1]["pattern"]["regexp"]
    assert not re.search(pattern, "hello.c:3:5: warning: unused variable 'x' [-Wunused-variable]")
    assert not re.search(pattern, "hello.c:3:5: error: bad [-fpermissive]")


@pytest.mark.parametrize("name, code", [("good/demo.xml", 0), ("bad/slot-overlap.xml", 2)])
def test_check_task(name, code, tmp_path):
    """The command of the task, on the file that is open; it writes nothing."""
    one = task("prtos: check this system")
    before = {path for path in ROOT.iterdir()}
    file = str((HERE / name).relative_to(ROOT))
    words = [word.replace("${relativeFile}", file) for word in one["args"]]
    done = subprocess.run([one["command"], *words], cwd=workspace(one["options"]["cwd"]),
                          capture_output=True, text=True, timeout=20)
    assert done.returncode == code
    assert {path for path in ROOT.iterdir()} == before


def test_settings_lead_to_schema_and_catalog():
    settings = read_json("settings.json")
    assert [ROOT / name for name in settings["xml.catalogs"]] == [CATALOG]
    links = settings["xml.fileAssociations"]

    def schemas(path: pathlib.Path) -> list:
        """Of the associations that fit, as the editor finds them."""
        return [pathlib.Path(workspace(link["systemId"])) for link in links
                if fnmatch.fnmatch(str(path), link["pattern"])]

    for path in [*SYSTEMS, ROOT / "mine/system.xml", ROOT / "mine/prtos_cf.aarch64.xml"]:
        assert schemas(path) == [xsd.SCHEMA], path
    for path in (ROOT / "config/platforms").glob("*.xml"):
        assert schemas(path) == [ROOT / "config/schema/platform.xsd"]
    assert schemas(CATALOG) == []


def test_recommended_extensions():
    assert "redhat.vscode-xml" in read_json("extensions.json")["recommendations"]


# Other editors


def test_emacs_finds_the_place_of_every_message():
    for path, line in message_lines():
        match = GNU.fullmatch(line)
        assert match and is_place(path, match[1], int(match[2])), line


def test_vim_finds_the_place_of_every_message():
    for path, line in message_lines():
        match = VIM.fullmatch(line)
        assert match and is_place(path, match[1], int(match[2])), line


def xmllint(*words, catalog=CATALOG):
    env = {**os.environ, "XML_CATALOG_FILES": str(catalog)}
    return subprocess.run(["xmllint", "--nonet", "--noout", *words], env=env,
                          capture_output=True, text=True, timeout=20)


@pytest.mark.parametrize("address, good, bad", [
    (ADDRESS, SYSTEMS, "schema-values.xml"),
    (SPACE, SYSTEMS, "schema-values.xml"),
    (BOARD + "/platform.xsd", BOARDS, "platforms/schema.xml"),
    (BOARD, BOARDS, "platforms/schema.xml"),
])
def test_catalog_leads_to_the_schema(address, good, bad, tmp_path):
    done = xmllint("--schema", address, *good)
    assert done.returncode == 0, done.stderr
    assert xmllint("--schema", address, HERE / "bad" / bad).returncode == 3
    empty = '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"/>'
    (tmp_path / "none.xml").write_text(empty)
    done = xmllint("--schema", address, *good, catalog=tmp_path / "none.xml")
    assert done.returncode != 0


def test_command_of_the_page():
    (block,) = re.findall(r"```sh\n(.*?)```", (ROOT / "documentation/editors.md").read_text(), re.S)
    done = subprocess.run(["sh", "-ec", block], cwd=ROOT, capture_output=True, timeout=20)
    assert done.returncode == 0, done.stderr


def test_systems_say_where_their_schema_is():
    said = [(path, re.search(r'xsi:schemaLocation="(\S+)\s+(\S+)"', path.read_text()))
            for path in SYSTEMS]
    said = [(path, *match.groups()) for path, match in said if match]
    assert len(said) > 5
    assert {(space, (path.parent / place).resolve()) for path, space, place in said} == {
        (SPACE, xsd.SCHEMA)
    }


@pytest.mark.parametrize("place", ["prtos.xsd", ADDRESS, "/dev/zero", "file:///nowhere"])
def test_schema_location_is_not_followed(place, tmp_path):
    """It is for editors: the tool has its schema inside."""
    text = (HERE / "good" / "minimal.xml").read_text()
    hint = ('xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'xsi:schemaLocation="{SPACE} {place}" version=')
    (tmp_path / "x.xml").write_text(text.replace("version=", hint, 1))
    (tmp_path / "prtos.xsd").write_text("not a schema")
    done = run("-n", "x.xml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    wrong = text.replace("version=", hint, 1).replace('type="ram"', 'type="rim"')
    (tmp_path / "x.xml").write_text(wrong)
    assert run("-n", "x.xml", cwd=tmp_path).returncode == 2


# .editorconfig


def editor_rules() -> list:
    """[(pattern, {key: value})] in the order of the file; the last one that fits wins."""
    found = []
    for line in (ROOT / ".editorconfig").read_text().splitlines():
        if line.startswith("["):
            found.append((line[1:-1], {}))
        elif found and "=" in line:
            key, value = line.split("=")
            found[-1][1][key.strip()] = value.strip()
    return found


def fits(name: str, pattern: str) -> bool:
    braces = re.fullmatch(r"(.*)\{(.*)\}(.*)", pattern)
    choices = [braces[1] + one + braces[3] for one in braces[2].split(",")] if braces else [pattern]
    return any(fnmatch.fnmatch(name, choice) for choice in choices)


def test_files_are_as_editorconfig_says():
    wrong = []
    for path in tree.project_files(ROOT):
        rules = {}
        for pattern, values in editor_rules():
            rules.update(values if fits(path.name, pattern) else {})
        data = (ROOT / path).read_bytes()
        if {HERE / "bad", CORPUS} & set((ROOT / path).parents) or not data:
            continue  # faults on purpose
        text = data.decode()
        indents = {line[0] for line in text.splitlines() if line[:1] in ("\t", " ")}
        trailing = rules["trim_trailing_whitespace"] == "true" and re.search(r"[ \t]$", text, re.M)
        if not text.endswith("\n") or "\r" in text or trailing:
            wrong.append(f"{path}: ends of lines")
        if rules["indent_style"] == "space" and "\t" in indents:
            wrong.append(f"{path}: tabs")
    assert wrong == []
