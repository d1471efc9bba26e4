# SPDX-License-Identifier: Apache-2.0
"""prtoscparser from outside: output files, command line, schemas, limits, large systems."""
import pathlib
import re
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import conf_image  # noqa: E402
from parser_tool import (  # noqa: E402
    HERE, PARSER, ROOT, arch_words, compile_good, expected, messages, run,
)


def test_include_folder_option(tmp_path):
    main = tmp_path / "main"
    main.mkdir()
    text = (HERE / "good" / "include.xml").read_text()
    part = (HERE / "good" / "parts" / "partition.xml").read_text()
    (main / "x.xml").write_text(text.replace("parts/", "../part/"))
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "partition.xml").write_text(part)
    assert run("-o", main / "out", main / "x.xml").returncode == 2
    done = run("-I", tmp_path / "part", "-o", main / "out", main / "x.xml")
    assert done.returncode == 0, done.stderr
    assert run("-I", tmp_path / "nowhere", "-o", main / "out", main / "x.xml").returncode == 1


# Output


def test_same_bytes_twice_and_in_parallel(tmp_path):
    xml = HERE / "good" / "edges.xml"
    once = compile_good("edges", tmp_path)
    runs = []
    for i in range(8):  # all in one folder, half of them to one file
        out = "same" if i % 2 else f"out{i}"
        command = [PARSER, "-o", out, xml]
        runs.append((out, subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)))
    for out, process in runs:
        assert process.wait(timeout=20) == 0
        assert (tmp_path / out).read_bytes() == once
    names = ["out", "out0", "out2", "out4", "out6", "same"]
    assert sorted(p.name for p in tmp_path.iterdir()) == names


@pytest.mark.parametrize("name", ["demo", "edges", "aarch64", "minimal"])
def test_c_source_compiles_to_the_image(name, tmp_path):
    image = compile_good(name, tmp_path)
    xml = HERE / "good" / f"{name}.xml"
    done = run(*arch_words(xml), "-c", "-o", tmp_path / "conf.c", xml)
    assert done.returncode == 0
    flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-I", ROOT / "core", "-fdata-sections"]
    source, code, image_file = (tmp_path / f"conf.{end}" for end in ("c", "o", "bin"))
    subprocess.run(["gcc", *flags, "-c", source, "-o", code], check=True)
    section = ["-O", "binary", "-j", ".rodata.prtos_conf"]
    subprocess.run(["objcopy", *section, code, image_file], check=True)
    assert (tmp_path / "conf.bin").read_bytes() == image


def test_default_names(tmp_path):
    xml = HERE / "good" / "minimal.xml"
    assert run(xml, cwd=tmp_path).returncode == 0
    assert run("-c", xml, cwd=tmp_path).returncode == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.bin.prtos_conf", "a.c.prtos_conf"]
    assert (tmp_path / "a.bin.prtos_conf").read_bytes() == compile_good("minimal", tmp_path)


def test_unwritable_output(tmp_path):
    done = run("-o", tmp_path / "no" / "out", HERE / "good" / "minimal.xml")
    assert done.returncode == 2 and str(tmp_path / "no") in done.stderr


# Command line


@pytest.mark.parametrize("words", [
    [], ["a.xml", "b.xml"], ["-x", "a.xml"], ["-o"], ["-a", "vax", "a.xml"], ["--nothing"],
])
def test_wrong_usage(words, tmp_path):
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 1 and "usage:" in done.stderr and done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_help():
    done = run("--help")
    assert done.returncode == 0 and "usage:" in done.stdout


def test_schema_is_printed():
    done = run("-d")
    assert done.returncode == 0
    assert done.stderr == (ROOT / "config/schema/prtos.xsd").read_text()


def test_missing_file(tmp_path):
    done = run("nothing.xml", cwd=tmp_path)
    assert done.returncode == 2
    assert messages(done.stderr) == ["nothing.xml:1 error file-unreadable"]


def test_other_schema(tmp_path):
    schema = (ROOT / "config/schema/prtos.xsd").read_text()
    strict = tmp_path / "strict.xsd"
    strict.write_text(re.sub(r'<xs:enumeration value="ram">.*?</xs:enumeration>', "", schema))
    xml = HERE / "good" / "minimal.xml"
    done = run("-s", strict, "-o", tmp_path / "out", xml)
    first, *rest = done.stderr.splitlines()
    assert done.returncode == 2 and "strict.xsd" in first
    assert messages("\n".join(rest)) == [f"{xml}:4 error schema 'ram' 'rom' 'rom'"]
    same = tmp_path / "same.xsd"
    same.write_text(schema)
    done = run("-s", same, "-o", tmp_path / "out", xml)
    assert done.returncode == 0 and "same.xsd" in done.stderr
    (tmp_path / "broken.xsd").write_text("<a/>")
    assert run("-s", tmp_path / "broken.xsd", "-o", tmp_path / "out2", xml).returncode == 2
    assert not (tmp_path / "out2").exists()


