# SPDX-License-Identifier: Apache-2.0
"""A multiboot program of a few instructions, to try the runner without the hypervisor."""
import subprocess

SOURCE = r"""
        .long 0x1BADB002, 0, -0x1BADB002
        .globl _start
_start: mov $message, %%esi
        mov $0xb8000, %%edi
1:      lodsb
        test %%al, %%al
        jz 2f
        mov $0x3f8, %%dx
        outb %%al, %%dx
        movb %%al, (%%edi)
        add $2, %%edi
        jmp 1b
2:      mov $%(code)d, %%eax
        mov $0xf4, %%dx
        cmp $0xff, %%eax
        je 3f
        out %%eax, %%dx
        mov $0x2000, %%ax       /* no exit device: ACPI, as the PC of QEMU has it */
        mov $0x604, %%dx
        outw %%ax, %%dx
        mov $0xb004, %%dx
        outw %%ax, %%dx
3:      cli
        hlt
        jmp 3b
message: .ascii "%(text)s\0"
"""
STAYS = 0xFF  # a code that means: never end


def build(folder, text: str = "hello", code: int = 0x10):
    """Builds it: prints `text`, writes `code` to the exit device. The path of the file."""
    source = folder / "kernel.S"
    source.write_text(SOURCE % {"text": text, "code": code})
    words = "gcc -m32 -ffreestanding -nostdlib -static -no-pie -Wl,-n -Wl,--build-id=none".split()
    output = folder / "resident_sw"
    subprocess.run(words + ["-Wl,-Ttext=0x100000", "-o", output, source], check=True)
    return output
