# SPDX-License-Identifier: Apache-2.0
# The worked systems partitions/<name>/: each has its own Makefile after the pattern that users
# write (BAIL_PATH, XMLCF, PARTITIONS, PACK_ARGS). They are built outside the tree, in a copy under
# $(O)/partitions/, which is made anew whenever a source, a library, a tool or the core changed.

# A system is for the architectures that it has a configuration for.
SYSTEMS := $(sort $(notdir $(patsubst %/,%,$(dir $(wildcard partitions/*/prtos_cf.xml partitions/*/prtos_cf.$(ARCH).xml)))))
SYSTEM_NEEDS := $(TOOLS:%=user/bin/%) $(O)/lib/libprtos.a $(O)/lib/libbail.a $(RTOS_LIBS) $(APEX_LIBS) $(O)/prtos_core.pef \
	$(wildcard user/bail/common/* user/bail/lib/*.lds user/bail/examples/run.mk)

$(O)/partitions/run.mk: $(wildcard partitions/run.mk)
	$(Q)mkdir -p $(@D)
	$(Q)if [ -f partitions/run.mk ]; then cp partitions/run.mk $@; \
		else printf 'include $$(BAIL_PATH)/examples/run.mk\n' > $@; fi

# The log is shown if something fails, the warnings always. It names files of the copy: show those of
# the source, so that an editor goes there.
SYSTEM_LOG = sed 's|^[^ /:][^ :]*:[0-9][0-9]*:|partitions/$(1)/&|' $$(@D).log

define system-rules
$(O)/partitions/$(1)/resident_sw: $(shell find partitions/$(1) -type f) $(SYSTEM_NEEDS) | abi $(O)/partitions/run.mk
	$$(call say,SYSTEM,partitions/$(1))
	$$(Q)rm -rf $$(@D) && mkdir -p $$(@D) && cp -R partitions/$(1)/. $$(@D)
	$$(Q)$$(if $$(DRY),: built in $$(@D),$$(MAKE) -s -C $$(@D) $$(SYSTEM_VARS) clean >$$(@D).log 2>&1 \
		&& $$(MAKE) -C $$(@D) $$(SYSTEM_VARS) all >$$(@D).log 2>&1 \
		|| { $(SYSTEM_LOG); rm -f $$@; exit 1; })
	$$(Q)$(SYSTEM_LOG) | grep -A5 'warning:' || :
endef
SYSTEM_VARS = ARCH=$(ARCH) LLVM=$(LLVM) BAIL_PATH=$(abspath user/bail) PRTOS_PATH=$(abspath .) PRTOS_BUILD=$(abspath $(O))
$(foreach system,$(SYSTEMS),$(eval $(call system-rules,$(system))))

systems: $(SYSTEMS:%=$(O)/partitions/%/resident_sw) ## build the worked systems

# One system, with its name checked.
ifneq ($(filter run-iso iso,$(GOALS)),)
ifneq ($(ARCH),x86)
$(error there are CD images for ARCH=x86 only; `make run ARCH=$(ARCH)` boots the system)
endif
endif
ifneq ($(filter run run-iso iso,$(GOALS)),)
ifeq ($(filter $(P),$(SYSTEMS)),)
$(error there is no system partitions/$(P)/Makefile; P= may be: $(or $(SYSTEMS),none yet))
endif
endif
RUN_DIR := $(O)/partitions/$(P)

$(SYSTEMS:%=$(O)/partitions/%/resident_sw.iso): %.iso: % user/bin/grub_iso
	$(call say,ISO,$@)
	$(Q)user/bin/grub_iso -t 0 $@ $< >$(@D).iso.log 2>&1 || { cat $(@D).iso.log; exit 1; }

run: $(RUN_DIR)/resident_sw ## boot a system under QEMU (P=flagship); it ends by itself
	$(Q)scripts/qemu $(QEMU_ARGS) $(RUN_DIR)

run-iso: $(RUN_DIR)/resident_sw.iso ## the same from a GRUB CD image
	$(Q)scripts/qemu --iso $(QEMU_ARGS) $(RUN_DIR)

iso: $(RUN_DIR)/resident_sw.iso ## make the CD image of a system
	@echo $<
