# SPDX-License-Identifier: Apache-2.0
# APEX over the real-time kernel as libraries. A program links one of them in front of the kernel's;
# services that it does not use are not in it.
#   libapex.a   everything      libapex-small.a   the subset of Part 4: no service waits but for time

APEX_SRCS := $(wildcard user/apex/src/*.c user/apex/$(ARCH)/*.c)
# $(call apex-libs,ARCH,BUILD FOLDER): none where the kernel has no port.
apex-libs = $(if $(wildcard user/rtos/$(1)/rtos_port.h),$(addprefix $(2)/lib/,libapex.a libapex-small.a))
APEX_LIBS := $(call apex-libs,$(ARCH),$(O))

APEX_FLAGS_libapex-small := -DAPEX_SMALL
APEX_LIST_libapex := $(APEX_SRCS)
APEX_LIST_libapex-small := $(addprefix user/apex/src/,object.c wait.c deadline.c partition.c process.c start.c time.c \
	sampling.c queuing.c raise.c)

# $(call apex-rules,LIBRARY)
define apex-rules
$(1)_OBJS := $$(patsubst user/apex/%,$(O)/apex.obj/$(1)/%.o,$$(APEX_LIST_$(1)))
$$($(1)_OBJS): $(O)/apex.obj/$(1)/%.o: user/apex/% $(O)/abi.flags scripts/make/apex.mk | $$(ABI_HEADERS)
	$$(call say,CC,$(1): $$<)
	$$(Q)mkdir -p $$(@D) && $$(TARGET_CC) $$(ABI_CFLAGS) $$(RTOS_SECTIONS) $$(RTOS_COLD) $$(APEX_FLAGS_$(1)) \
		-Iuser/rtos/$$(ARCH) -Iuser/rtos/bail -Iuser/rtos/src -Iuser/apex/src -MMD -MP -c -o $$@ $$<
$(O)/lib/$(1).a: $$($(1)_OBJS)
	$$(call say,AR,$$@)
	$$(Q)mkdir -p $$(@D) && rm -f $$@ && $$(TARGET_AR) rcsD $$@ $$^
-include $$($(1)_OBJS:.o=.d)
endef
$(foreach lib,$(APEX_LIBS:$(O)/lib/%.a=%),$(eval $(call apex-rules,$(lib))))

abi: $(APEX_LIBS)
