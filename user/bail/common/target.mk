# SPDX-License-Identifier: Apache-2.0
# Compiler, linker and flags of each architecture, for partitions, for their libraries and for those
# who build without rules.mk. Reads ARCH and LLVM.

# Linker and archiver are GNU's for both compilers.
TARGET_GCC_x86 := gcc
TARGET_GCC_aarch64 = $(or $(firstword $(foreach gcc,aarch64-linux-gnu-gcc aarch64-none-elf-gcc aarch64-elf-gcc, \
	$(if $(shell command -v $(gcc)),$(gcc)))),aarch64-linux-gnu-gcc)
TARGET_GCC := $(TARGET_GCC_$(ARCH))
ifeq ($(TARGET_GCC),)
$(error ARCH=$(ARCH) is not supported; supported: x86 aarch64)
endif
TARGET_PREFIX := $(TARGET_GCC:%gcc=%)
TARGET_CLANG_aarch64 := --target=aarch64-linux-gnu
TARGET_CC := $(if $(LLVM),clang $(TARGET_CLANG_$(ARCH)),$(TARGET_GCC))
TARGET_LD := $(TARGET_PREFIX)ld
TARGET_AR := $(TARGET_PREFIX)ar
TARGET_OBJCOPY := $(TARGET_PREFIX)objcopy

# x86: no MMX and no SSE: the FPU is off unless the partition has the flag fp, and then it is the x87.
# aarch64: the MMU is off, so only aligned accesses; char is signed as it is on x86.
TARGET_CFLAGS_x86 := -m32 -march=i686 -mno-mmx -mno-sse -fcf-protection=none
TARGET_LDFLAGS_x86 := -melf_i386
TARGET_CFLAGS_aarch64 := -march=armv8-a -mno-outline-atomics -mstrict-align -fsigned-char
TARGET_LDFLAGS_aarch64 := -z max-page-size=4096
