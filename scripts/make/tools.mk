# SPDX-License-Identifier: Apache-2.0
# Host programs: user/tools/<tool>/*.c with what the tools and the core share (user/tools/common,
# core/conf, CRC and LZSS) give build/host/bin/<tool>, copied to user/bin/<tool>.
#
# A tool may have a rules.mk. It may add to <tool>_SRCS (C files, generated ones under build/host/gen),
# <tool>_CFLAGS and <tool>_LIBS, and hold the rules that generate.

TOOLS := $(sort $(filter-out common,$(patsubst user/tools/%/,%,$(wildcard user/tools/*/))))

HOSTCC ?= gcc
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wvla -Wmissing-prototypes
XML_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags libxml-2.0 2>/dev/null))
XML_LIBS := $(shell pkg-config --libs libxml-2.0 2>/dev/null)
HOST_CFLAGS := -std=gnu11 -O2 -g -D_GNU_SOURCE $(WARNINGS) -Werror -ffile-prefix-map=$(CURDIR)=. \
	-Icore -Iuser/tools/common -I$(H)/gen $(XML_CFLAGS)

TOOLS_COMMON_SRCS := $(sort $(wildcard user/tools/common/*.c core/conf/*.c core/lib/crc32c*.c core/lib/lzss*.c))
TOOLS_COMMON_OBJS := $(TOOLS_COMMON_SRCS:%.c=$(H)/obj/%.o)

-include $(wildcard user/tools/*/rules.mk)

$(eval $(call flags-stamp,$(H)/flags,$(HOSTCC) $(HOST_CFLAGS) $(XML_LIBS) $(TOOLS_COMMON_SRCS)))

$(H)/obj/%.o: %.c $(H)/flags
	$(call say,HOSTCC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOSTCC) $(HOST_CFLAGS) $(TOOL_CFLAGS) -MMD -MP -c -o $@ $<

$(H)/libtools.a: $(TOOLS_COMMON_OBJS) $(H)/flags
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcsD $@ $(TOOLS_COMMON_OBJS)

define tool-rules
$(1)_OBJS := $$(patsubst %.c,$(H)/obj/%.o,$$(sort $$(wildcard user/tools/$(1)/*.c) $$($(1)_SRCS)))
$$($(1)_OBJS): TOOL_CFLAGS := $$($(1)_CFLAGS)
$$(eval $$(call flags-stamp,$(H)/flags.$(1),$$($(1)_CFLAGS) $$($(1)_LIBS) $$($(1)_OBJS)))
$(H)/bin/$(1): $$($(1)_OBJS) $(H)/libtools.a $(H)/flags.$(1)
	$$(call say,LD,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(HOSTCC) -o $$@ $$($(1)_OBJS) $(H)/libtools.a -Wl,--as-needed $(XML_LIBS) $$($(1)_LIBS)
-include $$($(1)_OBJS:.o=.d)
endef
$(foreach tool,$(TOOLS),$(eval $(call tool-rules,$(tool))))
-include $(TOOLS_COMMON_OBJS:.o=.d)

# Replaced in one step: a running build may be using the old one.
$(TOOLS:%=user/bin/%): user/bin/%: $(H)/bin/%
	$(Q)mkdir -p $(@D) && cp $< $@.new && mv -f $@.new $@

host-tools: $(TOOLS:%=$(H)/bin/%)

tools: $(TOOLS:%=user/bin/%) ## build the host tools
