# SPDX-License-Identifier: Apache-2.0
"""Where reports and pictures go, and what becomes of hostile words, names and files: a refusal with a
sentence, never a traceback, nothing lost, nothing left behind."""
import os
import shutil
import subprocess

import model_samples as samples
import pytest
from prtos import images, machine, output, units
from prtos.terminal import Refused

PRTOS = samples.ROOT / "user" / "bin" / "prtos"
HELLO = samples.ROOT / "partitions" / "hello" / "prtos_cf.xml"


def prtos(*words, cwd=None, **environment):
    return subprocess.run(
        [PRTOS, *words], capture_output=True, text=True, cwd=cwd, env={**os.environ, **environment}
    )


@pytest.mark.parametrize("command", ["plot", "report"])
def test_the_source_is_not_overwritten(tmp_path, command):
    source = tmp_path / "system.xml"
    shutil.copy(HELLO, source)
    (tmp_path / "link.svg").symlink_to(source)
    for name in ("system.xml", "link.svg"):
        result = prtos(command, "system.xml", "-o", name, cwd=tmp_path)
        assert result.returncode == 2
        assert "made from" in result.stderr
    assert source.read_bytes() == HELLO.read_bytes()


def test_links_and_devices(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there/real")
    output.write(str(tmp_path / "link"), "one", HELLO)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there" / "real").read_text() == "one"
    output.write("/dev/null", "two", HELLO)
    assert not os.path.isfile("/dev/null")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["link", "real", "there"]


def test_nothing_is_left_when_it_fails(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(Refused, match="No space"):
        output.write(str(tmp_path / "x.svg"), "text", HELLO)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("limit", ["nan", "inf", "-1", "x"])
def test_limits_that_are_none(limit):
    assert prtos("run", "--timeout", limit, "hello").returncode == 1


def test_words_that_cannot_be_split(tmp_path):
    assert prtos("run", "--qemu", "'", "hello").returncode == 1
    for data in (b"-device 'x", b"\xff"):
        (tmp_path / "qemu.args").write_bytes(data)
        with pytest.raises(Refused, match="qemu.args"):
            machine.system_arguments(tmp_path)


def test_a_project_that_makes_nothing(tmp_path):
    (tmp_path / "Makefile").write_text("all:\n")
    shutil.copy(HELLO, tmp_path / "prtos_cf.xml")
    result = prtos("build", tmp_path)
    assert result.returncode == 2
    assert "was not built" in result.stderr


@pytest.mark.parametrize("epoch", ["99999999999999999999", "-1", "x", ""])
def test_days_no_calendar_has(tmp_path, epoch):
    result = prtos("report", HELLO, "-o", tmp_path / "r.html", SOURCE_DATE_EPOCH=epoch)
    assert result.returncode == 0, result.stderr


def test_a_console_without_names(tmp_path):
    text = HELLO.read_text().replace('name="hello"', 'name="h\u00e9llo&#10;x"', 1)
    (tmp_path / "s.xml").write_text(text, encoding="utf-8")
    result = prtos("check", "s.xml", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert result.returncode == 0, result.stderr
    assert "h\\xe9llo\\x0ax" in result.stdout
    assert units.printable("a\x1bb") == "a\\x1bb"


def test_the_end_of_a_long_run_is_kept(monkeypatch):
    monkeypatch.setattr(machine.Streams, "KEPT", 1000)
    source, sink = os.pipe()
    got = bytearray()
    streams = machine.Streams({source: got.extend})
    for number in range(40):
        os.write(sink, bytes([number]) * 100)
        streams.read(source)
        assert len(streams.kept[source]) <= 2000
    os.close(sink)
    assert streams.read_all(None)
    assert bytes(streams.kept[source]) == bytes(got[-len(streams.kept[source]) :])
    assert len(got) == 4000 and len(streams.kept[source]) >= 1000
    os.close(source)


def test_folders_and_files_with_strange_names(tmp_path):
    built = samples.ROOT / "build" / "x86" / "partitions" / "hello" / "container.bin"
    os.mkfifo(tmp_path / "container.bin")
    assert images.built_in(tmp_path) is None
    folder = tmp_path / "-x"
    folder.mkdir()
    shutil.copy(built, folder / "Digest:container.bin")
    found = images.built_in(folder)
    assert [entry["what"] for entry in found["container"]["entries"]].count("image") == 3
