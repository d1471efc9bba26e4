# SPDX-License-Identifier: Apache-2.0
# Where things are: in the source tree after `make`, or in an installation. Included by rules.mk; a
# project sets BAIL_PATH (and, with the source tree, may set PRTOS_PATH, PRTOS_BUILD).
#   PRTOS_BUILD  holds include/, lib/ and the core of one architecture
#   ARCH, PRTOS_PLATFORM  architecture and board; of one of them follows the other; neither: x86, pc

BAIL_PATH := $(abspath $(BAIL_PATH))

ifneq ($(wildcard $(BAIL_PATH)/../../core/abi),)
# Source tree: BAIL_PATH = user/bail.
PRTOS_PATH ?= $(abspath $(BAIL_PATH)/../..)
PRTOS_BIN_PATH := $(PRTOS_PATH)/user/bin
PRTOS_PLATFORMS := $(PRTOS_PATH)/config/platforms
else
# Installation: BAIL_PATH = <prefix>/share/prtos/bail. An environment meant for a tree changes nothing.
PRTOS_PATH := $(abspath $(BAIL_PATH)/../../..)
PRTOS_BIN_PATH := $(PRTOS_PATH)/bin
PRTOS_PLATFORMS := $(abspath $(BAIL_PATH)/../config/platforms)
endif

include $(BAIL_PATH)/common/boards.mk
ifdef PRTOS_PLATFORM
PLATFORM_FILE := $(if $(findstring /,$(PRTOS_PLATFORM)),$(PRTOS_PLATFORM),$(PRTOS_PLATFORMS)/$(PRTOS_PLATFORM).xml)
ARCH ?= $(or $(shell sed -n 's/.* architecture="\([a-z0-9]*\)".*/\1/p' $(PLATFORM_FILE)),x86)
endif
ARCH ?= x86
PRTOS_PLATFORM ?= $(PLATFORM_$(ARCH))

ifneq ($(wildcard $(BAIL_PATH)/../../core/abi),)
PRTOS_BUILD ?= $(PRTOS_PATH)/build/$(ARCH)
else
PRTOS_BUILD := $(abspath $(BAIL_PATH)/../$(ARCH))
endif

PRTOS_CORE_PATH := $(PRTOS_BUILD)
PRTOS_INCLUDE_PATH := $(PRTOS_BUILD)/include
LIB_PRTOS_PATH := $(PRTOS_BUILD)/lib
BAIL_LIB_PATH := $(PRTOS_BUILD)/lib
BAIL_BIN_PATH := $(PRTOS_BIN_PATH)
BAIL_LOADER := $(BAIL_PATH)/lib/loader.lds

# The tools read it.
export PRTOS_PATH