def make_lax_schema(folder: pathlib.Path) -> pathlib.Path:
    """A schema that lets everything through."""
    lax = folder / "lax.xsd"
    space = "http://www.prtos.org/prtos-1.x"
    lax.write_text(
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{space}">'
        '<xs:element name="SystemDescription"/></xs:schema>'
    )
    return lax


@pytest.mark.parametrize("right, wrong", [
    ('start="0ms"', 'start="0"'),
    ('start="0ms"', 'start="0.ms"'),
    ('start="0ms"', 'start="ms"'),
    ('partitionId="0"', 'partitionId="0x0"'),
    ('start="0x2000000"', 'start="2000000"'),
    ('start="0x2000000"', 'start="0x"'),
    ('start="0x2000000"', 'start="0x20z"'),
    ('size="1MB"', 'size="1"'),
    ('size="1MB"', ""),
    ('size="1MB"', 'size="1MB" flags="bogus"'),
    ("</Partition>", '<HwResources><Interrupts lines="1 b"/></HwResources></Partition>'),
])
def test_forms_with_lax_schema(right, wrong, tmp_path):
    text = (HERE / "good" / "minimal.xml").read_text()
    line = 1 + text[: text.index(right)].count("\n")
    (tmp_path / "x.xml").write_text(text.replace(right, wrong, 1))
    done = run("-s", make_lax_schema(tmp_path), "x.xml", cwd=tmp_path)
    assert done.returncode == 2
    found = [message.split()[:3] for message in messages(done.stderr.split("\n", 1)[1])]
    assert [f"x.xml:{line}", "error", "schema"] in found


def test_lax_schema_does_not_crash(tmp_path):
    lax = make_lax_schema(tmp_path)
    for xml in sorted((HERE / "bad").glob("schema-*.xml")):
        done = run("-s", lax, "-o", tmp_path / "out", xml)
        assert done.returncode in (0, 2), (xml.name, done.stderr)
        assert (tmp_path / "out").exists() == (done.returncode == 0)
        (tmp_path / "out").unlink(missing_ok=True)


def test_nothing_is_needed_for_lax_schema(tmp_path):
    """Each attribute, and each element without children, left out of a description."""
    lax = make_lax_schema(tmp_path)
    text = (HERE / "good" / "edges.xml").read_text()
    pieces = re.findall(r' \w+="[^"]*"(?=[ />])', text) + re.findall(r"<\w+[^<>]*/>", text)
    assert len(pieces) > 200
    for piece in set(pieces):
        (tmp_path / "x.xml").write_text(text.replace(piece, "", 1))
        done = run("-s", lax, "-n", "x.xml", cwd=tmp_path)
        assert done.returncode in (0, 2), (piece, done.stderr)


def test_long_lines_count(tmp_path):
    text = (HERE / "bad" / "slot-overlap.xml").read_text()
    (tmp_path / "x.xml").write_text("\n" * 70000 + text)
    done = run("x.xml", cwd=tmp_path)
    place = expected(HERE / "bad" / "slot-overlap.xml")[0].split(":")[1].split()[0]
    assert done.stderr.startswith(f"x.xml:{70000 + int(place)}: error: ")


def test_size_limit(tmp_path):
    text = (HERE / "good" / "minimal.xml").read_text()
    (tmp_path / "x.xml").write_text(text + " " * (4 << 20))
    done = run("x.xml", cwd=tmp_path)
    assert done.returncode == 2
    assert messages(done.stderr)[0].startswith("x.xml:1 error file-unreadable")


def test_read_error(tmp_path):
    done = run("/proc/self/mem", cwd=tmp_path)
    assert done.returncode == 2
    assert messages(done.stderr) == ["/proc/self/mem:1 error file-unreadable"]


def test_too_many_includes(tmp_path):
    text = (HERE / "good" / "include.xml").read_text()
    include = '<xi:include href="parts/partition.xml"/>'
    assert include in text
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "partition.xml").write_text("<a/>")
    (tmp_path / "x.xml").write_text(text.replace(include, include * 1001))
    done = run("x.xml", cwd=tmp_path)
    assert done.returncode == 2
    assert messages(done.stderr)[0].endswith("file-unreadable 'parts/partition.xml' 1000")


# Size


def test_control_tables_have_an_end(tmp_path):
    """Rule control-table-large needs thousands of areas, so its description is made here."""
    text = (HERE / "good" / "minimal.xml").read_text()
    area = '<Area start="0x2000000" size="1MB"/>'
    assert area in text
    for count, code in ((8000, 0), (9000, 2)):
        starts = (f"{0x1800000 + i * 0x1000:#x}" for i in range(count))
        many = "".join(f'<Area start="{start}" size="4KB"/>' for start in starts)
        (tmp_path / "x.xml").write_text(text.replace(area, many))
        done = run("x.xml", cwd=tmp_path)
        assert done.returncode == code, done.stderr
    assert [line.split()[2] for line in messages(done.stderr)] == ["control-table-large"]
