# SPDX-License-Identifier: Apache-2.0
"""prtos from an installation: every command of it works there, from `new` on, without the source tree."""
import xml.etree.ElementTree as etree

import pytest
from boot import ROOT, boot

import sdk


@pytest.fixture(scope="module")
def project(prefix, tmp_path_factory):
    """(run a command, folder of a project that `prtos new` made)."""
    home = tmp_path_factory.mktemp("home")
    environment = sdk.environment(prefix, home)

    def command(*words, code=0):
        return sdk.run(words, code, cwd=home, env=environment)

    command("prtos", "new", "demo")
    return command, home / "demo"


def test_build_and_run(project):
    command, folder = project
    assert "resident_sw: " in command("prtos", "build", "demo")
    shown = command("prtos", "run", "--icount", "demo").splitlines()
    assert shown[-1] == "PRTOS         | System halted." and "P0 heater     | frame 12: 23 degrees" in shown
    # The same lines as on the plain console, each with its partition in front.
    assert sorted(line.split("| ", 1)[1] for line in shown) == sorted(boot(folder / "resident_sw").lines)
    assert sdk.mentions(folder, ROOT) == []


def test_project_builds_by_make_alone(project):
    command, folder = project
    command("prtos", "build", "demo")
    image = (folder / "resident_sw").read_bytes()
    command("make", "-C", "demo", "clean")
    command("make", "-C", "demo")
    assert (folder / "resident_sw").read_bytes() == image


def test_pictures(project):
    command, folder = project
    command("prtos", "report", "-o", "report.html", "demo/system.xml")
    command("prtos", "plot", "-o", "plan.svg", "demo/system.xml")
    assert "thermostat" in (folder.parent / "report.html").read_text()
    assert etree.parse(folder.parent / "plan.svg").getroot().tag.endswith("svg")


def test_diff(project):
    command, folder = project
    text = (folder / "system.xml").read_text()
    (folder.parent / "other.xml").write_text(text.replace('"5ms" duration="5ms"', '"5ms" duration="6ms"'))
    said = command("prtos", "diff", "--exit-code", "demo/system.xml", "other.xml", code=3)
    assert "thermostat" in said and "6 ms" in said
