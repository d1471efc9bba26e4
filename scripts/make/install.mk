# SPDX-License-Identifier: Apache-2.0
# The SDK: what `make install` puts below DESTDIR/PREFIX, and `make uninstall` takes away again.
# SDK_ROWS is the one list, a row for each file: mode:source:target, or link:text:target. All paths in
# installed files are relative to the file, so that the whole may be moved.
#
#   make install ARCHS='x86 aarch64'   for several architectures; the first is what pkg-config's
#                                      `prtos` means, prtos-<arch> names each
#
#   bin/           tools, prtos            lib/prtos/     the package behind prtos
#   include/       prtos.mk                lib/pkgconfig/, lib/cmake/PRTOS/
#   share/prtos/   bail/, config/, <arch>/ with headers, libraries and core (as $(O) has them)
#   share/         man, bash-completion, doc/prtos with examples

PREFIX ?= /usr/local
DESTDIR ?=
SDK := $(O)/sdk
SDK_VERSION = $(shell printf '%d.%d.%d' $$(sed -n \
	's/^.define PRTOS_VERSION 0x\(..\)\(..\)\(..\)$$/0x\1 0x\2 0x\3/p' core/abi/include/prtos_inc/version.h))

# What partitions need whatever a project's own taste is: the flags of rules.mk without warnings,
# language and optimisation. For a linking compiler driver the same as TARGET_LDFLAGS is for ld.
SDK_CFLAGS = $(shell printf 'include user/bail/common/rules.mk\nall: ; @echo "$$(TARGET_CFLAGS)"\n' | \
	MAKEFLAGS= MAKELEVEL= $(MAKE) -s -f - all ARCH=$(ARCH) BAIL_PATH=user/bail PRTOS_BUILD=$(abspath $(O)) | \
	sed 's| -W[a-z-]*||g; s| --std=[a-z0-9]*||; s| -O[0-9]||; s| -I[^ ]*||')
SDK_LDFLAGS_x86 := -m32
SDK_LDFLAGS_aarch64 := -Wl,-z,max-page-size=4096
SDK_LDFLAGS := $(SDK_LDFLAGS_$(ARCH)) -nostdlib -static -Wl,--build-id=none -Wl,-z,noexecstack \
	-Wl,-u,start -Wl,-u,prtos_image_hdr

SDK_TEXTS := $(addprefix $(SDK)/,PRTOSConfig.cmake PRTOSConfigVersion.cmake)
SDK_ARCH_TEXTS := $(addprefix $(SDK)/prtos-$(ARCH),.pc .cmake -toolchain.cmake)
SDK_TEXT = $(Q)mkdir -p $(@D) && sed -e 's|@VERSION@|$(SDK_VERSION)|g' -e 's|@ARCH@|$(ARCH)|g' \
	-e 's|@CC@|$(TARGET_GCC)|g' -e 's|@PLATFORM@|$(PLATFORM_$(ARCH))|g' -e 's|@CFLAGS@|$(SDK_CFLAGS)|g' -e 's|@LDFLAGS@|$(SDK_LDFLAGS)|g' $< > $@
SDK_TEXT_NEEDS := user/bail/common/rules.mk scripts/make/install.mk core/abi/include/prtos_inc/version.h \
	$(O)/lib/libprtos.a
$(SDK_TEXTS): $(SDK)/%: user/sdk/%.in $(SDK_TEXT_NEEDS)
	$(SDK_TEXT)
$(SDK_ARCH_TEXTS): $(SDK)/prtos-$(ARCH)%: user/sdk/prtos%.in $(SDK_TEXT_NEEDS)
	$(SDK_TEXT)

# What an architecture adds, and the same of the others that are asked for.
SDK_ARCHS := $(ARCH) $(filter-out $(ARCH),$(ARCHS))
sdk-build = $(if $(filter $(ARCH),$(1)),$(O),build/$(1)$(if $(LLVM),-llvm))
.PHONY: sdk-arch sdk-others
sdk-arch: abi core $(SDK_ARCH_TEXTS)
sdk-others: sdk-arch tools
	$(Q)$(foreach arch,$(filter-out $(ARCH),$(SDK_ARCHS)),$(MAKE) ARCH=$(arch) LLVM=$(LLVM) O=$(call sdk-build,$(arch)) DEPS=no V=$(V) sdk-arch && ) :

