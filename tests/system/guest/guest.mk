# SPDX-License-Identifier: Apache-2.0
# What the systems of the tests share: each has a Makefile that sets PARTITIONS (programs in the
# order of partition ids) and includes this file. Objects of this folder are linked into all. What an
# architecture has of its own is in x86/ and aarch64/, here and in the system's folder.
#   GUEST_PATH     this folder            GUEST_OBJS_<program>   more objects of a program
#   GUEST_CFLAGS   more flags             GUEST_ENTRY_<program>  another entry point than `start`

all: container.bin resident_sw

include $(BAIL_PATH)/common/rules.mk

XMLCF ?= prtos_cf.xml
VPATH = $(ARCH) $(GUEST_PATH) $(GUEST_PATH)/$(ARCH)
GUEST_OBJS := check.o machine.o raw.o
TARGET_CFLAGS += -Wextra -Wshadow -Wno-unused-parameter -I$(ARCH) -I$(GUEST_PATH) -I$(GUEST_PATH)/$(ARCH) -I. $(GUEST_CFLAGS)

partition-id = $(shell n=0; for p in $(PARTITIONS); do [ $$p = $(1) ] && echo $$n; n=$$((n + 1)); done)
PACK_ARGS = -h $(PRTOS_CORE):prtos_cf.pef.prtos_conf \
	$(foreach p,$(PARTITIONS),-p $(call partition-id,$(p)):$(p).pef)

define link-rule
$(1): $(1).o $(GUEST_OBJS) $$(GUEST_OBJS_$(1)) $(XMLCF)
	$$(TARGET_LD) -o $$@ $$(filter %.o,$$^) $$(addprefix -e ,$$(GUEST_ENTRY_$(1))) $$(TARGET_LDFLAGS) \
		-Ttext=$$(call xpathstart,$$(call partition-id,$(1)),$(XMLCF))
endef
$(foreach p,$(PARTITIONS),$(eval $(call link-rule,$(p))))

container.bin: $(PARTITIONS:=.pef) prtos_cf.pef.prtos_conf
	$(PRTOS_PACK) build $(PACK_ARGS) $@
