# SPDX-License-Identifier: Apache-2.0
# APEX over the real-time kernel as a library. A program links it in front of the kernel's; services
# that it does not use are not in it.

APEX_SRCS := $(wildcard user/apex/src/*.c user/apex/$(ARCH)/*.c)
# $(call apex-libs,ARCH,BUILD FOLDER): none where the kernel has no port.
apex-libs = $(if $(wildcard user/rtos/$(1)/rtos_port.h),$(addprefix $(2)/lib/,libapex.a))
APEX_LIBS := $(call apex-libs,$(ARCH),$(O))
APEX_OBJS := $(patsubst user/apex/%,$(O)/apex.obj/%.o,$(APEX_SRCS))

$(APEX_OBJS): $(O)/apex.obj/%.o: user/apex/% $(O)/abi.flags scripts/make/apex.mk | $(ABI_HEADERS)
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(TARGET_CC) $(ABI_CFLAGS) $(RTOS_SECTIONS) $(RTOS_COLD) -Iuser/rtos/$(ARCH) -Iuser/rtos/bail -Iuser/rtos/src \
		-Iuser/apex/src -MMD -MP -c -o $@ $<
$(O)/lib/libapex.a: $(APEX_OBJS)
	$(call say,AR,$@)
	$(Q)mkdir -p $(@D) && rm -f $@ && $(TARGET_AR) rcsD $@ $^
-include $(APEX_OBJS:.o=.d)

abi: $(APEX_LIBS)
