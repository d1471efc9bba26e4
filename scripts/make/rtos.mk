# SPDX-License-Identifier: Apache-2.0
# The real-time kernel as libraries, from the same sources. A program links one of them in front of
# BAIL; what it does not use is not in it.
#   librtos.a           arguments checked       librtos-small.a  threads, semaphores, delays; 64 bytes a thread
#   librtos-nochecks.a  arguments trusted       librtos-meter.a  measures how long interrupts are off
#   librtos-vcpus.a     a kernel for each vCPU

RTOS_SRCS := $(filter-out %/small.c,$(wildcard user/rtos/src/*.c user/rtos/bail/*.c user/rtos/$(ARCH)/*.[cS]))
RTOS_SMALL_SRCS := user/rtos/src/small.c $(wildcard user/rtos/$(ARCH)/*.S)
# $(call rtos-libs,ARCH,BUILD FOLDER): none where there is no port.
rtos-libs = $(if $(wildcard user/rtos/$(1)/rtos_port.h),$(addprefix $(2)/lib/,librtos.a librtos-nochecks.a librtos-small.a librtos-meter.a librtos-vcpus.a))
RTOS_LIBS := $(call rtos-libs,$(ARCH),$(O))

RTOS_FLAGS_librtos-nochecks := -DRTOS_NO_CHECKS
RTOS_FLAGS_librtos-small := -DRTOS_SMALL -DRTOS_NO_CHECKS
RTOS_FLAGS_librtos-meter := -DRTOS_METER
RTOS_FLAGS_librtos-vcpus := -DRTOS_VCPUS
RTOS_VCPUS_SRCS := $(addprefix user/rtos/src/,mail.c vcpus.c)
RTOS_LIST_librtos := $(filter-out %/meter.c $(RTOS_VCPUS_SRCS),$(RTOS_SRCS))
RTOS_LIST_librtos-nochecks := $(RTOS_LIST_librtos)
RTOS_LIST_librtos-small := $(RTOS_SMALL_SRCS)
RTOS_LIST_librtos-meter := $(filter-out $(RTOS_VCPUS_SRCS),$(RTOS_SRCS))
RTOS_LIST_librtos-vcpus := $(filter-out %/meter.c,$(RTOS_SRCS))
rtos-local = $(if $(filter %-vcpus,$(1)),$(if $(filter %.S %/vcpus.c,$(2)),,-include user/rtos/src/vcpus_local.h))

# For size, and a section for each function: what a program does not call need not be linked.
RTOS_SECTIONS := -ffunction-sections -fdata-sections
RTOS_COLD := $(if $(LLVM),-Oz,-Os)
# Taken and given all the time: for speed, but for the smallest build.
RTOS_HOT := -DRTOS_HOT -O1 -foptimize-sibling-calls $(if $(LLVM),,-falign-functions=1 -falign-jumps=1 -falign-loops=1 -falign-labels=1)
RTOS_HOT_SRCS := $(addprefix user/rtos/,$(addprefix src/,sem.c mutex_lock.c queue.c yield.c) $(ARCH)/context.c bail/interrupts.c)
rtos-opt = $(RTOS_SECTIONS) $(if $(filter-out %-small,$(1)),$(if $(filter $(RTOS_HOT_SRCS),$(2)),$(RTOS_HOT),$(RTOS_COLD)),$(RTOS_COLD))

# $(call rtos-rules,LIBRARY)
define rtos-rules
$(1)_OBJS := $$(patsubst user/rtos/%,$(O)/rtos.obj/$(1)/%.o,$$(RTOS_LIST_$(1)))
$$($(1)_OBJS): $(O)/rtos.obj/$(1)/%.o: user/rtos/% $(O)/abi.flags scripts/make/rtos.mk | $$(ABI_HEADERS)
	$$(call say,CC,$(1): $$<)
	$$(Q)mkdir -p $$(@D) && $$(TARGET_CC) $$(ABI_CFLAGS) $$(call rtos-opt,$(1),$$<) $$(call rtos-local,$(1),$$<) $$(RTOS_FLAGS_$(1)) -Iuser/rtos/$$(ARCH) -Iuser/rtos/bail -Iuser/rtos/src \
		-MMD -MP -c -o $$@ $$<
$(O)/lib/$(1).a: $$($(1)_OBJS)
	$$(call say,AR,$$@)
	$$(Q)mkdir -p $$(@D) && rm -f $$@ && $$(TARGET_AR) rcsD $$@ $$^
-include $$($(1)_OBJS:.o=.d)
endef
$(foreach lib,$(RTOS_LIBS:$(O)/lib/%.a=%),$(eval $(call rtos-rules,$(lib))))

abi: $(RTOS_LIBS)
