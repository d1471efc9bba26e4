# SPDX-License-Identifier: Apache-2.0
# Starts what a project has built under QEMU. Included at the end of the project's Makefile.
#   QEMU_ARGS="..."  more arguments

QEMU_x86 := qemu-system-i386 -m 512 -smp 4 -boot d
QEMU_aarch64 := qemu-system-aarch64 -machine virt,gic_version=3 -machine virtualization=true -cpu cortex-a72 \
	-m 4096 -smp 4 -nographic

.PHONY: run run.x86 run.x86.nographic run.aarch64 run.aarch64.debug
run: run.$(ARCH)

run.x86: resident_sw.iso
	$(QEMU_x86) -cdrom $< $(QEMU_ARGS)

run.x86.nographic: resident_sw.iso
	$(QEMU_x86) -cdrom $< -nographic $(QEMU_ARGS)

run.aarch64: resident_sw
	$(QEMU_aarch64) -kernel $< $(QEMU_ARGS)

# Waits for gdb: gdb-multiarch -ex 'target remote :1234' PROGRAM
run.aarch64.debug: resident_sw
	$(QEMU_aarch64) -kernel $< -s -S $(QEMU_ARGS)

RUN_ABSENT := run.amd64 run.amd64.nographic run.amd64.kvm run.amd64.kvm.nographic
.PHONY: $(RUN_ABSENT)
$(RUN_ABSENT):
	@echo '$@: this architecture is not supported yet' >&2; exit 2
