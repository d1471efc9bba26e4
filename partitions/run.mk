# SPDX-License-Identifier: Apache-2.0
include $(BAIL_PATH)/examples/run.mk
