# SPDX-License-Identifier: Apache-2.0
# Variables and rules with which a project builds its partitions and joins them to a bootable file.
# The project's Makefile sets BAIL_PATH, names `all: container.bin resident_sw` first, includes this
# file, then sets XMLCF, PARTITIONS, PACK_ARGS and says how each partition is linked. A system file of
# another name than prtos_cf.$(ARCH).xml or prtos_cf.xml is set before.
#   ARCH=aarch64         the architecture (x86)
#   PRTOS_PLATFORM=virt  the board (pc, on aarch64 virt), for what the system file leaves out
#   DEBUG=y  -g -O0 -D_DEBUG_ instead of -O2       LLVM=1  clang instead of gcc
#   EXTERNAL_LDFLAGS=y (set before)  TARGET_LDFLAGS without BAIL: start-up and layout are the project's

include $(BAIL_PATH)/common/config.mk
include $(BAIL_PATH)/common/target.mk

ifeq ($(wildcard $(LIB_PRTOS_PATH)/libprtos.a),)
ifeq ($(filter clean distclean show-platform,$(MAKECMDGOALS)),)
$(error $(LIB_PRTOS_PATH)/libprtos.a is missing: run `make$(if $(filter-out x86,$(ARCH)), ARCH=$(ARCH))` in $(PRTOS_PATH) first)
endif
endif

# Programs.
PRTOS_CPARSER := $(PRTOS_BIN_PATH)/prtoscparser
PRTOS_PACK := $(PRTOS_BIN_PATH)/prtospack
RSW_BUILD := $(PRTOS_BIN_PATH)/rswbuild
PEF := $(PRTOS_BIN_PATH)/prtoseformat build
GRUB_ISO := $(PRTOS_BIN_PATH)/grub_iso
XPATHSTART := $(PRTOS_BIN_PATH)/xpathstart

# The hypervisor.
PRTOS_CORE := $(PRTOS_CORE_PATH)/prtos_core.pef
PRTOS_CORE_BIN := $(PRTOS_CORE_PATH)/prtos_core.bin
PRTOS_CORE_ELF := $(PRTOS_CORE_PATH)/prtos_core

# Libraries. What a libgcc would give is in libbail, as far as an architecture needs it.
LIB_PRTOS := -lprtos
LIB_BAIL := -lbail
# The real-time kernel, in front of TARGET_LDFLAGS; -lrtos-nochecks, -lrtos-small, -lrtos-meter too.
LIB_RTOS := -lrtos
# APEX over it, in its place.
LIB_APEX := -lapex -lrtos
LIBGCC :=

TARGET_COMMON := $(TARGET_CFLAGS_$(ARCH)) -Wall -nostdlib -nostdinc -D$(ARCH) -I$(PRTOS_INCLUDE_PATH) \
	-include prtos_inc/config.h -include prtos_inc/arch/arch_types.h
TARGET_CFLAGS := $(TARGET_COMMON) -fno-strict-aliasing -fomit-frame-pointer -fno-pie -fno-pic -ffreestanding \
	--std=gnu89 -Wno-implicit-function-declaration -fno-builtin -fno-stack-protector \
	-fno-asynchronous-unwind-tables -U_FORTIFY_SOURCE
ifeq ($(DEBUG),y)
TARGET_CFLAGS += -g -O0 -D_DEBUG_
else
TARGET_CFLAGS += -O2
endif
TARGET_ASFLAGS := $(TARGET_COMMON) -fno-pie -fno-pic

ifeq ($(EXTERNAL_LDFLAGS),y)
TARGET_LDFLAGS := $(TARGET_LDFLAGS_$(ARCH)) -L$(LIB_PRTOS_PATH) --start-group $(LIBGCC) $(LIB_PRTOS) \
	--end-group -z noexecstack
else
TARGET_LDFLAGS := $(TARGET_LDFLAGS_$(ARCH)) -u start -u prtos_image_hdr -T$(BAIL_LOADER) -L$(LIB_PRTOS_PATH) \
	-L$(BAIL_LIB_PATH) --start-group $(LIBGCC) $(LIB_PRTOS) $(LIB_BAIL) --end-group -z noexecstack
endif

# $(call if-success,command,yes,no)
if-success = $(shell if $(1) >/dev/null 2>&1; then echo "$(2)"; else echo "$(3)"; fi)

# $(call xpathstart,n,file): start of the first Area of partition n.
xpathstart = $(or $(shell $(XPATHSTART) $(1) $(2)),$(error no start address of partition $(1) in $(2)))

%.o: %.c platform.prtos_conf
	$(TARGET_CC) $(TARGET_CFLAGS) -MMD -MP -c -o $@ $<

%.o: %.S platform.prtos_conf
	$(TARGET_CC) $(TARGET_ASFLAGS) -MMD -MP -c -o $@ $<

%.pef: %
	$(PEF) -c -o $@ $<

XMLCF ?= $(firstword $(wildcard prtos_cf.$(ARCH).xml prtos_cf.xml) prtos_cf.$(ARCH).xml)

# Everything is made again for another board or compiler, the tables when the board's own file changed.
BUILT_FOR := $(ARCH) $(PRTOS_PLATFORM) $(TARGET_CC)
platform.prtos_conf: FORCE
	@echo '$(BUILT_FOR)' | cmp -s - $@ || echo '$(BUILT_FOR)' > $@
CONF_NEEDS := $(XMLCF) platform.prtos_conf $(if $(findstring /,$(PRTOS_PLATFORM)),$(PRTOS_PLATFORM))

prtos_cf.bin.prtos_conf: $(CONF_NEEDS)
	$(PRTOS_CPARSER) -a $(ARCH) -p $(PRTOS_PLATFORM) -o $@ $<

prtos_cf.c.prtos_conf: $(CONF_NEEDS)
	$(PRTOS_CPARSER) -a $(ARCH) -p $(PRTOS_PLATFORM) -c -o $@ $<

prtos_cf.pef.prtos_conf: prtos_cf.bin.prtos_conf
	$(PEF) -m -o $@ $<

resident_sw: container.bin
	$(RSW_BUILD) $< $@

resident_sw.iso: resident_sw
	$(GRUB_ISO) $@ $<

.PHONY: all clean distclean show-platform FORCE
FORCE:

# For tools: what this project is built for.
show-platform:
	@echo $(ARCH) $(PRTOS_PLATFORM)

clean:
	rm -f *.o *.d *.pef *.prtos_conf $(PARTITIONS) container.bin resident_sw resident_sw.iso

distclean: clean
	rm -f *~ *.orig

-include $(wildcard *.d)
