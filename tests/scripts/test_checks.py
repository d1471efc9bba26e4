# SPDX-License-Identifier: Apache-2.0
"""scripts/check: each rule accepts what it should and finds what it is for."""
import pathlib
import sys

import pytest
from boot import ROOT

sys.path.insert(0, str(ROOT / "scripts" / "check"))
import layers  # noqa: E402
import style  # noqa: E402

TREE = (
    "core/lib/types.h",
    "core/conf/layout.h",
    "core/include/hv/base.h",
    "core/include/hv/arch.h",
    "core/objects/console.h",
    "core/objects/trace.h",
    "core/kernel/sched.h",
    "core/arch/x86/x86.h",
    "core/arch/x86/hv/arch_types.h",
    "core/arch/x86/hv/io.h",
    "core/arch/aarch64/gic.h",
    "core/abi/include/prtos_inc/hm.h",
    "user/libprtos/include/prtos.h",
    "user/bail/include/stdio.h",
    "user/tools/common/tool.h",
    "partitions/hello/shared.h",
)


@pytest.fixture(name="root")
def fixture_root(tmp_path):
    for name in TREE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    return tmp_path


def included(root, path, include):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(f"/* x */\n#include {include}\n")
    return layers.check(root, [pathlib.Path(path)])


@pytest.mark.parametrize(
    "path, include",
    [
        ("core/lib/ring.c", '"lib/types.h"'),
        ("core/lib/ring.c", "<stddef.h>"),
        ("core/conf/verify.c", '"conf/layout.h"'),
        ("core/objects/console.c", '"hv/base.h"'),
        ("core/objects/console.c", '"console.h"'),
        ("core/objects/console.c", '"hv/arch_types.h"'),
        ("core/kernel/plan.c", '"sched.h"'),
        ("core/kernel/plan.c", '"hv/arch.h"'),
        ("core/kernel/plan.c", "<prtos_inc/hypercalls.h>"),
        ("core/arch/x86/gdt.c", '"x86.h"'),
        ("core/drivers/uart.c", '"hv/io.h"'),
        ("user/tools/packer/main.c", '"tool.h"'),
        ("user/tools/packer/main.c", "<stdio.h>"),
        ("user/tools/packer/main.c", '"conf/layout.h"'),
        ("partitions/hello/hello.c", "<stdio.h>"),
        ("partitions/hello/hello.c", '"shared.h"'),
        ("tests/unit/test_x.c", '"sched.h"'),
    ],
)
def test_allowed_includes(root, path, include):
    assert included(root, path, include) == []


@pytest.mark.parametrize(
    "path, include",
    [
        ("core/lib/ring.c", '"conf/layout.h"'),
        ("core/lib/ring.c", '"hv/base.h"'),
        ("core/lib/ring.c", "<stdio.h>"),
        ("core/conf/verify.c", '"hv/base.h"'),
        ("core/abi/include/prtos_inc/x.h", '"lib/types.h"'),
        ("core/objects/console.c", '"trace.h"'),
        ("core/objects/console.c", '"objects/trace.h"'),
        ("core/objects/console.c", '"arch/x86/x86.h"'),
        ("core/objects/console.c", '"x86.h"'),
        ("core/objects/console.c", '"hv/io.h"'),
        ("core/kernel/plan.c", '"x86.h"'),
        ("core/kernel/plan.c", '"objects/trace.h"'),
        ("core/arch/x86/gdt.c", '"arch/aarch64/gic.h"'),
        ("core/arch/x86/gdt.c", '"objects/trace.h"'),
        ("core/drivers/uart.c", '"conf/layout.h"'),
        ("user/libprtos/x.c", '"stdio.h"'),
        ("user/libprtos/x.c", '"../../core/lib/types.h"'),
        ("user/tools/packer/main.c", '"include/hv/base.h"'),
        ("partitions/hello/hello.c", '"../../core/lib/types.h"'),
        ("partitions/hello/hello.c", "<stdlib_of_the_host.h>"),
    ],
)
def test_forbidden_includes(root, path, include):
    problems = included(root, path, include)
    assert len(problems) == 1 and problems[0].startswith(f"{path}:2: ")


GOOD = "/* SPDX-License-Identifier: Apache-2.0 */\n"


def styled(tmp_path, name, text):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)
    return style.check(tmp_path, [pathlib.Path(name)])


def function(lines):
    return GOOD + "int f(void)\n{\n" + "    g();\n" * (lines - 2) + "}\n"


def nested(depth):
    text = "".join("    " * level + "if (x)\n" for level in range(1, depth + 1))
    return GOOD + "int f(void)\n{\n" + text + "    " * (depth + 1) + "g();\n}\n"


@pytest.mark.parametrize(
    "name, text",
    [
        ("core/lib/a.c", GOOD + "int a;\n"),
        ("core/lib/a.c", function(60)),
        ("core/lib/a.c", nested(4)),
        ("core/arch/x86/a.h", GOOD + "#ifdef __i386__\n#endif\n"),
        ("core/lib/a.h", GOOD + "#ifdef NDEBUG\n#endif\n"),
        ("core/lib/t.h", GOOD + "/* written by scripts/gen_t.py */\n" + "x " * 60 + "x\n"),
        ("scripts/a.py", "#!/usr/bin/python3\n# SPDX-License-Identifier: Apache-2.0\n"),
        ("tests/bench/plugin/a.c", "/* SPDX-License-Identifier: GPL-2.0-or-later */\n"),
        ("partitions/a/expected.txt", "blank at the end \n"),
    ],
)
def test_style_accepts(tmp_path, name, text):
    assert styled(tmp_path, name, text) == []


@pytest.mark.parametrize(
    "name, text, what",
    [
        ("core/lib/a.c", "int a;\n", "SPDX"),
        ("core/lib/a.c", "/* SPDX-License-Identifier: GPL-2.0-or-later */\n", "SPDX"),
        ("scripts/run", "#!/bin/sh\nls\n", "SPDX"),
        ("core/lib/a.c", GOOD + "int a;\n" * 399, "400 lines"),
        ("core/lib/a.c", function(61), "function of 61 lines"),
        ("core/lib/a.c", nested(5), "nesting of 5"),
        ("core/kernel/a.c", GOOD + "#ifdef __i386__\n#endif\n", "#if on an architecture"),
        ("user/tools/a/a.c", GOOD + "#if defined(__x86_64__)\n#endif\n", "#if on an architecture"),
        ("core/lib/a.c", GOOD + "int a; \n", "blanks"),
        ("core/lib/a.c", GOOD + "\tint a;\n", "a tab"),
        ("core/lib/a.c", GOOD + "/*" + "x" * 99 + "\n", "columns"),
        ("scripts/a.py", "# SPDX-License-Identifier: Apache-2.0\n#" + "x" * 120 + "\n", "columns"),
        ("scripts/a.sh", "# SPDX-License-Identifier: Apache-2.0\nls /" + "home/me\n", "path"),
    ],
)
def test_style_refuses(tmp_path, name, text, what):
    problems = styled(tmp_path, name, text)
    assert len(problems) == 1 and what in problems[0]
