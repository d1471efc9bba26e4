# SPDX-License-Identifier: Apache-2.0
# Fuzz targets: each tests/fuzz/fuzz_*.c is one libFuzzer program $(H)/fuzz/<name>, built by clang with
# the address and undefined-behaviour sanitizers. Comments in it say what it links besides what all share:
#   /* sources: user/tools/x/*.c core/y.c */   files or patterns
#   /* tool: x */                              flags and generated sources of that tool
# seeds.py makes first inputs in $(H)/fuzz/seeds/<name>; those that fuzzing found are in corpus/<name>.

FUZZ_CC := clang
FUZZ_CFLAGS := -std=gnu11 -O1 -g -D_GNU_SOURCE -Wall -Wextra -Wshadow -Werror -fno-omit-frame-pointer \
	-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-strict-aliasing \
	-Icore -Iuser/tools/common -Itests/unit -Itests/fuzz -I$(H)/gen $(XML_CFLAGS)
FUZZ_SEAM := -include tests/unit/tool_seam.h
FUZZ_TARGETS := $(sort $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_PROGRAMS := $(FUZZ_TARGETS:%=$(H)/fuzz/%)
FUZZ_COMMON := tests/fuzz/fuzz.c tests/unit/tool_seam.c $(wildcard core/conf/*.c core/lib/crc32c.c core/lib/lzss.c) \
	$(filter-out %/file.c,$(wildcard user/tools/common/*.c))

$(eval $(call flags-stamp,$(H)/fuzz.flags,$(FUZZ_CC) $(FUZZ_CFLAGS) $(FUZZ_COMMON)))

$(H)/fuzz.obj/%.o: %.c $(H)/fuzz.flags
	$(call say,FUZZCC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(FUZZ_CC) $(FUZZ_CFLAGS) $(if $(filter user/tools/%,$<),$(FUZZ_SEAM)) -MMD -MP -c -o $@ $<
$(H)/fuzz.obj/user/tools/prtoscparser/health.o: $(H)/gen/tool_health.h

FUZZ_COMMON_OBJS := $(FUZZ_COMMON:%.c=$(H)/fuzz.obj/%.o)
$(H)/fuzz.obj/common.a: $(FUZZ_COMMON_OBJS)
	$(Q)rm -f $@ && ar rcs $@ $^

# $(call fuzz-comment,NAME,WORD): the text of the comment /* WORD: text */ of a target.
fuzz-comment = $(shell awk -v word='/[*] $(2):' '$$0 ~ "^" word { on = 1; sub("^" word, "") } \
	on { end = sub("[*]/.*", ""); sub("^ *[*] ", " "); print; if (end) exit }' tests/fuzz/$(1).c)

define fuzz-rules
$(1)_FUZZ_TOOL := $(strip $(call fuzz-comment,$(1),tool))
$(1)_FUZZ_OBJS := $$(patsubst %.c,$(H)/fuzz.obj/%.o,$$(sort tests/fuzz/$(1).c $$(wildcard $(call fuzz-comment,$(1),sources)) \
	$$($$($(1)_FUZZ_TOOL)_SRCS)))
$(H)/fuzz/$(1): $$($(1)_FUZZ_OBJS) $(H)/fuzz.obj/common.a
	$$(call say,LD,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(FUZZ_CC) -fsanitize=fuzzer,address,undefined -o $$@ $$^ -Wl,--as-needed $(XML_LIBS)
-include $$($(1)_FUZZ_OBJS:.o=.d)
endef
# First inputs: what the tools make is all they depend on.
$(H)/fuzz/seeds/done: tests/fuzz/seeds.py $(wildcard tests/config/good/*.xml tests/config/bad/*.xml tests/tools/*.py \
		config/schema/prtos.xsd) $(TOOLS:%=$(H)/bin/%)
	$(call say,SEEDS,$(@D))
	$(Q)PRTOS_TOOLS=$(H)/bin PYTHONPYCACHEPREFIX=$(CURDIR)/build/pycache $(PYTHON) tests/fuzz/seeds.py $(@D) && touch $@

ifneq ($(filter test% fuzz all,$(GOALS)),)
# Without the runtime of clang's fuzzer the tests of the targets are skipped.
FUZZ_RUNTIME := $(wildcard $(shell $(FUZZ_CC) --print-file-name=libclang_rt.fuzzer-$$(uname -m).a 2>/dev/null))
FUZZ_NEEDS := $(if $(FUZZ_RUNTIME),$(FUZZ_PROGRAMS)) $(H)/fuzz/seeds/done $(H)/unit/flip_files \
	$(H)/unit/test_pages
$(foreach target,$(FUZZ_TARGETS),$(eval $(call fuzz-rules,$(target))))
-include $(FUZZ_COMMON_OBJS:.o=.d)
endif

.PHONY: fuzz
fuzz: $(FUZZ_PROGRAMS) $(H)/fuzz/seeds/done ## fuzz targets, for running by hand (build/host/fuzz)