# The examples find BAIL through pkg-config and need nothing beside them, wherever they are copied to.
SDK_EXAMPLES := $(wildcard partitions/*/Makefile)
SDK_EXAMPLE_MAKES := $(SDK_EXAMPLES:partitions/%=$(SDK)/examples/%)
$(SDK_EXAMPLE_MAKES): $(SDK)/examples/%: partitions/% scripts/make/install.mk
	$(Q)mkdir -p $(@D) && sed -e 's|^BAIL_PATH ?= .*|BAIL_PATH ?= $$(shell pkg-config --variable=bail_path prtos)|' \
		-e 's|^include ../run.mk|include $$(BAIL_PATH)/examples/run.mk|' $< > $@

# Manual pages, by scdoc. Without it they are left out, and install says so.
MAN_PAGES := $(patsubst documentation/man/%.scd,build/man/%,$(sort $(wildcard documentation/man/*.scd)))
SCDOC ?= scdoc
MAN_READY := $(if $(shell command -v $(SCDOC)),$(MAN_PAGES))
MAN_ABSENT := scdoc is missing (scripts/deps sdk)
$(MAN_PAGES): build/man/%: documentation/man/%.scd core/abi/include/prtos_inc/version.h
	$(call say,MAN,$@)
	$(Q)command -v $(SCDOC) >/dev/null || { echo 'man: $(MAN_ABSENT)' >&2; exit 2; }
	$(Q)mkdir -p $(@D) && sed 's|@VERSION@|$(SDK_VERSION)|' $< | $(SCDOC) > $@

.PHONY: man install uninstall dist
man: $(MAN_PAGES) ## the manual pages: man -l build/man/prtos.1

# $(call sdk-into,MODE,FILES,FOLDER): the files by their names.
# $(call sdk-below,MODE,ROOT,FILES,FOLDER): with their paths below ROOT.
sdk-into = $(foreach f,$(2),$(1):$(f):$(3)/$(notdir $(f)))
sdk-below = $(foreach f,$(3),$(1):$(f):$(4)/$(f:$(2)/%=%))
sdk-find = $(sort $(shell find $(1) -type f ! -path '*/__pycache__/*' ! -name .gitignore $(2) 2>/dev/null))
SDK_SCRIPTS = $(filter-out $(TOOLS:%=user/bin/%) %.new,$(wildcard user/bin/*))
SDK_COMMANDS = $(notdir $(SDK_SCRIPTS)) $(TOOLS)
SDK_SHARE := share/prtos
# $(call sdk-arch-rows,ARCH,BUILD FOLDER)
sdk-arch-rows = $(call sdk-into,644,$(2)/sdk/prtos-$(1).pc,lib/pkgconfig) \
	$(call sdk-into,644,$(2)/sdk/prtos-$(1).cmake $(2)/sdk/prtos-$(1)-toolchain.cmake,lib/cmake/PRTOS) \
	$(call sdk-below,644,$(2),$(call sdk-find,$(2)/include) $(2)/lib/libprtos.a $(2)/lib/libbail.a $(call rtos-libs,$(1),$(2)) $(call apex-libs,$(1),$(2)),$(SDK_SHARE)/$(1)) \
	$(call sdk-into,644,$(addprefix $(2)/,prtos_core prtos_core.bin prtos_core.pef),$(SDK_SHARE)/$(1))
SDK_ROWS = $(call sdk-into,755,$(SDK_SCRIPTS) $(TOOLS:%=user/bin/%),bin) \
	$(call sdk-into,644,user/sdk/prtos.mk,include) \
	$(call sdk-below,644,user/prtos,$(call sdk-find,user/prtos),lib/prtos) \
	644:$(SDK)/prtos-$(ARCH).pc:lib/pkgconfig/prtos.pc \
	$(call sdk-into,644,$(SDK_TEXTS),lib/cmake/PRTOS) \
	$(foreach arch,$(SDK_ARCHS),$(call sdk-arch-rows,$(arch),$(call sdk-build,$(arch)))) \
	$(call sdk-below,644,user/bail,$(wildcard user/bail/common/* user/bail/lib/* user/bail/examples/*),$(SDK_SHARE)/bail) \
	$(call sdk-below,644,config,$(call sdk-find,config),$(SDK_SHARE)/config) \
	$(foreach page,$(MAN_READY),644:$(page):share/man/man$(subst .,,$(suffix $(page)))/$(notdir $(page))) \
	644:user/sdk/prtos.bash:share/bash-completion/completions/prtos \
	$(foreach name,$(filter-out prtos,$(SDK_COMMANDS)),link:prtos:share/bash-completion/completions/$(name)) \
	$(call sdk-into,644,CAVEATS.md CHANGES LICENSE,share/doc/prtos) \
	$(call sdk-below,644,documentation,$(call sdk-find,documentation,! -name '*.scd'),share/doc/prtos/documentation) \
	$(call sdk-below,644,partitions,$(filter-out $(SDK_EXAMPLES) partitions/run.mk,$(call sdk-find,partitions)),share/doc/prtos/examples) \
	$(call sdk-below,644,$(SDK)/examples,$(SDK_EXAMPLE_MAKES),share/doc/prtos/examples)

SDK_TOP = $(DESTDIR)$(PREFIX)
# The list of what was installed lies beside it: uninstall goes by that, not by what would be installed now.
SDK_LIST := $(SDK_SHARE)/manifest
sdk-check = $(if $(filter /%,$(PREFIX)),,$(error PREFIX=$(PREFIX): an absolute path is needed))
define sdk-remove
	$(Q)if [ -f '$(SDK_TOP)/$(SDK_LIST)' ]; then \
		cd '$(SDK_TOP)' && { xargs -d '\n' rm -f < $(SDK_LIST); rm -rf lib/prtos/__pycache__; \
		find lib/prtos lib/cmake/PRTOS share/prtos share/doc/prtos -depth -type d -empty -delete 2>/dev/null; :; }; fi
endef

install: sdk-others $(SDK_TEXTS) $(SDK_EXAMPLE_MAKES) $(MAN_READY) ## the SDK, to DESTDIR/PREFIX (/usr/local)
	$(sdk-check)
	$(sdk-remove)
	$(Q)umask 022; printf '%s\n' $(SDK_ROWS) | while IFS=: read -r mode from to; do \
		case $$mode in \
		link) ln -sfn "$$from" '$(SDK_TOP)'/"$$to" ;; \
		*) install -D -m "$$mode" "$$from" '$(SDK_TOP)'/"$$to" ;; \
		esac || exit 1; done
	$(Q)umask 022; printf '%s\n' $(SDK_ROWS) $(SDK_LIST):$(SDK_LIST):$(SDK_LIST) | cut -d: -f3 | sort > '$(SDK_TOP)/$(SDK_LIST)'
	@echo 'installed: PRTOS $(SDK_VERSION) for $(SDK_ARCHS) in $(SDK_TOP)'
	@$(if $(MAN_READY),:,echo 'install: $(MAN_ABSENT): the manual pages are left out' >&2)

uninstall: ## take the SDK away from DESTDIR/PREFIX
	$(sdk-check)
	@[ -f '$(SDK_TOP)/$(SDK_LIST)' ] || { echo 'uninstall: no PRTOS in $(SDK_TOP)' >&2; exit 2; }
	$(sdk-remove)

# The same bytes each time: sorted, nobody's, of the time of the commit.
DIST_NAME = prtos-$(SDK_VERSION)-$(ARCH)
dist: ## the SDK as a tar file that may be unpacked anywhere
	$(Q)rm -rf $(SDK)/dist
	$(Q)$(MAKE) ARCH=$(ARCH) ARCHS='$(ARCHS)' LLVM=$(LLVM) O=$(O) V=$(V) DEPS=no install DESTDIR=$(abspath $(SDK)/dist) PREFIX=/$(DIST_NAME) >/dev/null
	$(Q)tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@$(SOURCE_DATE_EPOCH) -C $(SDK)/dist \
		-cf - $(DIST_NAME) | gzip -9n > $(O)/$(DIST_NAME).tar.gz
	@echo $(O)/$(DIST_NAME).tar.gz
