# SPDX-License-Identifier: Apache-2.0
"""prtos report as a command: the images of a built project, which file it reads, what it
refuses."""
import hashlib
import json
import os
import shutil
import subprocess

import model_samples as samples
import picture_reader as reader
import pytest
from prtos import images
from test_report import section

PRTOS = samples.ROOT / "user" / "bin" / "prtos"
BUILT = samples.ROOT / os.environ.get("PRTOS_BUILD", "build/x86") / "partitions" / "flagship"


def shape(value, path="") -> set:
    """Where a model has which keys; lists are as their entries together."""
    if isinstance(value, list):
        return set().union(*(shape(each, f"{path}[]") for each in value))
    if isinstance(value, dict):
        return {f"{path}.{key}" for key in value}.union(
            *(shape(each, f"{path}.{key}") for key, each in value.items())
        )
    return set()


def test_samples_are_like_what_the_compiler_writes(tmp_path):
    """Every key that it writes, and no other."""
    edges = samples.ROOT / "tests" / "config" / "good" / "edges.xml"
    command = [samples.ROOT / "user" / "bin" / "prtoscparser", "-j", "-o", tmp_path / "x", edges]
    subprocess.run(command, check=True, timeout=300)
    assert shape(json.loads((tmp_path / "x").read_text())) == shape(samples.small())


def run(*words, cwd):
    return subprocess.run([PRTOS, "report", *words], cwd=cwd, capture_output=True, timeout=300)


@pytest.fixture
def project(tmp_path):
    """A built copy of the flagship."""
    folder = tmp_path / "flagship"
    folder.mkdir()
    for path in BUILT.iterdir():
        if path.suffix in (".xml", ".bin", ".prtos_conf", ".pef"):
            shutil.copy(path, folder)
    return folder


def test_images_of_a_built_project(project):
    (project / "new.pef").write_bytes(b"later")
    done = run(project, "-o", "x.html", cwd=project.parent)
    assert done.returncode == 0, done.stderr
    root = reader.page((project.parent / "x.html").read_text())
    rows = {row[2]: row for row in reader.table(root, "container")}
    names = ["sensor", "control", "actuator", "monitor"]
    for name in names:
        content = (project / f"{name}.pef").read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        assert rows[f"{name}.pef"] == [name, "image", f"{name}.pef", str(len(content)), digest]
    assert [row[0] for row in rows.values()] == ["hypervisor", "hypervisor", *names]
    assert reader.table(root, "files") == [["new.pef", "5", hashlib.sha256(b"later").hexdigest()]]
    digest = hashlib.sha256((project / "container.bin").read_bytes()).hexdigest()
    assert digest in reader.words(section(root, "images"))
    parts = [row for row in reader.table(root, "memory") if not row[0]]
    assert [row[3] for row in parts][-2:] == ["container", "free"]


def test_damaged_container_is_refused(project):
    path = project / "container.bin"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    done = run(project, cwd=project.parent)
    assert done.returncode == 2 and b"container.bin" in done.stderr
    assert not (project.parent / "report.html").exists()


def test_listing_names_are_unescaped():
    file = '<Image name="a&lt;&quot;&amp;.pef" size="3" sha256="00"/>'
    rows = images.entries_of(f'<Container><Partition id="7">{file}</Partition></Container>')
    assert [(row["partition"], row["name"], row["size"]) for row in rows] == [(7, 'a<"&.pef', 3)]


@pytest.mark.parametrize(
    "files, code", [([], 2), (["a.xml", "b.xml"], 2), (["a.xml", "system.xml"], 0), (["a.xml"], 0)]
)
def test_system_file_of_a_folder(files, code, tmp_path):
    source = samples.ROOT / "partitions" / "flagship" / "prtos_cf.xml"
    for name in files:
        shutil.copy(source, tmp_path / name)
    done = run(tmp_path, "-o", "-", cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert bool(done.stdout) == (code == 0)
    if code == 0:
        assert f"{tmp_path}/{files[-1]}" in done.stdout.decode()


def test_faulty_file_is_refused_and_nothing_written(tmp_path):
    (tmp_path / "x.xml").write_text("<a/>")
    done = run("x.xml", cwd=tmp_path)
    assert done.returncode == 2 and b"x.xml:1: error: " in done.stderr
    assert not (tmp_path / "report.html").exists()
