# SPDX-License-Identifier: Apache-2.0
# Where things are: in the source tree after `make`, or in an installation. Included by rules.mk; a
# project sets BAIL_PATH (and, with the source tree, may set PRTOS_PATH, PRTOS_BUILD, ARCH).
#   PRTOS_BUILD  holds include/, lib/ and the core of one architecture

ARCH ?= x86
BAIL_PATH := $(abspath $(BAIL_PATH))

ifneq ($(wildcard $(BAIL_PATH)/../../core/abi),)
# Source tree: BAIL_PATH = user/bail.
PRTOS_PATH ?= $(abspath $(BAIL_PATH)/../..)
PRTOS_BUILD ?= $(PRTOS_PATH)/build/$(ARCH)
PRTOS_BIN_PATH := $(PRTOS_PATH)/user/bin
else
# Installation: BAIL_PATH = <prefix>/share/prtos/bail. An environment meant for a tree changes nothing.
PRTOS_PATH := $(abspath $(BAIL_PATH)/../../..)
PRTOS_BUILD := $(abspath $(BAIL_PATH)/../$(ARCH))
PRTOS_BIN_PATH := $(PRTOS_PATH)/bin
endif

PRTOS_CORE_PATH := $(PRTOS_BUILD)
PRTOS_INCLUDE_PATH := $(PRTOS_BUILD)/include
LIB_PRTOS_PATH := $(PRTOS_BUILD)/lib
BAIL_LIB_PATH := $(PRTOS_BUILD)/lib
BAIL_BIN_PATH := $(PRTOS_BIN_PATH)
BAIL_LOADER := $(BAIL_PATH)/lib/loader.lds

# The tools read it.
export PRTOS_PATH
