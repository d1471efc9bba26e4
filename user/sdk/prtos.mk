# SPDX-License-Identifier: Apache-2.0
# For a project's Makefile, from an installation: finds BAIL_PATH, begins with the rule `all` and reads
# BAIL's rules.mk. `include prtos.mk` finds it under /usr/local/include and /usr/include by itself;
# elsewhere: make -I <prefix>/include, or include $(shell pkg-config --variable=mk prtos).

BAIL_PATH := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))../share/prtos/bail)

all: container.bin resident_sw

include $(BAIL_PATH)/common/rules.mk
