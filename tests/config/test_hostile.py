# SPDX-License-Identifier: Apache-2.0
"""Files that want to keep prtoscparser busy, and the figure for a large system: processor time and
memory are measured, not the clock."""
import pathlib
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import conf_image  # noqa: E402
from hostile_files import LIMIT, MINIMAL, SLOW, fill, inside, laughs, same  # noqa: E402
from large_system import large_description  # noqa: E402
from parser_tool import HERE, PARSER, ROOT  # noqa: E402

SECONDS, MEGABYTES = 5, 256


# A process counts the memory of the one that it was forked from, and a tester can be large: so the
# tool is started by a small one.
STARTER = """
import os, resource, subprocess, sys
seconds, *words = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
process = subprocess.Popen(words)
_, status, usage = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
print(process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
"""


def measure(folder: pathlib.Path, *words):
    """Runs the tool; exit code (negative: signal), lines, processor seconds, most memory in MB."""
    starter = [sys.executable, "-S", "-c", STARTER, str(SECONDS)]
    with open(folder / "errors", "wb") as errors:
        done = subprocess.run([*starter, PARSER, *words], cwd=folder, stderr=errors, text=True,
                              stdout=subprocess.PIPE, check=True)
    code, seconds, megabytes = done.stdout.split()
    lines = (folder / "errors").read_text().splitlines()
    return int(code), lines, float(seconds), float(megabytes)


def check_bounded(folder: pathlib.Path, *words):
    code, lines, seconds, megabytes = measure(folder, *words)
    assert code in (0, 2), lines[:3]
    assert seconds < SECONDS and megabytes < MEGABYTES and len(lines) <= 10000
    assert max([len(line) for line in lines], default=0) < 1200
    return code, lines


@pytest.mark.parametrize("name", sorted(SLOW))
def test_large_file_is_bounded(name, tmp_path):
    text = SLOW[name]().encode()[:LIMIT].decode(errors="ignore")
    assert len(text.encode()) > LIMIT - 2000
    (tmp_path / "x.xml").write_text(text)
    code, lines = check_bounded(tmp_path, "-n", "x.xml")
    assert (code == 0) == (not any(": error: " in line for line in lines))


REFUSED_AT_ONCE = ["deep", "subset", "attlist", "zeros", "attributes-many",
                   "attributes-behind-cdata", "attributes-behind-instruction",
                   "attributes-behind-entity", "namespaces-many",
                   "namespaces-deep"]


@pytest.mark.parametrize("name", REFUSED_AT_ONCE)
def test_refused_by_one_line(name, tmp_path):
    (tmp_path / "x.xml").write_text(SLOW[name]())
    code, lines, seconds, _ = measure(tmp_path, "-n", "x.xml")
    assert code == 2 and len(lines) == 1 and lines[0].endswith("[file-unreadable]")
    assert seconds < 1


