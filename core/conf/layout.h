/* SPDX-License-Identifier: Apache-2.0 */
/* Configuration image: the one description of its bytes, shared by the core and the tools.
 * Little endian, natural alignment, the same for 32 and 64 bit targets. prtoscparser writes it,
 * conf_verify() checks every index and range once, from then on it is trusted and read-only.
 * Times are in ns, addresses as the XML gives them (on AArch64: IPA), names are offsets into
 * the string table. "index" always means a position in one of the tables below. */
#ifndef CONF_LAYOUT_H
#define CONF_LAYOUT_H

#include "lib/types.h"

#define CONF_MAGIC 0x24584d43u
#define CONF_VERSION 1u

#define CONF_NONE 0xffffffffu /* "no such index" in any index field */
#define CONF_PAGE 4096u
#define CONF_NAME_MAX 16u      /* names of partitions, plans, areas, devices: bytes without NUL */
#define CONF_PORT_NAME_MAX 30u /* names of ports */
#define CONF_MAX_CPUS 4u
#define CONF_MAX_VCPUS 4u /* vCPUs of one partition */
#define CONF_MAX_PARTITIONS 64u
#define CONF_MAX_THREADS 256u /* vCPUs of the system */
#define CONF_MAX_IPVI 8u
#define CONF_MAX_DESTS 29u /* destinations of one channel: with them and two more a word of bits */
#define CONF_HM_EVENTS 32u /* rows of a health table */
#define CONF_TIME_INFINITE (~0ull)

enum conf_arch { CONF_ARCH_X86 = 1, CONF_ARCH_AARCH64 = 2 };

enum conf_table_id {
    CONF_T_CPU,
    CONF_T_PLAN,
    CONF_T_SPAN,
    CONF_T_PARTITION,
    CONF_T_VCPU,
    CONF_T_REGION,
    CONF_T_AREA,
    CONF_T_PORT,
    CONF_T_CHANNEL,
    CONF_T_DEST, /* u32 port index: destinations of channels, in XML order */
    CONF_T_IPVI,
    CONF_T_TARGET, /* u32 partition index: destinations of IPVIs */
    CONF_T_HEALTH,
    CONF_T_DEVICE,
    CONF_T_IOPORT,
    CONF_T_STRING, /* bytes; count = number of bytes; the last one is NUL */
    CONF_TABLES
};

struct conf_table {
    u32 offset; /* from the start of the image, multiple of 8 */
    u32 count;  /* entries (bytes for CONF_T_STRING) */
};

/* At offset 0. */
struct conf_header {
    u32 magic;
    u32 version;      /* CONF_VERSION */
    u32 crc;          /* CRC-32C over the `size` bytes with this field taken as 0 */
    u32 size;         /* bytes of the whole image, multiple of 8 */
    u32 arch;         /* enum conf_arch */
    u32 file_version; /* XML version="v.s.r" as (v << 16) | (s << 8) | r */
    u32 name;         /* string: name of the system */
    u32 flags;        /* CONF_SYSTEM_* */
    u64 area_start;   /* the hypervisor's area */
    u64 area_size;
    u64 pool_size;  /* conf_pool_layout().total: memory for pools and control tables */
    u32 console;    /* device index or CONF_NONE */
    u32 health_log; /* device index or CONF_NONE */
    u32 trace;      /* device index or CONF_NONE */
    u32 trace_mask; /* bit n: audit module n */
    struct conf_table table[CONF_TABLES];
};

#define CONF_SYSTEM_PLAN0_REENTER 1u /* switch_sched_plan may go back to plan 0 */

/* Processor; the index is the CPU number. */
struct conf_cpu {
    u32 first_plan; /* plans of this CPU are consecutive; plan id = index - first_plan */
    u32 n_plans;
    u32 khz; /* as the XML says, for the reader; the core measures */
    u32 reserved;
};

struct conf_plan {
    u32 name; /* string, offset of an empty one if unnamed */
    u32 cpu;
    u32 first_span;
    u32 n_spans; /* 1 or more: the spans cover [0, frame) without a gap */
    u64 frame;   /* major frame in ns, 1 or more */
};

/* A piece of a major frame: a slot, or the idle time between two slots. */
struct conf_span {
    u64 start;      /* ns from the start of the frame; the first is 0 */
    u64 end;        /* = start of the next, or the frame; greater than start */
    u32 vcpu;       /* vCPU index, or CONF_NONE: idle */
    u32 slot_id;    /* id of the slot in the XML; 0 for idle */
    u32 slot_index; /* position of the slot among the plan's slots; 0 for idle */
    u32 slot_us;    /* length of the slot in us; 0 for idle */
    u32 gap_us;     /* from the slot's end to the vCPU's next slot; 0 for idle */
    u32 reserved;
};

