/* SPDX-License-Identifier: Apache-2.0 */
/* Offsets of the control table on AArch64 by guest-abi.md, section 5, and what else differs. */
#define AT_RESET_COUNTER 24
#define AT_RESET_STATUS 28
#define AT_KHZ 32
#define AT_ID 40
#define AT_VCPUS 48
#define AT_FLAGS 56
#define AT_IMAGE_START 60
#define AT_HW_IRQS 64
#define AT_AREAS 68
#define AT_PORTS 72
#define AT_NAME 76
#define AT_IFLAGS 92
#define AT_HW_PEND 96
#define AT_HW_MASK 100
#define AT_EXT_PEND 104
#define AT_EXT_MASK 108
#define AT_ARCH 112
#define AT_SLOT 152
#define AT_TRAPS 164
#define AT_END 360
#define MAP_ROW 48
#define KHZ 62500u
#define TRAP_VECTOR(n) (256 + (n)) /* BAIL's */
#define MEMORY_TRAP 8              /* stage 2, data */
#define OWN_CORE 0x100000          /* where the hypervisor's area is in the configuration */