@pytest.mark.parametrize("folder", ["", "parts"])
def test_entity_bomb(folder, tmp_path):
    """In the file itself, and in one that it includes."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "partition.xml").write_text(laughs())
    text = (HERE / "good" / "include.xml").read_text() if folder else laughs()
    (tmp_path / "x.xml").write_text(text)
    code, lines, seconds, megabytes = measure(tmp_path, "-n", "x.xml")
    assert code == 2 and len(lines) == 1 and "DOCTYPE" in lines[0] and "file-unreadable" in lines[0]
    assert seconds < 1 and megabytes < 64


def test_all_included_files_have_an_end(tmp_path):
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="part.xml"/>'
    (tmp_path / "part.xml").write_text(fill("<!--", same("x" * 1000), "--><a/>"))
    (tmp_path / "x.xml").write_text(inside("</Partition>", [include] * 900))
    code, lines = check_bounded(tmp_path, "-n", "x.xml")
    assert code == 2 and any("16 MB" in line for line in lines)


def test_many_small_includes(tmp_path):
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="part.xml"/>'
    (tmp_path / "part.xml").write_text("<a>" * 200 + "</a>" * 200)
    (tmp_path / "x.xml").write_text(inside("</Partition>", [include] * 999))
    assert check_bounded(tmp_path, "-n", "x.xml")[0] == 2


def test_hostile_platform(tmp_path):
    text = (ROOT / "config/platforms/pc.xml").read_text()
    mark = "  </MemoryLayout>"
    row = '<Reserved start="0x0" size="4KB" what="x"/>'
    before, after = text.split(mark)
    (tmp_path / "x.xml").write_text(MINIMAL)
    (tmp_path / "p.xml").write_text(fill(before, same(row), mark + after))
    assert check_bounded(tmp_path, "-n", "-p", "./p.xml", "x.xml")[0] == 2
    (tmp_path / "p.xml").write_text(laughs())
    code, lines = check_bounded(tmp_path, "-n", "-p", "./p.xml", "x.xml")
    assert code == 2 and len(lines) == 1


@pytest.mark.parametrize("raw", [
    MINIMAL.encode("utf-16"), MINIMAL.encode("utf-16-be"), MINIMAL.encode("utf-32"),
    MINIMAL.encode("cp037"), b"\xef\xbb\xbf" + MINIMAL.encode("utf-16-le"),
    b"<?xml version='1.0' encoding='IBM037'?>" + MINIMAL.encode("cp037"),
    b'<?xml version="1.0" encoding="UTF-7"?>' + MINIMAL.encode("utf-7"),
    b'<?xml version="1.0" encoding="UTF-16"?>' + MINIMAL.encode(),
])
def test_other_encodings(raw, tmp_path):
    (tmp_path / "x.xml").write_bytes(raw)
    code, lines = check_bounded(tmp_path, "-n", "x.xml")
    assert code == 2 and len(lines) == 1 and lines[0].startswith("x.xml:1: error: ")


@pytest.mark.parametrize("raw", [
    b"\xef\xbb\xbf" + MINIMAL.encode(), b'<?xml version="1.0" encoding="utf-8"?>' + MINIMAL.encode(),
    b"<?xml version='1.0'?>\r\n" + MINIMAL.replace("\n", "\r\n").encode(),
    b'<?xml version="1.0" encoding="ISO-8859-1"?>' + MINIMAL.replace('"t"', '"\xe4"').encode("latin-1"),
    b"<!-- " + b"= " * 5000 + b"xmlns " * 5000 + b"-->" + MINIMAL.encode(),
])
def test_usual_encodings(raw, tmp_path):
    (tmp_path / "x.xml").write_bytes(raw)
    assert check_bounded(tmp_path, "-n", "x.xml") == (0, [])


def test_many_faults_are_counted(tmp_path):
    slots = (f'<Slot id="{n}" start="0s" duration="1ms" partitionId="0"/>\n' for n in range(1, 3001))
    (tmp_path / "x.xml").write_text(inside("</Plan>", slots))
    code, lines = check_bounded(tmp_path, "-n", "x.xml")
    assert code == 2 and len(lines) == 1001
    assert lines[-1].startswith("x.xml:1010: error: ") and " 2000 more " in lines[-1]


def test_figure_of_a_large_system(tmp_path):
    """Partitions 64, processors 4, slots 1000, channels 500: under 0.5 s and 64 MB."""
    (tmp_path / "large.xml").write_text(large_description())
    for words in (["-o", "out"], ["-j", "-o", "out.json"]):
        code, lines, seconds, megabytes = measure(tmp_path, *words, "large.xml")
        assert (code, lines) == (0, [])
        assert seconds < 0.5 and megabytes < 64
    image = conf_image.read_image((tmp_path / "out").read_bytes())
    assert [len(table) for table in (image.partition, image.cpu, image.span)] == [64, 4, 2000]
    assert (len(image.channel), len(image.port)) == (500, 1000)
