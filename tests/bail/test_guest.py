# SPDX-License-Identifier: Apache-2.0
"""libprtos and BAIL inside a partition of the real hypervisor: guest/ is built as a user's project,
booted, and the values that it shows are judged here."""
import re
import shutil

import boot
import pytest

from project import GUEST, make, mirror

TRAPPING = 100  # instructions that a call with a trap surely exceeds


@pytest.fixture(
    scope="module",
    params=[f"{arch} {word}".rstrip() for arch in boot.ARCHS for word in ("", "DEBUG=y", "LLVM=1")],
)
def run(request, tmp_path_factory):
    arch, *words = request.param.split()
    folder = mirror(tmp_path_factory.mktemp("tree")) / "guest"
    shutil.copytree(GUEST, folder)
    done = make(folder, "-j2", *words, arch=arch)
    assert not re.search(r"\.[ch]:.*warning", done.stderr), done.stderr
    result = boot.boot(folder / "resident_sw")
    result.optimised = not words
    result.arch = arch
    make(folder, "clean", arch=arch)
    assert sorted(p.name for p in folder.iterdir()) == sorted(p.name for p in GUEST.iterdir())
    return result


@pytest.fixture(scope="module")
def values(run):
    found = re.findall(r"^= (\w+) (\S+)\r?$", run.text, re.M)
    return {name: int(value) if re.fullmatch(r"-?\d+", value) else value for name, value in found}


def check(values, **wanted):
    assert {name: values.get(name) for name in wanted} == wanted


X86_START = dict(idt_limit=288 * 8 - 1, gate3=0xEF, gate13=0xEE, gate200=0xEE, gate_selector=0x13B,
                 gate_entry=1, bitmap=96)
ARM_START = dict(entry=1, vector_of_trap0=256, vector_of_line3=0x23, flag_at_start=1,
                 floating_before=0, bitmap=144)


def test_start(run, values):
    check(values, **(X86_START if run.arch == "x86" else ARM_START))
    check(values, bss=0, data=0x4321, reset_status=5, own_vcpu=1)
    check(values, stack_mod_16=0, vcpu=0, partition=0, vcpus=1, pct=0xFBFC0000, pct_magic=1,
          pct0=1, areas=3, area0=0x6000000, area2_name="mail", vector_of_ext31=255, end=1)
    assert values["area1_flags"] & 0x207 == 0x205


def test_bitmaps(values):
    check(values, bits_set=1, bit_69=1, bit_68=0, bit_70=-1, bit_0=0, bitmap_set=1, bitmap_clear=1)


def test_ports(values):
    check(values, port_out=0, port_in=1, port_again=-1, port_write=0, port_news=1, port_read=6, port_flags=0,
          port_text="hello", port_alias=-3, port_negative=-3, port_null_status=-3, opmode=0, status_alias=-3)


def test_batches(values):
    """The hypervisor's multicall may be absent yet: its code comes through, and only once."""
    check(values, batch_empty=0, batch_words=4, batch_init=0,
          batch_words_3=4 + 3 + 5, batch_refused=1,
          batch_after=-3, batch_bound=1)


