# SPDX-License-Identifier: Apache-2.0
"""The completion file of the installation, loaded in a bash without any other completion and asked as bash
asks: by COMP_WORDS, through the function that `complete` names for the command."""
import shlex
import subprocess

import pytest

import sdk
from test_man import help_options, prtos_commands

ASK = """. {file} || exit 3
COMP_WORDS=({words}); COMP_CWORD=$(({count} - 1))
ask=$(complete -p {tool}) || exit 3
set -- $ask; [ "$1 $2" = "complete -F" ] || exit 3
$3 {tool} "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD-1]}}"
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture
def ask(prefix, tmp_path):
    """Answers to `words`, of which the last is the one that is being typed."""
    for name in ("system.xml", "other.xml", "schema.xsd", "image.pef", "two words.xml"):
        (tmp_path / name).touch()
    (tmp_path / "folder").mkdir()

    def asked(*words):
        tool = words[0]
        file = prefix / "share/bash-completion/completions" / tool
        script = ASK.format(file=file, words=shlex.join(words), count=len(words), tool=tool)
        environment = sdk.environment(prefix, tmp_path)
        done = subprocess.run(
            ["bash", "--norc", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")
        return set(done.stdout.split("\n")) - {""}

    return asked


def test_every_tool_is_known(ask, prefix):
    for path in (prefix / "bin").iterdir():
        assert {"--help", "--version"} <= ask(path.name, "--")


def test_subcommands(ask, prefix):
    assert ask("prtos", "") == set(prtos_commands(prefix))
    assert ask("prtos", "ch") == {"check"}
    assert ask("prtospack", "") == {"build", "check", "list"}
    assert ask("prtoseformat", "b") == {"build"}


def test_options(ask, prefix):
    for command in prtos_commands(prefix):
        assert ask("prtos", command, "-") == help_options(prefix, "prtos", command)
    assert ask("prtos", "plot", "--p") == {"--plan", "--platform"}
    assert ask("prtoscparser", "-") == help_options(prefix, "prtoscparser")


def test_files(ask):
    xml = {"system.xml", "other.xml", "two words.xml", "folder"}
    assert ask("prtos", "check", "") == xml
    assert ask("prtos", "check", "sys") == {"system.xml"}
    assert ask("prtos", "diff", "system.xml", "o") == {"other.xml"}
    assert ask("prtoscparser", "-n", "") == xml
    assert ask("prtoscparser", "-s", "") == {"schema.xsd", "folder"}
    assert ask("prtoscparser", "-I", "") == {"folder"}
    assert ask("prtos", "build", "") == {"folder"}
    assert ask("prtos", "run", "i") == {"image.pef"}
    assert ask("prtos", "new", "--dir", "") == {"folder"}
    assert ask("rswbuild", "i") == {"image.pef"}
    assert ask("prtospack", "list", "i") == {"image.pef"}
    assert ask("xpath", "-f", "s") == {"system.xml"}  # the schema is no system file


def test_values(ask, prefix):
    names = {path.stem for path in (prefix / "share/prtos/config/platforms").glob("*.xml")}
    assert names
    assert ask("prtos", "check", "--platform", "") == names
    for name in names:
        assert ask("prtos", "report", "--platform", name[:-1]) == {name}
    assert ask("prtoscparser", "-p", "") == names | {"system.xml", "other.xml", "two words.xml", "folder"}
    assert ask("prtoscparser", "-a", "") == {"x86", "aarch64"}
    assert ask("prtos", "plot", "--width", "") == ask("prtos", "run", "--smp", "") == set()
