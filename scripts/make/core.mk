# SPDX-License-Identifier: Apache-2.0
# The hypervisor: $(O)/prtos_core (ELF), prtos_core.bin, prtos_core.pef. DEBUG=1 takes the verbose
# bodies, LLVM=1 the second compiler. Its own flags keep the host's headers and helpers out.

CORE_VARIANT := $(if $(filter 1,$(DEBUG)),debug,release)
# GNU tools of the architecture; clang makes code for any.
CORE_CROSS_aarch64 := aarch64-linux-gnu-
CORE_CROSS := $(CORE_CROSS_$(ARCH))
CORE_CC := $(if $(filter 1,$(LLVM)),clang,$(CORE_CROSS)gcc)
CORE_O := $(O)/core/$(CORE_VARIANT)$(if $(filter 1,$(LLVM)),-llvm)

CORE_OWN := $(notdir $(patsubst %.S,%.c,$(wildcard core/arch/$(ARCH)/*.[cS])))
CORE_DRIVERS_x86 := uart16550.c vga.c memblock.c
CORE_DRIVERS_aarch64 := pl011.c memblock.c
CORE_SRC := $(filter-out $(addprefix core/lib/,$(CORE_OWN)),$(wildcard core/lib/*.c)) \
	$(wildcard core/conf/*.c core/kernel/*.c core/objects/*.c) \
	$(addprefix core/drivers/,$(CORE_DRIVERS_$(ARCH))) \
	$(filter-out %/asm_offsets.c,$(wildcard core/arch/$(ARCH)/*.c)) core/$(CORE_VARIANT)/verbose.c
CORE_ASM := $(wildcard core/arch/$(ARCH)/*.S)
CORE_OBJ := $(CORE_SRC:%.c=$(CORE_O)/%.o) $(CORE_ASM:%.S=$(CORE_O)/%.o) \
	$(CORE_O)/hypercall_table.o $(CORE_O)/build_info.o

CORE_INC := -nostdinc -isystem $(shell $(CORE_CC) -print-file-name=include) -Icore/arch/$(ARCH) -Icore -Icore/include \
	 -Icore/abi/include -Icore/abi/$(ARCH) -I$(O)/gen -I$(CORE_O)
CORE_WARN := -Wall -Wextra -Werror -Wshadow -Wconversion -Wvla -Wmissing-prototypes -Wstrict-prototypes
CORE_FLAGS_x86 := -fcf-protection=none -m32 -march=i686 -mregparm=3 -mno-mmx -mno-sse -mno-80387 -mpreferred-stack-boundary=2 \
	-mmemcpy-strategy=rep_4byte:-1:noalign -mmemset-strategy=rep_4byte:-1:noalign \
	-fomit-frame-pointer -falign-functions=1 -falign-loops=1 -falign-jumps=1 -falign-labels=1 -DCONFIG_x86 -Dx86
ifeq ($(LLVM),1)
CORE_FLAGS_x86 := $(filter-out -mpreferred-stack-boundary=2 -falign-% -mmem%,$(CORE_FLAGS_x86)) -mstack-alignment=4 \
	-Wno-gnu-variable-sized-type-not-at-end
endif
CORE_FLAGS_aarch64 := -march=armv8-a -mgeneral-regs-only -mcmodel=tiny -mstrict-align -fomit-frame-pointer -DCONFIG_AARCH64 -Daarch64
ifeq ($(LLVM),1)
CORE_FLAGS_aarch64 += --target=aarch64-linux-gnu -mno-outline-atomics -mfix-cortex-a53-835769 -Wno-gnu-variable-sized-type-not-at-end
else
CORE_FLAGS_aarch64 += -mno-outline-atomics -mfix-cortex-a53-835769 -fno-shrink-wrap -falign-functions=4 -falign-loops=4 -falign-jumps=4 -falign-labels=4
endif
CORE_FLAGS := -std=gnu11 -O2 -g -ffreestanding -fno-pic -fno-pie -fno-stack-protector \
	-U_FORTIFY_SOURCE -fno-asynchronous-unwind-tables -fno-strict-aliasing -fno-common -ffunction-sections -fdata-sections \
	-ffile-prefix-map=$(CURDIR)=. -D_PRTOS_KERNEL_ -DVERBOSE=$(if $(filter debug,$(CORE_VARIANT)),true,false) $(CORE_INC) $(CORE_WARN) $(CORE_FLAGS_$(ARCH)) \
	-include prtos_inc/config.h
CORE_COLD_aarch64 := core/kernel/vtimer% core/kernel/calls_object% \
	$(addprefix core/arch/aarch64/,trap% access% guest%) core/kernel/virq%
# What runs at boot, on a cold path or once in a while is built for size.
CORE_COLD := core/lib/crc32c% core/lib/string% core/lib/lzss% $(CORE_O)/hypercall_table% core/kernel/calls_time% core/kernel/plan% \
	core/conf/% core/lib/div64% core/lib/format% core/drivers/% core/release/% core/debug/% \
	$(addprefix core/kernel/,setup% system% loader% log% port% vcpu% pct% partition% calls_partition% calls_batch% plans% calls_vcpu% clock% guestmem%) \
	core/objects/health% core/objects/status% core/objects/trace% core/objects/memory% core/objects/console% core/objects/port_ctrl% core/kernel/sched% \
	$(addprefix core/arch/x86/,smp% space% ports% paging% measure% features% tables% descriptors% pages% calls_pages% power%) \
	$(addprefix core/arch/aarch64/,smp% stage2% mmu% features% sysregs% psci% power% tree% calls% gic% vgic% div64%)
CORE_COLD += $(CORE_COLD_$(ARCH))
# (clang calls helpers for 64-bit shifts there, which are nobody's.)
# The decoder works on normal memory only, which may be read at any address (Arm ARM B2.5.2).
core_any_address = $(if $(filter aarch64:core/lib/lzss%,$(ARCH):$<),$(if $(LLVM),-munaligned-access,-mno-strict-align))
core_opt = $(core_any_address) $(if $(filter 1,$(LLVM)),,$(if $(filter $(CORE_COLD),$<),$(CORE_SIZE_$(ARCH))))
CORE_SIZE_x86 := -Oz
CORE_SIZE_aarch64 := -Oz -fno-move-loop-invariants -fno-schedule-insns2 -fno-inline-small-functions
CORE_LINK_x86 := -m elf_i386
CORE_LINK_aarch64 := -m aarch64linux --fix-cortex-a53-843419

CORE_GEN := $(CORE_O)/hypercall_table.h $(CORE_O)/core_health_names.h $(CORE_O)/asm_offsets.h

.PRECIOUS: $(CORE_O)/hypercall_table.c $(CORE_O)/hypercall_table.h
$(CORE_O)/hypercall_table.%: scripts/templates/core_hypercall_table.%.j2 core/abi/hypercalls.toml scripts/gen.py
	$(call say,GEN,$@)
	$(Q)$(PYTHON) scripts/gen.py --arch $(ARCH) $< $@ && touch $@

$(CORE_O)/core_health_names.h: scripts/templates/core_health_names.h.j2 core/abi/health.toml scripts/gen.py
	$(call say,GEN,$@)
	$(Q)$(PYTHON) scripts/gen.py --arch $(ARCH) $< $@ && touch $@

$(CORE_O)/asm_offsets.h: core/arch/$(ARCH)/asm_offsets.c $(wildcard core/include/hv/*.h core/arch/$(ARCH)/*.h \
		core/arch/$(ARCH)/hv/*.h) $(ABI_GEN_HEADERS) $(CORE_O)/flags
	$(call say,GEN,$@)
	$(Q)mkdir -p $(@D) && $(CORE_CC) $(CORE_FLAGS) -S -o $@.s $<
	$(Q)sed -n 's/^.*->\([A-Z_0-9]*\) \$$*\([0-9]*\).*/#define \1 \2/p' $@.s > $@

$(CORE_O)/build_info.c: $(CORE_O)/flags
	$(Q)printf '/* Generated. */\nextern const char build_info[];\nconst char build_info[] __attribute__((section(".build_info"), used)) =\n"compiler=%s\\narch=%s\\nvariant=%s\\ndate=%s\\n";\n' \
		"$$($(CORE_CC) --version | head -n 1)" $(ARCH) $(CORE_VARIANT) "$$(date -u -d @$(SOURCE_DATE_EPOCH) +%Y-%m-%d)" > $@

# The call graphs of gcc, for the deepest stack.
CORE_FLAGS += $(if $(filter 1,$(LLVM)),,-fcallgraph-info=su)

$(eval $(call flags-stamp,$(CORE_O)/flags,$(CORE_CC) $(CORE_FLAGS) $(CORE_SIZE_$(ARCH)) $(CORE_COLD)))

$(CORE_O)/%.o: %.c $(CORE_GEN) $(ABI_GEN_HEADERS) $(CORE_O)/flags
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(CORE_CC) $(CORE_FLAGS) $(core_opt) -MMD -MP -c -o $@ $<

$(CORE_O)/%.o: $(CORE_O)/%.c $(CORE_GEN) $(ABI_GEN_HEADERS) $(CORE_O)/flags
	$(call say,CC,$@)
	$(Q)$(CORE_CC) $(CORE_FLAGS) $(core_opt) -MMD -MP -c -o $@ $<

$(CORE_O)/%.o: %.S $(CORE_GEN) $(CORE_O)/flags
	$(call say,AS,$<)
	$(Q)mkdir -p $(@D) && $(CORE_CC) $(CORE_FLAGS) -MMD -MP -c -o $@ $<

$(eval $(call flags-stamp,$(O)/core.variant,$(CORE_O)))

$(O)/prtos_core: $(CORE_OBJ) $(O)/core.variant core/arch/$(ARCH)/core.lds
	$(call say,LD,$@)
	$(Q)$(CORE_CROSS)ld $(CORE_LINK_$(ARCH)) -n --gc-sections -z noexecstack --build-id=none --fatal-warnings \
		-T core/arch/$(ARCH)/core.lds -o $@ $(CORE_OBJ)
	$(if $(filter 1,$(LLVM)),,$(Q)$(PYTHON) scripts/stack_depth.py --out $(CORE_O)/stack.txt \
		--stack $$(sed -n 's/#define CPU_STACK_BYTES //p' $(CORE_O)/asm_offsets.h) \
		$(CORE_SRC:%.c=$(CORE_O)/%.ci) $(CORE_O)/hypercall_table.ci)

$(O)/prtos_core.bin: $(O)/prtos_core
	$(Q)$(CORE_CROSS)objcopy -O binary $< $@

$(O)/prtos_core.pef: $(O)/prtos_core user/bin/prtoseformat
	$(call say,PEF,$@)
	$(Q)user/bin/prtoseformat build -o $@ $< 2>/dev/null

core: $(O)/prtos_core.pef $(O)/prtos_core.bin ## build the hypervisor
-include $(CORE_OBJ:.o=.d)
