# SPDX-License-Identifier: Apache-2.0
# Unit tests: each tests/unit/test_*.c is one cmocka program. Two comments in it say how it is built:
#   /* sources: core/lib/x.c core/conf/y.c */   what it links besides itself (may run over lines)
#   /* flags: -DX=1 */                          for its own objects, after the common ones
#   /* fake: core */                            the whole core on the fake architecture (fake/rules.mk);
#                                               fake: thread   the same with the thread sanitizer
#                                               fake: rtos     the real-time kernel on its host port
#                                               fake: apex     APEX over it, with contexts
# flip_files.c is built alike, but is run by tests/tools/test_damage.py.
# Everything is compiled for each program by itself, with the address and undefined-behaviour sanitizers.

UNIT_CFLAGS := -std=gnu11 -O1 -g -D_GNU_SOURCE -Wall -Wextra -Wshadow -Werror -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=all -Icore -Icore/include -Icore/abi/include \
	-Icore/abi/$(ARCH) -I$(O)/gen -I$(H)/gen -Iuser/tools/common -Itests/unit $(XML_CFLAGS)
UNIT_TESTS := $(sort $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c)))
UNIT_PROGRAMS := $(UNIT_TESTS:%=$(H)/unit/%)

$(eval $(call flags-stamp,$(H)/unit.flags,$(HOSTCC) $(UNIT_CFLAGS)))

# $(call unit-comment,NAME,WORD): the text of the comment /* WORD: text */ of a test.
unit-comment = $(shell awk -v word='/[*] $(2):' '$$0 ~ "^" word { on = 1; sub("^" word, "") } \
	on { end = sub("[*]/.*", ""); sub("^ *[*] ", " "); print; if (end) exit }' tests/unit/$(1).c)

define unit-rules
$(1)_UNIT_SRCS := tests/unit/$(1).c $(call unit-comment,$(1),sources)
$(1)_UNIT_OBJS := $$($(1)_UNIT_SRCS:%.c=$(H)/unit.obj/$(1)/%.o)
$(1)_FAKE := $(strip $(call unit-comment,$(1),fake))
$(1)_CFLAGS := $$(if $$($(1)_FAKE),$$(FAKE_CFLAGS_$$($(1)_FAKE)),$$(UNIT_CFLAGS))
$(1)_CORE := $$(if $$($(1)_FAKE),$(H)/unit.obj/$$(FAKE_NAME_$$($(1)_FAKE)).a)
$$($(1)_UNIT_OBJS): $(H)/unit.obj/$(1)/%.o: %.c $(H)/unit.flags $(UNIT_GENERATED)
	$$(call say,UNITCC,$(1): $$<)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(HOSTCC) $$($(1)_CFLAGS) $(call unit-comment,$(1),flags) -MMD -MP -c -o $$@ $$<
$(H)/unit/$(1): $$($(1)_UNIT_OBJS) $$($(1)_CORE)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(HOSTCC) $$(filter -fsanitize=%,$$($(1)_CFLAGS)) -o $$@ $$^ -lcmocka -pthread
-include $$($(1)_UNIT_OBJS:.o=.d)
endef
# Generated headers must be there before the first dependency file is.
UNIT_GENERATED := $(if $(wildcard scripts/make/abi.mk),| abi)
ifneq ($(filter test% all,$(GOALS)),)
include tests/unit/fake/rules.mk
$(foreach test,$(UNIT_TESTS) flip_files,$(eval $(call unit-rules,$(test))))
endif
