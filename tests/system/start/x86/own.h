/* SPDX-License-Identifier: Apache-2.0 */
/* Offsets of the control table on x86 by guest-abi.md, section 5, and what else differs. */
#define AT_RESET_COUNTER 20
#define AT_RESET_STATUS 24
#define AT_KHZ 28
#define AT_ID 32
#define AT_VCPUS 36
#define AT_FLAGS 40
#define AT_IMAGE_START 44
#define AT_HW_IRQS 48
#define AT_AREAS 52
#define AT_PORTS 56
#define AT_NAME 60
#define AT_IFLAGS 76
#define AT_HW_PEND 80
#define AT_HW_MASK 84
#define AT_EXT_PEND 88
#define AT_EXT_MASK 92
#define AT_CR0 128
#define AT_SLOT 132
#define AT_TRAPS 144
#define AT_END 336
#define MAP_ROW 32
#define KHZ 1000000u
#define TRAP_VECTOR(n) (n)
#define MEMORY_TRAP 14     /* page fault */
#define OWN_CORE 0x1000000 /* where the hypervisor lies physically */
