# SPDX-License-Identifier: Apache-2.0
# What prtoscparser carries inside: the schema, and the health events of the ABI description.

prtoscparser_SRCS := $(H)/gen/prtos_xsd.c

$(H)/gen/prtos_xsd.c: config/schema/prtos.xsd scripts/gen_bytes.py
	$(call say,GEN,$@)
	$(Q)$(PYTHON) scripts/gen_bytes.py cf_xsd $< $@

$(H)/gen/tool_health.h: scripts/templates/tool_health.h.j2 core/abi/health.toml scripts/gen.py
	$(call say,GEN,$@)
	$(Q)$(PYTHON) scripts/gen.py tool_health.h.j2 $@ && touch $@

$(H)/obj/user/tools/prtoscparser/health.o: $(H)/gen/tool_health.h
