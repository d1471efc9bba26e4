# SPDX-License-Identifier: Apache-2.0
# The entry for people: `make help` lists what there is. The work is in scripts/make/*.mk; here stand
# only the names that all of them share. No rule here compiles anything.
#
#   ARCH  architecture (x86, aarch64)   P     system for run, run-iso, iso (partitions/<P>)
#   O     build folder (build/$(ARCH))  V=1   print the commands
#   ARCHS architectures of test, install
#   LLVM=1  clang instead of gcc        QEMU_ARGS="..."  more arguments for scripts/qemu
#   DEPS=no  do not look after packages

ARCH ?= x86
LLVM ?=
O ?= build/$(ARCH)$(if $(LLVM),-llvm)
ARCHS ?=
H := build/host
P ?= flagship
V ?= 0
DEPS ?= yes

# Only printing (-n)? The first word of MAKEFLAGS holds the one-letter options.
DRY := $(findstring n,$(filter-out --%,$(firstword -$(MAKEFLAGS))))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

# As many jobs as processors, unless -j says otherwise.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif

# Variables given to this make are meant for it, not for the makes of the systems.
MAKEOVERRIDES :=

ifeq ($(V),1)
Q :=
say = @:
else
Q := @
say = @printf '  %-7s %s\n' '$(1)' '$(2)'
endif

# Packages: before anything is asked of them. `help` and `clean` need none.
GOALS := $(or $(MAKECMDGOALS),all)
ifneq ($(filter-out help clean,$(GOALS)),)
ifeq ($(DEPS)$(DRY),yes)
DEPS_SETS := x86 $(filter-out x86,$(ARCH)) $(if $(filter test% bench check docs,$(GOALS)),test) $(if $(filter check,$(GOALS)),check) \
	$(if $(filter run-iso iso,$(GOALS)),iso) $(if $(filter install dist man,$(GOALS)),sdk)
DEPS_STATE := $(shell scripts/deps --install $(DEPS_SETS) >&2 && echo ok)
ifneq ($(DEPS_STATE),ok)
$(error packages are missing, see above (DEPS=no builds without looking))
endif
endif
# A python3 first on PATH may be a private one without the packages of the system.
PYTHON := $(firstword $(foreach p,/usr/bin/python3 python3,$(shell $(p) -c \
	'import importlib.util as u, sys; sys.exit(not u.find_spec("jinja2"))' 2>/dev/null && echo $(p))) python3)
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
endif

# $(call flags-stamp,FILE,TEXT): FILE holds TEXT and changes only with it. What depends on FILE is
# rebuilt when the options change.
define flags-stamp
$(1): FORCE
	@mkdir -p $$(@D); printf '%s\n' '$$(subst ','\'',$(2))' | cmp -s - $$@ || printf '%s\n' '$$(subst ','\'',$(2))' > $$@
endef

.PHONY: all help tools host-tools abi core systems run run-iso iso test check clean FORCE
FORCE:

all: tools abi core systems ## build everything: tools, libraries, core, systems

help: ## this list
	@echo 'make [ARCH=aarch64] [P=system] [V=1] [O=build/x86] TARGET'
	@sed -n 's/^\([a-z][a-z -]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | sort | awk -F'|' '{printf "  %-14s %s\n", $$1, $$2}'
	@echo 'systems (P=): $(sort $(SYSTEMS))'

clean: ## remove everything that was built
	rm -rf build
	rm -f $(addprefix user/bin/,$(TOOLS))

-include scripts/make/abi.mk
-include scripts/make/rtos.mk
-include scripts/make/apex.mk
-include scripts/make/docs.mk
-include scripts/make/core.mk
-include scripts/make/tools.mk
-include scripts/make/systems.mk
-include scripts/make/test.mk
-include scripts/make/check.mk
-include scripts/make/bench.mk
-include scripts/make/install.mk
