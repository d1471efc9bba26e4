# SPDX-License-Identifier: Apache-2.0
# Tests by tier: unit = cmocka programs on the host, the others = pytest over tests/<tier>/. All of them
# are run, summed up and closed with one line by tests/lib/tiers.py.
#
#   make test-<tier> [T='-k words']   one tier, T goes to pytest
#   make test ARCHS=x86               without the other architecture
#   make test-long                    what is marked long (pytest.mark.long), two at a time

ifneq ($(filter test%,$(GOALS)),)
ifneq ($(ARCH),x86)
$(error tests run for all architectures: leave out ARCH, or say ARCHS=$(ARCH))
endif
endif

# Programs of tests/unit first, so that -j builds them together with the tools.
include tests/unit/rules.mk
include tests/fuzz/rules.mk

PY_TIERS := $(sort $(patsubst tests/%/,%,$(dir $(wildcard tests/*/test_*.py))))
TIERS := unit $(filter-out unit,$(PY_TIERS))
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
TEST_ARCHS := $(or $(ARCHS),x86 aarch64)
OTHER_ARCHS := $(filter-out x86,$(TEST_ARCHS))
PYTEST_WORDS = $(T)
RUN_TIERS = $(Q)PRTOS_BUILD=$(O) PRTOS_TOOLS=$(H)/bin ARCH=$(ARCH) ARCHS='$(TEST_ARCHS)' PYTHONPYCACHEPREFIX=$(CURDIR)/build/pycache \
	$(PYTHON) tests/lib/tiers.py --jobs $(JOBS) --unit $(H)/unit --out build/test --pytest='$(PYTEST_WORDS)'

.PHONY: $(TIERS:%=test-%)

# The systems once more by the second compiler, where there is one, and for the other architectures.
# One after the other: they share the tools and each uses all processors.
.PHONY: llvm others
others: all bench-systems
	$(Q)$(foreach arch,$(OTHER_ARCHS),$(MAKE) ARCH=$(arch) O=build/$(arch) DEPS=no V=$(V) abi core systems bench-systems && ) :
llvm: others
	$(Q)$(foreach arch,$(TEST_ARCHS),$(MAKE) ARCH=$(arch) O=build/$(arch)-llvm DEPS=no V=$(V) LLVM=1 systems && ) :
LLVM_SYSTEMS := others $(if $(shell command -v clang),llvm)
# One system as a CD image.
TEST_ISO := $(if $(shell command -v grub-mkrescue),$(O)/partitions/hello/resident_sw.iso)

test: all $(UNIT_PROGRAMS) $(LLVM_SYSTEMS) $(TEST_ISO) $(FUZZ_NEEDS) ## all tests
	$(RUN_TIERS) $(TIERS)

.PHONY: test-long
test-long: JOBS := 2
test-long: PYTEST_WORDS = -m long $(T)
test-long: all others $(FUZZ_NEEDS) ## long tests: fuzzing, a million judged calls, 10 000 frames of stress
	$(RUN_TIERS) $(PY_TIERS)

.PHONY: noninterference
noninterference: PYTEST_WORDS = -m "long or not long" $(T)
noninterference: all others ## what an attacker does is not seen by others, 10 000 frames, and seeded leaks
	$(RUN_TIERS) isolation

# The plugin is another program's part (GPL-2.0-or-later).
$(H)/cover.so: tests/bench/plugin/cover.c
	$(call say,PLUGIN,$@)
	$(Q)mkdir -p $(@D) && $(HOSTCC) -O2 -g -fPIC -shared -Wall -Wextra -Werror -o $@ $<

.PHONY: object-coverage
object-coverage: all others $(H)/cover.so ## which instructions of the core the tests execute: documentation/coverage.md
	$(Q)$(PYTHON) tests/coverage/gather.py --build $(O) --plugin $(H)/cover.so --out build/coverage --jobs $(JOBS) \
		--archs '$(TEST_ARCHS)' --document documentation/coverage.md

.PHONY: mutation
mutation: PYTEST_WORDS = -m "long or not long" $(T)
mutation: all others ## take single checks out of the core: each must make a test fail
	$(RUN_TIERS) mutation

test-unit: $(UNIT_PROGRAMS) ## unit tests on the host
	$(RUN_TIERS) unit

# The tools are enough for some tiers; the others may need everything.
TOOL_TIERS := $(filter config tools,$(TIERS))
$(TOOL_TIERS:%=test-%): tools
$(patsubst %,test-%,$(filter-out unit $(TOOL_TIERS),$(TIERS))): all
test-system: $(LLVM_SYSTEMS) $(TEST_ISO)
test-hostile test-bail test-bench test-isolation: others
test-fuzz: $(FUZZ_NEEDS)
$(filter-out test-unit,$(TIERS:%=test-%)): test-%:
	$(RUN_TIERS) $*

# The table of results and what shows them; tests/system tests that it is current.
.PHONY: coverage
coverage: all others ## write documentation/abi/coverage*.md from the ABI description and a run of the tests
	$(Q)PRTOS_BUILD=$(O) ARCHS='$(TEST_ARCHS)' $(PYTHON) scripts/gen_coverage.py
docs: coverage
