# SPDX-License-Identifier: Apache-2.0
# Headers that guests and core share, libprtos, BAIL. Included by the top Makefile, which sets
# ARCH and O = build/$(ARCH); run from the top of the tree.

ABI_GEN := $(O)/gen/prtos_inc
ABI_GEN_HEADERS := $(addprefix $(ABI_GEN)/,hypercalls.h hm_events.h audit.h object_ids.h)
ABI_TOML := $(wildcard core/abi/*.toml)
ABI_PYTHON ?= /usr/bin/python3

$(ABI_GEN)/%.h: scripts/templates/%.h.j2 scripts/gen.py $(ABI_TOML)
	@mkdir -p $(@D)
	$(ABI_PYTHON) scripts/gen.py --arch $(ARCH) $< $@
	@touch $@

.PHONY: abi-headers
abi-headers: $(ABI_GEN_HEADERS)
