# SPDX-License-Identifier: Apache-2.0
# The board of each architecture unless a project names another.
PLATFORM_x86 := pc
PLATFORM_aarch64 := virt
