# SPDX-License-Identifier: Apache-2.0
# What prtoscparser carries inside: schemas, platforms, and the health events of the ABI description.

prtoscparser_SRCS := $(patsubst %,$(H)/gen/cf_%.c,xsd platform_xsd platform_pc platform_virt)

$(H)/gen/cf_xsd.c: config/schema/prtos.xsd
$(H)/gen/cf_platform_xsd.c: config/schema/platform.xsd
$(H)/gen/cf_platform_pc.c: config/platforms/pc.xml
$(H)/gen/cf_platform_virt.c: config/platforms/virt.xml
$(prtoscparser_SRCS): scripts/gen_bytes.py
	$(call say,GEN,$@)
	$(Q)$(PYTHON) scripts/gen_bytes.py $(basename $(@F)) $(firstword $(filter %.xsd %.xml,$^)) $@

$(H)/gen/tool_health.h: scripts/templates/tool_health.h.j2 core/abi/health.toml scripts/gen.py
	$(call say,GEN,$@)
	$(Q)$(PYTHON) scripts/gen.py tool_health.h.j2 $@ && touch $@

$(H)/obj/user/tools/prtoscparser/health.o: $(H)/gen/tool_health.h

# Images for tests/unit/conf_samples.h: what the tool makes of tests/config/good, as C source.
CONF_SAMPLES := demo edges minimal aarch64
CONF_SAMPLE_FILES := $(CONF_SAMPLES:%=$(H)/gen/conf_sample_%.c)

$(CONF_SAMPLE_FILES): $(H)/gen/conf_sample_%.c: tests/config/good/%.xml $(H)/bin/prtoscparser
	$(call say,CONF,$@)
	$(Q)$(H)/bin/prtoscparser -a $(if $(filter aarch64,$*),aarch64,x86) -c -o $@ $< 2>/dev/null

CONF_SAMPLE_TESTS := test_conf_verify test_conf_lies
$(foreach test,$(CONF_SAMPLE_TESTS),$(H)/unit.obj/$(test)/tests/unit/$(test).o): $(CONF_SAMPLE_FILES)
