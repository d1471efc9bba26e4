# SPDX-License-Identifier: Apache-2.0
# What guests see: headers generated from core/abi/*.toml, libprtos.a, libbail.a, and $(O)/include
# with all their headers as they are installed. Included by the top Makefile, which sets ARCH and
# O = build/$(ARCH).

ABI_PYTHON ?= $(or $(PYTHON),/usr/bin/python3)
ABI_TOML := $(wildcard core/abi/*.toml)
ABI_TEMPLATES := scripts/templates
ABI_GENERATE = $(ABI_PYTHON) scripts/gen.py --arch $(ARCH)

# Generated headers, shared and for guests only.
ABI_GEN := $(O)/gen/prtos_inc
ABI_GEN_HEADERS := $(addprefix $(ABI_GEN)/,hypercalls.h hm_events.h audit.h object_ids.h)
ABI_GEN_GUEST := $(ABI_GEN)/hypercall_protos.h
ABI_STUBS := $(O)/gen/libprtos/hypercall_stubs.c

define abi-generated
$(1)/%: $(ABI_TEMPLATES)/%.j2 $(ABI_TEMPLATES)/abi_macros.j2 scripts/gen.py $(ABI_TOML)
	$$(call say,GEN,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(ABI_GENERATE) $$< $$@ && touch $$@
endef
$(eval $(call abi-generated,$(ABI_GEN)))
$(eval $(call abi-generated,$(O)/gen/libprtos))

# One folder with every header, as a partition's compilation sees them.
ABI_INCLUDE := $(O)/include
ABI_HEADER_ROOTS := core/abi/include core/abi/$(ARCH) user/libprtos/include user/libprtos/$(ARCH)/include \
	user/bail/include user/bail/$(ARCH)/include user/rtos/include user/apex/include
ABI_HEADERS :=
define abi-copied
ABI_HEADERS += $(ABI_INCLUDE)/$(2)
$(ABI_INCLUDE)/$(2): $(1)/$(2)
	$$(Q)mkdir -p $$(@D) && cp $$< $$@
endef
$(foreach root,$(ABI_HEADER_ROOTS),$(foreach header,$(patsubst $(root)/%,%,$(wildcard $(root)/*.h \
	$(root)/*/*.h $(root)/*/*/*.h)),$(eval $(call abi-copied,$(root),$(header)))))
$(foreach header,$(ABI_GEN_HEADERS) $(ABI_GEN_GUEST),$(eval $(call abi-copied,$(O)/gen,$(header:$(O)/gen/%=%))))

# The same compilers and flags as partitions have; LLVM=1 takes clang.
include user/bail/common/target.mk user/bail/common/boards.mk
# No SSE, no need for a stack aligned to more than a word: shorter stubs.
ABI_gcc_CFLAGS_x86 := -mpreferred-stack-boundary=2
ABI_clang_CFLAGS_x86 := -mstack-alignment=4
# A library that does not touch floating point need not be asked whether it may.
ABI_gcc_CFLAGS_aarch64 := -mgeneral-regs-only
ABI_clang_CFLAGS_aarch64 := -mgeneral-regs-only
ABI_COMPILER := $(if $(LLVM),clang,gcc)
ABI_CFLAGS := $(TARGET_CFLAGS_$(ARCH)) $(ABI_$(ABI_COMPILER)_CFLAGS_$(ARCH)) -D$(ARCH) -std=gnu11 -O2 -g -ffreestanding -fno-builtin -nostdinc \
	-fno-pic -fno-pie -fno-stack-protector -U_FORTIFY_SOURCE -fno-asynchronous-unwind-tables \
	-fno-strict-aliasing -fno-common -fomit-frame-pointer \
	-ffile-prefix-map=$(CURDIR)=. -I$(ABI_INCLUDE) -include prtos_inc/config.h \
	-include prtos_inc/arch/arch_types.h -Iuser/libprtos/src \
	-Wall -Wextra -Wshadow -Wconversion -Wvla -Wmissing-prototypes -Werror
# memcpy must not be compiled into a call of memcpy.
ifeq ($(ABI_COMPILER),gcc)
ABI_CFLAGS += -fno-tree-loop-distribute-patterns -fno-stack-clash-protection
endif

$(eval $(call flags-stamp,$(O)/abi.flags,$(TARGET_CC) $(ABI_CFLAGS)))

LIBPRTOS_SRCS := $(wildcard user/libprtos/src/*.c user/libprtos/$(ARCH)/*.[cS])
LIBBAIL_SRCS := $(wildcard user/bail/src/*.c user/bail/libc/*.c user/bail/$(ARCH)/*.[cS])
LIBPRTOS_OBJS := $(patsubst %,$(O)/abi.obj/%.o,$(LIBPRTOS_SRCS)) $(O)/abi.obj/hypercall_stubs.c.o
LIBBAIL_OBJS := $(patsubst %,$(O)/abi.obj/%.o,$(LIBBAIL_SRCS))

ABI_COMPILE = $(Q)mkdir -p $(@D) && $(TARGET_CC) $(ABI_CFLAGS) -MMD -MP -c -o $@ $<
$(O)/abi.obj/%.o: % $(O)/abi.flags | $(ABI_HEADERS)
	$(call say,CC,$<)
	$(ABI_COMPILE)
$(O)/abi.obj/hypercall_stubs.c.o: $(ABI_STUBS) $(O)/abi.flags | $(ABI_HEADERS)
	$(call say,CC,$<)
	$(ABI_COMPILE)

# D: no dates, no owners: the same bytes each time.
$(O)/lib/libprtos.a: $(LIBPRTOS_OBJS)
$(O)/lib/libbail.a: $(LIBBAIL_OBJS)
$(O)/lib/libprtos.a $(O)/lib/libbail.a:
	$(call say,AR,$@)
	$(Q)mkdir -p $(@D) && rm -f $@ && $(TARGET_AR) rcsD $@ $^

.PHONY: abi abi-headers abi-docs docs
abi-headers: $(ABI_GEN_HEADERS)
abi: $(ABI_HEADERS) $(O)/lib/libprtos.a $(O)/lib/libbail.a ## headers and libraries of partitions

# The reference; committed, so that it is readable without building.
ABI_DOCS := $(addprefix documentation/abi/,hypercalls.md health.md objects.md)
docs: abi-docs ## write the references in documentation
abi-docs:
	$(Q)$(foreach doc,$(ABI_DOCS),$(ABI_GENERATE) $(ABI_TEMPLATES)/$(notdir $(doc)).j2 $(doc) &&) :

-include $(patsubst %.o,%.d,$(LIBPRTOS_OBJS) $(LIBBAIL_OBJS))
