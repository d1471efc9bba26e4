# SPDX-License-Identifier: Apache-2.0
# The core's portable rooms, compiled for the host with the fake architecture of tests/unit/fake, in
# one archive. A unit test takes it with the comment   /* fake: core */   and `sources` for the rest.

FAKE_GEN := $(H)/gen/fake
FAKE_TABLE := $(FAKE_GEN)/hypercall_table.h $(FAKE_GEN)/hypercall_table.c
FAKE_CFLAGS := -Itests/unit/fake $(UNIT_CFLAGS) -I$(FAKE_GEN) -Icore/release -fno-strict-aliasing \
	-include prtos_inc/config.h
FAKE_SRCS := $(wildcard tests/unit/fake/*.c) core/drivers/memblock.c core/release/verbose.c \
	$(filter-out %/setup.c %/pool.c %/string.c,$(wildcard core/lib/*.c core/conf/*.c core/kernel/*.c \
	core/objects/*.c))
FAKE_OBJS := $(FAKE_SRCS:%.c=$(H)/unit.obj/fake/%.o)
FAKE_CORE := $(H)/unit.obj/fakecore.a

$(eval $(call flags-stamp,$(H)/fake.flags,$(HOSTCC) $(FAKE_CFLAGS) $(FAKE_SRCS)))

# The decoder of hypercalls, with the calls that every architecture has.
.PRECIOUS: $(FAKE_TABLE)
$(FAKE_TABLE): $(FAKE_GEN)/%: scripts/templates/core_%.j2 core/abi/hypercalls.toml scripts/gen.py
	$(call say,GEN,$@)
	$(Q)mkdir -p $(@D) && $(PYTHON) scripts/gen.py --arch fake $< $@ && touch $@

$(FAKE_OBJS): $(H)/unit.obj/fake/%.o: %.c $(H)/fake.flags $(UNIT_GENERATED) $(FAKE_TABLE)
	$(call say,UNITCC,fake: $<)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOSTCC) $(FAKE_CFLAGS) -MMD -MP -c -o $@ $<

$(FAKE_CORE): $(FAKE_OBJS)
	$(Q)rm -f $@ && ar rcs $@ $^
-include $(FAKE_OBJS:.o=.d)
