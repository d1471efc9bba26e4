# SPDX-License-Identifier: Apache-2.0
"""What a project's Makefile gets from common/rules.mk and run.mk, in the tree (tests/sdk: in an
installation)."""
import shutil

import pytest

from project import BUILD, GUEST, make, mirror

VARIABLES = """ARCH TARGET_CC TARGET_LD TARGET_CFLAGS TARGET_ASFLAGS TARGET_LDFLAGS TARGET_OBJCOPY LIB_PRTOS LIB_BAIL
    LIB_PRTOS_PATH BAIL_LIB_PATH BAIL_BIN_PATH PRTOS_PATH PRTOS_BIN_PATH PRTOS_CORE_PATH PRTOS_CORE PRTOS_CORE_BIN
    PRTOS_CORE_ELF PRTOS_CPARSER PRTOS_PACK RSW_BUILD PEF GRUB_ISO XPATHSTART""".split()
ASSEMBLY = """#include <prtos.h>
ENTRY(answer)
    movl $__HALT_SYSTEM_NR, %eax
    ret
"""
HEAD = "BAIL_PATH=../..\nall: show\n"
TAIL = "show:\n\t@:\n" + "".join(f"\t@echo '{name}=$({name})'\n" for name in VARIABLES) + \
    "\t@echo 'yes=$(call if-success,true,yes,no) no=$(call if-success,false,yes,no)'\n"


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    return mirror(tmp_path_factory.mktemp("tree"))


def project(examples, name: str, text: str):
    folder = examples / name
    folder.mkdir()
    (folder / "Makefile").write_text(text)
    return folder


def variables(done) -> dict:
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)


def test_variables(examples):
    folder = project(examples, "variables", f"{HEAD}include $(BAIL_PATH)/common/rules.mk\n{TAIL}")
    found = variables(make(folder))
    assert all(found[name] for name in VARIABLES), found
    assert found["yes"] == "yes no=no"
    assert found["PEF"].endswith("/prtoseformat build")
    assert found["PRTOS_CORE"] == f"{BUILD}/prtos_core.pef"
    for word in ("-nostdinc", "-ffreestanding", "--std=gnu89", "-fno-builtin", "-m32", "-O2", "-Dx86"):
        assert word in found["TARGET_CFLAGS"].split()
    assert "-D_DEBUG_" in variables(make(folder, "DEBUG=y"))["TARGET_CFLAGS"]
    assert "loader.lds" in found["TARGET_LDFLAGS"] and "-lbail" in found["TARGET_LDFLAGS"]


def test_external_ldflags(examples):
    text = f"{HEAD}EXTERNAL_LDFLAGS=y\ninclude $(BAIL_PATH)/common/rules.mk\n{TAIL}"
    flags = variables(make(project(examples, "external", text)))["TARGET_LDFLAGS"]
    assert "-lprtos" in flags and "-lbail" not in flags and "loader.lds" not in flags


def test_objects_from_c_and_assembly(examples):
    text = f"{HEAD}include $(BAIL_PATH)/common/rules.mk\nshow: one.o two.o\n"
    folder = project(examples, "objects", text)
    (folder / "one.c").write_text(
        "#include __PRTOS_INCFLD(objdir.h)\n#ifndef CONFIG_x86\n#error\n#endif\nprtos_u32_t x = x86;\n")
    (folder / "two.S").write_text(ASSEMBLY)
    make(folder)
    assert (folder / "one.o").exists() and (folder / "two.o").exists()
    make(folder, "clean")
    assert sorted(path.name for path in folder.iterdir()) == ["Makefile", "one.c", "two.S"]


def test_unknown_partition_and_architecture(examples):
    text = HEAD + "include $(BAIL_PATH)/common/rules.mk\nshow:\n\t@echo $(call xpathstart,7,prtos_cf.xml)\n"
    folder = project(examples, "unknown", text)
    shutil.copy(GUEST / "prtos_cf.xml", folder)
    assert "no start address of partition 7" in make(folder, ok=False).stderr
    assert "ARCH=riscv64 is not supported" in make(folder, "ARCH=riscv64", ok=False).stderr


def test_run_rules(examples):
    text = HEAD + "include $(BAIL_PATH)/common/rules.mk\nshow:\n\t@:\ninclude ../run.mk\n"
    folder = project(examples, "running", text)
    (folder / "container.bin").touch()
    wanted = "qemu-system-i386 -m 512 -smp 4 -boot d -cdrom resident_sw.iso"
    for goal in ("run", "run.x86", "run.x86.nographic"):
        assert wanted in make(folder, "-n", goal).stdout
    assert "-nographic" in make(folder, "-n", "run.x86.nographic").stdout
    wanted = "qemu-system-aarch64 -machine virt,gic_version=3 -machine virtualization=true -cpu cortex-a72"
    assert wanted in make(folder, "-n", "run.aarch64").stdout
    assert " -s -S" in make(folder, "-n", "run.aarch64.debug").stdout
    assert "not supported yet" in make(folder, "run.amd64", ok=False).stderr


def test_before_the_tree_is_built(examples, tmp_path):
    folder = project(examples, "early", f"{HEAD}include $(BAIL_PATH)/common/rules.mk\n{TAIL}")
    done = make(folder, f"PRTOS_BUILD={tmp_path}", ok=False)
    assert "libprtos.a is missing: run `make`" in done.stderr
    make(folder, f"PRTOS_BUILD={tmp_path}", "clean")
