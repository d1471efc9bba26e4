# SPDX-License-Identifier: Apache-2.0
# The core's portable rooms, compiled for the host with the fake architecture of tests/unit/fake, in
# one archive. A unit test takes it with the comment   /* fake: core */   and `sources` for the rest,
# a test with threads by   /* fake: thread */   which is built with the thread sanitizer.

comma := ,
FAKE_GEN := $(H)/gen/fake
FAKE_TABLE := $(FAKE_GEN)/hypercall_table.h $(FAKE_GEN)/hypercall_table.c
FAKE_CFLAGS := -Itests/unit/fake $(UNIT_CFLAGS) -I$(FAKE_GEN) -DVERBOSE=false -fno-strict-aliasing \
	-include prtos_inc/config.h
FAKE_SRCS := $(wildcard tests/unit/fake/*.c) core/drivers/memblock.c core/release/verbose.c \
	$(filter-out %/setup.c %/pool.c %/string.c %/copy.c,$(wildcard core/lib/*.c core/conf/*.c core/kernel/*.c \
	core/objects/*.c))
# The decoder of hypercalls, with the calls that every architecture has.
.PRECIOUS: $(FAKE_TABLE)
$(FAKE_TABLE): $(FAKE_GEN)/%: scripts/templates/core_%.j2 core/abi/hypercalls.toml scripts/gen.py
	$(call say,GEN,$@)
	$(Q)mkdir -p $(@D) && $(PYTHON) scripts/gen.py --arch fake $< $@ && touch $@

# The real-time kernel on its host port:   /* fake: rtos */
RTOS_HOST_SRCS := $(filter-out %/small.c %/vcpus.c %/mail.c,$(wildcard user/rtos/src/*.c user/rtos/host/*.c))
RTOS_HOST_CFLAGS := $(UNIT_CFLAGS) -Iuser/rtos/include -Iuser/rtos/src -Iuser/rtos/host

# APEX over the kernel, on a port with contexts and a fake hypervisor:   /* fake: apex */
APEX_HOST_SRCS := $(filter-out %/small.c %/vcpus.c %/mail.c,$(wildcard user/rtos/src/*.c)) \
	$(wildcard user/apex/src/*.c user/apex/x86/*.c tests/unit/apex/*.c)
APEX_HOST_CFLAGS := -Itests/unit/fake $(RTOS_HOST_CFLAGS) -Iuser/apex/include -Iuser/apex/src -Iuser/libprtos/include \
	-Iuser/libprtos/x86/include -Itests/unit/apex -fno-strict-aliasing -Wno-address -include prtos_inc/config.h

# $(call fake-core,NAME,FLAGS,SOURCES): the archive $(H)/unit.obj/NAME.a
define fake-core
$(1)_OBJS := $(3:%.c=$(H)/unit.obj/$(1)/%.o)
$(eval $(call flags-stamp,$(H)/$(1).flags,$(HOSTCC) $(2) $(3)))
$$($(1)_OBJS): $(H)/unit.obj/$(1)/%.o: %.c $(H)/$(1).flags $(UNIT_GENERATED) $(FAKE_TABLE)
	$$(call say,UNITCC,$(1): $$<)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(HOSTCC) $(2) -MMD -MP -c -o $$@ $$<
$(H)/unit.obj/$(1).a: $$($(1)_OBJS)
	$$(Q)rm -f $$@ && ar rcs $$@ $$^
-include $$($(1)_OBJS:.o=.d)
endef

# For tests of races, the thread sanitizer instead of the others. It says that it models no fences; what
# is read in front of one is looked at again by those who use it.
FAKE_THREAD_CFLAGS := $(subst -fsanitize=address$(comma)undefined,-fsanitize=thread,$(FAKE_CFLAGS)) -O2 -Wno-tsan
FAKE_NAME_core := fake
FAKE_NAME_thread := fake-thread
FAKE_NAME_rtos := rtos-host
FAKE_NAME_apex := apex-host
FAKE_CFLAGS_core := $(FAKE_CFLAGS)
FAKE_CFLAGS_thread := $(FAKE_THREAD_CFLAGS)
FAKE_CFLAGS_rtos := $(RTOS_HOST_CFLAGS)
FAKE_CFLAGS_apex := $(APEX_HOST_CFLAGS)
$(eval $(call fake-core,fake,$(FAKE_CFLAGS),$(FAKE_SRCS)))
$(eval $(call fake-core,fake-thread,$(FAKE_THREAD_CFLAGS),$(FAKE_SRCS)))
$(eval $(call fake-core,rtos-host,$(RTOS_HOST_CFLAGS),$(RTOS_HOST_SRCS)))
$(eval $(call fake-core,apex-host,$(APEX_HOST_CFLAGS),$(APEX_HOST_SRCS)))
