# SPDX-License-Identifier: Apache-2.0
# The reference of the XML, the words that the schema takes from the ABI description, and the table of
# system registers. All are committed: `make check` tests that they are current.

.PHONY: xml-docs
docs: xml-docs
xml-docs:
	$(Q)$(PYTHON) scripts/gen_reference.py
	$(Q)$(PYTHON) scripts/gen_registers.py
