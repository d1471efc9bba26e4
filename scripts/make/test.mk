# SPDX-License-Identifier: Apache-2.0
# Tests by tier: unit = cmocka programs on the host, the others = pytest over tests/<tier>/. All of them
# are run, summed up and closed with one line by tests/lib/tiers.py.
#
#   make test-<tier> [T='-k words']   one tier, T goes to pytest

# Programs of tests/unit first, so that -j builds them together with the tools.
include tests/unit/rules.mk

PY_TIERS := $(sort $(patsubst tests/%/,%,$(dir $(wildcard tests/*/test_*.py))))
TIERS := unit $(filter-out unit,$(PY_TIERS))
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
RUN_TIERS = $(Q)PRTOS_BUILD=$(O) PRTOS_TOOLS=$(H)/bin ARCH=$(ARCH) PYTHONPYCACHEPREFIX=build/pycache \
	$(PYTHON) tests/lib/tiers.py --jobs $(JOBS) --unit $(H)/unit --out build/test --pytest='$(T)'

.PHONY: $(TIERS:%=test-%)

test: all $(UNIT_PROGRAMS) ## all tests
	$(RUN_TIERS) $(TIERS)

test-unit: $(UNIT_PROGRAMS) ## unit tests on the host
	$(RUN_TIERS) unit

test-config test-tools: tools ## tests of the configuration and the tools
# What else a tier may need: everything.
$(filter-out test-unit test-config test-tools,$(TIERS:%=test-%)): all
$(filter-out test-unit,$(TIERS:%=test-%)): test-%:
	$(RUN_TIERS) $*
