# SPDX-License-Identifier: Apache-2.0
"""Systems are built in a copy; what their build prints names the files of the source, so that
editors and people go there."""
import re
import subprocess

import pytest
from boot import ROOT


def command() -> str:
    """The filter that make puts behind the log of a system, out of its recipe."""
    words = ["make", "-n", "-W", "partitions/hello/hello.c", "DEPS=no",
             "build/x86/partitions/hello/resident_sw"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)
    return re.search(r"(sed '[^']*') \S+hello\.log", done.stdout)[1]


@pytest.mark.parametrize("line, shown", [
    ("prtos_cf.xml:7: error: x [y]", "partitions/hello/prtos_cf.xml:7: error: x [y]"),
    ("hello.c:12:5: error: bad", "partitions/hello/hello.c:12:5: error: bad"),
    ("sub/part.xml:3: warning: x [y]", "partitions/hello/sub/part.xml:3: warning: x [y]"),
    ("/usr/include/x.h:3:1: error: bad", "/usr/include/x.h:3:1: error: bad"),
    ("make[1]: *** [/a/rules.mk:81: x] Error 2", "make[1]: *** [/a/rules.mk:81: x] Error 2"),
    ("gcc -c -o a.o a.c: 5:", "gcc -c -o a.o a.c: 5:"),
    ("   12 |     bad line:3:", "   12 |     bad line:3:"),
])
def test_places_are_those_of_the_source(line, shown):
    done = subprocess.run(command(), shell=True, input=line + "\n", capture_output=True, text=True)
    assert done.stdout == shown + "\n"
