# SPDX-License-Identifier: Apache-2.0
# `make bench`: counts instructions under QEMU and writes documentation/performance-$(ARCH).csv with the page and the
# curves that are made from it (not for LLVM=1). The systems are tests/bench/<name>/, built like the worked ones in a copy under $(O)/bench/.
#   BENCH_ARGS="--only calls --build-time"  see tests/bench/bench.py --help

BENCH_O := $(O)/bench
BENCH_SYSTEMS := $(sort $(patsubst tests/bench/%/Makefile,%,$(wildcard tests/bench/*/Makefile)))
BENCH_COMMON := $(wildcard tests/bench/common/*.h tests/bench/common/$(ARCH)/*.h)

# Copied once, before any system reads it.
$(BENCH_O)/common/bench.h: $(BENCH_COMMON)
	$(Q)mkdir -p $(@D) && cp $(BENCH_COMMON) $(@D) && touch $@

define bench-rules
$(BENCH_O)/$(1)/resident_sw: $(shell find tests/bench/$(1) -type f) $(BENCH_COMMON) $(SYSTEM_NEEDS) $(BENCH_O)/common/bench.h | abi
	$$(call say,BENCH,tests/bench/$(1))
	$$(Q)rm -rf $$(@D) && mkdir -p $$(@D) && cp -R tests/bench/$(1)/. $$(@D)
	$$(Q)$$(MAKE) -C $$(@D) $$(SYSTEM_VARS) all >$$(@D).log 2>&1 || { cat $$(@D).log; rm -f $$@; exit 1; }
	$$(Q)grep -A5 'warning:' $$(@D).log || :
endef
$(foreach system,$(BENCH_SYSTEMS),$(eval $(call bench-rules,$(system))))

$(BENCH_O)/offsets.s: tests/bench/offsets/$(ARCH).c $(CORE_GEN) $(wildcard core/include/hv/*.h) $(CORE_O)/flags
	$(Q)mkdir -p $(@D) && $(CORE_CC) $(CORE_FLAGS) -S -o $@ $<

# The plugin is another program's part (GPL-2.0-or-later); without it the exact paths are skipped.
$(BENCH_O)/count.so: tests/bench/plugin/count.c
	$(call say,PLUGIN,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOSTCC) -O2 -g -fPIC -shared -Wall -Wextra -Werror -o $@ $< \
		|| { echo 'bench: the plugin does not build; its figures will be missing' >&2; rm -f $@; }

# The core by the other options of the build, for its footprint.
.PHONY: bench bench-systems bench-cores
bench-cores: core
	$(if $(LLVM),,$(Q)$(MAKE) ARCH=$(ARCH) O=$(O)-debug DEPS=no V=$(V) DEBUG=1 core)
	$(if $(LLVM),,$(if $(shell command -v clang),$(Q)$(MAKE) ARCH=$(ARCH) O=$(O)-llvm DEPS=no V=$(V) LLVM=1 core))

bench-systems: $(BENCH_SYSTEMS:%=$(BENCH_O)/%/resident_sw) $(BENCH_O)/offsets.s $(BENCH_O)/count.so bench-cores

bench: bench-systems systems ## count instructions, compare with the goals, write documentation/performance.md
	$(Q)$(PYTHON) tests/bench/bench.py --build $(O) $(if $(LLVM),,--documents documentation) $(BENCH_ARGS)

# Made from the figures that are committed.
.PHONY: bench-page
bench-page:
	$(Q)$(PYTHON) tests/bench/bench.py --documents documentation
docs: bench-page