def test_time_follows_the_scale(run):
    """Each result lies between the scale's values for the counts before and after the call."""
    vectors = [[int(word) for word in line.split()[1:]] for line in run.lines if line.startswith("V ")]
    assert len(vectors) == 400
    long_ago = 0
    for result, clock, base_ns, exec_ns, mult, shift, before, after, us in vectors:
        base = exec_ns if clock else base_ns
        low, high = ((base + (count * mult >> shift)) // 1000 for count in (before, after))
        assert result == 0
        assert low <= us <= high, (clock, base, mult, shift, before, after, us)
        long_ago += before >> 32 != 0
    assert long_ago > 100 and len(vectors) - long_ago > 50, "both ways of the product"
    assert {vector[5] for vector in vectors} == set(range(33))


def test_time_under_preemption(values):
    check(values, clock_page=1, time_backwards=0, time_outside=0, time_exec_below_hw=1)
    assert values["time_slots"] > 50


def test_time_of_bad_pointers(values):
    names = [name[5:] for name in values if name.startswith("code_")]
    assert len(names) == 10
    for name in names:
        assert values[f"code_{name}"] == values[f"trap_code_{name}"], name
    check(values, code_null=-3, code_clock2=-3, code_hypervisor=-3, code_nowhere=-3, code_read_only=-3,
          code_other_area=0, code_top=-3, odd_sequence=0, no_clock_page=0)


def test_time_writes_only_to_own_memory(values):
    """Where no trap is needed: [start, start + span) of addresses that take 8 bytes."""
    check(values, window_inside="10010+E9", window_cut="13FF0+9", window_larger="16000+1FF9", window_read_only="0+0",
          window_unmapped="0+0", window_rom="0+0", window_too_small="0+0", window_just_fits="10000+1",
          window_empty="0+0", window_backwards="0+0", window_top="FFFFF800+7F1")


def test_time_is_cheap(run, values):
    """The call and what its measuring adds over an empty function, in instructions."""
    if not run.optimised:
        return
    for name in ("bss", "data", "stack"):
        assert 30 < values[f"cost_time_{name}"] <= 60 + 6, name
    assert values["cost_time_trap"] > TRAPPING
    assert values["cost_time_forgotten"] > TRAPPING


def test_masks_and_flag(values):
    check(values, irq_cli=0, irq_install=0, irq_install_low=-1, irq_install_high=-1, irq_install_last=0, irq_sti=1,
          irq_masked=0, irq_unmasked=1, irq_nr=248, irq_if_in_handler=0, irq_if_after=1, irq_flag_off=1,
          irq_flag_on=2, irq_set_mask=1, irq_masked_again=2, irq_taken_back=2)


def test_registers(run, values):
    if run.arch == "aarch64":
        check(values, regs_changed=0, regs_floating=0, regs_irq=1, regs_elr=1, floating_after=3)
        return
    check(values, regs_same=1, regs_result=0, regs_irq=1, regs_flags=1, regs_df_in_handler=0, regs_df_after=1)


def test_traps(run, values):
    if run.arch == "aarch64":
        check(values, trap_opcode_nr=0, trap_opcode_ip=1, trap_data_nr=3, trap_page_nr=8, trap_svc_nr=1, trap_count=4)
        return
    check(values, trap_divide=1, trap_divide_nr=0, trap_divide_ip=1, trap_cs=0x13B, trap_opcode_nr=6,
          trap_breakpoint_nr=3, trap_page_nr=14, trap_page_error=6, trap_page_address=0x8000010, trap_gp_nr=13,
          trap_gp_error=0, trap_count=5)


def test_default_handler(run):
    nr = {"x86": 3, "aarch64": 1}[run.arch]
    assert re.search(rf"^\[P0:0\] Unexpected trap 0x{nr} \(ip: 0x60[0-9A-F]+\)\r?$", run.text, re.M)
    assert re.search(r"^\[P0:0\] Unexpected trap 0xFA \(ip: 0x60[0-9A-F]+\)\r?$", run.text, re.M)


def test_costs(run, values):
    if not run.optimised:
        return
    # A word is changed by one instruction on x86, by four on AArch64.
    more = 0 if run.arch == "x86" else 6
    assert values["cost_cli_sti"] <= 30 + more
    assert values["cost_set_mask"] <= 20 + more
    assert values["cost_clear_mask"] <= 40
    assert values["cost_trap"] > values["cost_clear_mask"]
    assert values["cost_interrupt"] > values["cost_trap"]


def test_no_console(values):
    """A device that takes nothing holds nobody up; what it did not take is counted (or the
    hypervisor took it and threw it away)."""
    check(values, neighbour_printed=1)
    assert values["neighbour_dropped"] in (0, 40 * 22 + 13)
    assert values["neighbour_us"] < 50


def test_console(run, values):
    text = run.text.replace("\r\n", "\n")
    assert "\ntext -1 BEEF\n" in text
    long_line = "".join(chr(ord("a") + i % 26) for i in range(1200))
    assert f"\n{long_line}\n" in text
    assert re.search(r"\nxy\r?\n", text)
    assert "\ndirect\n" in text
    check(values, text_length=13, text_dropped=0, text_direct=7, text_too_long=-3, text_negative=-3)
