# SPDX-License-Identifier: Apache-2.0
# `make check`: what is judged without running anything. Each check can be asked for by itself.

CLANG_FORMAT ?= $(firstword $(foreach c,clang-format-14 clang-format,$(shell command -v $(c))) clang-format)
CHECKS := format layers style generated warnings

.PHONY: $(CHECKS:%=check-%)

check: $(CHECKS:%=check-%) ## formatting, layers, style, generated files, warnings of gcc and clang
	@echo 'check: all ok'

# Another version formats otherwise.
check-format:
	@$(CLANG_FORMAT) --version | grep -q 'version 14' \
		|| { echo 'check-format: clang-format 14 is needed, found:'; $(CLANG_FORMAT) --version; exit 2; }
	$(Q)$(CLANG_FORMAT) --dry-run -Werror $$($(PYTHON) scripts/check/list.py '*.c' '*.h')
	@echo 'format: ok'

check-layers check-style: check-%:
	$(Q)$(PYTHON) scripts/check/$*.py

# What is committed and generated must be what the generators give.
check-generated:
	$(Q)for script in $$(grep -l -e '--check' scripts/gen_*.py); do $(PYTHON) $$script --check || exit 2; done
	+$(Q)$(PYTHON) scripts/check/generated.py $(MAKE) ARCH=$(ARCH) DEPS=no

# Both compilers, warnings as errors, in folders of their own; every architecture whose compiler is there.
CHECK_ARCHS = $(ARCH) $(foreach arch,$(filter-out $(ARCH),x86 aarch64),\
	$(if $(shell command -v $(CORE_CROSS_$(arch))gcc),$(arch)))

check-warnings: core abi host-tools
	$(Q)for arch in $(CHECK_ARCHS); do for llvm in '' 1; do \
		$(MAKE) ARCH=$$arch DEPS=no V=$(V) LLVM=$$llvm core abi || exit 2; done; done
	$(Q)$(MAKE) ARCH=$(ARCH) DEPS=no V=$(V) HOSTCC=clang H=$(H)-llvm host-tools
	@echo 'warnings: ok'