#define CONF_PARTITION_SYSTEM 1u
#define CONF_PARTITION_FP 2u
#define CONF_PARTITION_HW_VIRT 4u

/* Partition; the index is the partition id. */
struct conf_partition {
    u32 name;
    u32 flags;      /* CONF_PARTITION_* */
    u32 first_vcpu; /* vCPUs of one partition are consecutive */
    u32 n_vcpus;    /* 1..CONF_MAX_VCPUS */
    u32 first_area; /* areas of one partition are consecutive, sorted by start */
    u32 n_areas;
    u32 entry_area; /* area index: the first Area in XML order */
    u32 first_port; /* ports of one partition are consecutive, in XML order */
    u32 n_ports;
    u32 first_health; /* CONF_HM_EVENTS rows, index = event */
    u32 hw_lines;     /* bit n: interrupt line n */
    u32 first_ioport;
    u32 n_ioports;
    u32 console; /* device index or CONF_NONE */
    u32 trace;   /* device index or CONF_NONE */
    u32 trace_mask;
};

struct conf_vcpu {
    u32 partition;
    u32 number; /* 0..n_vcpus-1 in its partition */
    u32 cpu;    /* the CPU whose slots name it, or CONF_NONE */
    u32 reserved;
};

#define CONF_REGION_RAM 0u
#define CONF_REGION_ROM 1u

struct conf_region {
    u64 start;
    u64 size;
    u32 type;
    u32 reserved;
};

/* Bits as the guest sees them in its memory map (PRTOS_MEM_AREA_*). */
#define CONF_AREA_SHARED 0x1u
#define CONF_AREA_UNMAPPED 0x2u
#define CONF_AREA_READONLY 0x4u
#define CONF_AREA_UNCACHEABLE 0x8u
#define CONF_AREA_ROM 0x10u
#define CONF_AREA_FLAG0 0x20u /* FLAG1..3 follow: 0x40 0x80 0x100 */
#define CONF_AREA_TAGGED 0x200u
#define CONF_AREA_IOMMU 0x400u
#define CONF_AREA_DEVICE 0x800u /* not shown to the guest */

struct conf_area {
    u64 start;
    u64 size;      /* multiple of CONF_PAGE, not 0 */
    u64 mapped_at; /* where the guest sees it */
    u32 flags;     /* CONF_AREA_* */
    u32 name;      /* string, offset of an empty one if unnamed */
};

#define CONF_PORT_SAMPLING 0u
#define CONF_PORT_QUEUING 1u
#define CONF_PORT_DESTINATION 1u
#define CONF_PORT_SOURCE 2u

struct conf_port {
    u32 partition;
    u32 number; /* position in its partition: the bit in the port bitmap */
    u32 name;
    u32 type;      /* CONF_PORT_SAMPLING or _QUEUING */
    u32 direction; /* CONF_PORT_DESTINATION or _SOURCE */
    u32 channel;   /* channel index or CONF_NONE: not connected */
    u32 position;  /* destination: its position among the channel's destinations; source: 0 */
    u32 reserved;
};

struct conf_channel {
    u32 type;         /* CONF_PORT_SAMPLING or _QUEUING */
    u32 message_size; /* maxMessageLength in bytes, 1 or more */
    u32 n_messages;   /* queuing: maxNoMessages, 1 or more; sampling: 0 */
    u32 source;       /* port index */
    u32 first_dest;   /* CONF_T_DEST */
    u32 n_dests;      /* sampling: 1 or more; queuing: 1 */
    u64 valid_period; /* ns; 0: never valid; CONF_TIME_INFINITE: always once written */
};

struct conf_ipvi {
    u32 source;       /* partition */
    u32 number;       /* 0..CONF_MAX_IPVI-1: external interrupt 24 + number */
    u32 first_target; /* CONF_T_TARGET */
    u32 n_targets;
};

/* One health event's reaction. Rows 0..CONF_HM_EVENTS-1 of the table are the hypervisor's,
 * then CONF_HM_EVENTS for each partition, in order. Unused events: HALT, log off. */
struct conf_health {
    u16 action; /* PRTOS_HM_AC_* */
    u16 log;    /* 0 or 1 */
};

enum conf_device_type { CONF_DEV_UART = 1, CONF_DEV_VGA = 2, CONF_DEV_MEMORY = 3 };

struct conf_device {
    u32 type; /* enum conf_device_type */
    u32 id;   /* UART: which one */
    u32 name;
    u32 baud;  /* UART */
    u64 start; /* memory block */
    u64 size;
};

struct conf_ioport {
    u32 base;
    u32 count; /* base + count <= 65536 */
};

#endif
