/* SPDX-License-Identifier: Apache-2.0 */
/* Every rule a description can break: its id in messages, and whether breaking it is an error, a
 * warning, or only worth a note.
 * Tests read this list: each rule needs a fixture in tests/config. */
#ifndef CF_RULES_H
#define CF_RULES_H

#define CF_RULES(ERROR, WARNING, NOTE)                                                             \
    ERROR(FILE_UNREADABLE, "file-unreadable")                                                      \
    ERROR(SCHEMA, "schema")                                                                        \
    ERROR(SLOT_IDS, "slot-ids")                                                                    \
    ERROR(PLAN_IDS, "plan-ids")                                                                    \
    ERROR(PROCESSOR_IDS, "processor-ids")                                                          \
    ERROR(PARTITION_IDS, "partition-ids")                                                          \
    ERROR(TOO_MANY_PROCESSORS, "too-many-processors")                                              \
    ERROR(SLOT_OVERLAP, "slot-overlap")                                                            \
    ERROR(SLOT_BEYOND_FRAME, "slot-beyond-frame")                                                  \
    ERROR(SLOT_EMPTY, "slot-empty")                                                                \
    ERROR(SLOT_PARTITION, "slot-partition")                                                        \
    ERROR(SLOT_VCPU, "slot-vcpu")                                                                  \
    ERROR(VCPU_TWO_PROCESSORS, "vcpu-two-processors")                                              \
    WARNING(VCPU_NO_SLOT, "vcpu-no-slot")                                                          \
    ERROR(TOO_MANY_VCPUS, "too-many-vcpus")                                                        \
    ERROR(TOO_MANY_PARTITIONS, "too-many-partitions")                                              \
    ERROR(PARTITION_NAME_DUPLICATE, "partition-name-duplicate")                                    \
    ERROR(NAME_TOO_LONG, "name-too-long")                                                          \
    ERROR(REGION_ALIGNMENT, "region-alignment")                                                    \
    ERROR(AREA_ALIGNMENT, "area-alignment")                                                        \
    ERROR(REGION_OVERLAP, "region-overlap")                                                        \
    ERROR(AREA_UNCOVERED, "area-uncovered")                                                        \
    ERROR(AREA_OVERLAP, "area-overlap")                                                            \
    ERROR(AREA_RESERVED, "area-reserved")                                                          \
    ERROR(AREA_VIRTUAL_OVERLAP, "area-virtual-overlap")                                            \
    ERROR(AREA_GUEST_WINDOW, "area-guest-window")                                                  \
    ERROR(CONTROL_TABLE_LARGE, "control-table-large")                                              \
    ERROR(HYPERVISOR_AREA_FLAGS, "hypervisor-area-flags")                                          \
    ERROR(HYPERVISOR_AREA_SMALL, "hypervisor-area-small")                                          \
    ERROR(HYPERVISOR_AREA_LARGE, "hypervisor-area-large")                                          \
    ERROR(UART_ID, "uart-id")                                                                      \
    WARNING(UART_DRIVER, "uart-driver")                                                            \
    ERROR(DEVICE_DUPLICATE, "device-duplicate")                                                    \
    ERROR(DEVICE_UNKNOWN, "device-unknown")                                                        \
    WARNING(DEVICE_KIND, "device-kind")                                                            \
    ERROR(IRQ_LINE, "irq-line")                                                                    \
    ERROR(IRQ_OWNER, "irq-owner")                                                                  \
    ERROR(IRQ_RESERVED, "irq-reserved")                                                            \
    ERROR(IOPORT_RESERVED, "ioport-reserved")                                                      \
    ERROR(IOPORT_RESTRICTED, "ioport-restricted")                                                  \
    WARNING(IOPORT_SHARED, "ioport-shared")                                                        \
    ERROR(PORT_DUPLICATE, "port-duplicate")                                                        \
    WARNING(PORT_UNCONNECTED, "port-unconnected")                                                  \
    ERROR(PORT_TWO_CHANNELS, "port-two-channels")                                                  \
    ERROR(CHANNEL_PARTITION, "channel-partition")                                                  \
    ERROR(CHANNEL_PARTITION_NAME, "channel-partition-name")                                        \
    ERROR(CHANNEL_PORT, "channel-port")                                                            \
    ERROR(CHANNEL_TYPE, "channel-type")                                                            \
    ERROR(CHANNEL_DIRECTION, "channel-direction")                                                  \
    ERROR(IPVI_ID, "ipvi-id")                                                                      \
    ERROR(IPVI_DESTINATION_DUPLICATE, "ipvi-destination-duplicate")                                \
    ERROR(IPVI_PARTITION, "ipvi-partition")                                                        \
    ERROR(IPVI_DUPLICATE, "ipvi-duplicate")                                                        \
    ERROR(HM_WORD, "hm-word")                                                                      \
    ERROR(HM_ACTION, "hm-action")                                                                  \
    WARNING(HM_DUPLICATE, "hm-duplicate")                                                          \
    ERROR(HM_MAINTENANCE, "hm-maintenance")                                                        \
    ERROR(PLAN_FRAMES, "plan-frames")                                                              \
    WARNING(DMA_CAPABLE, "dma-capable")                                                            \
    WARNING(PLAN_COUNTS, "plan-counts")                                                            \
    ERROR(VALUE_RANGE, "value-range")                                                              \
    WARNING(RESIDENT_SW_IGNORED, "resident-sw-ignored")                                            \
    WARNING(ENTRY_AREA, "entry-area")                                                              \
    WARNING(AREA_ROM, "area-rom")                                                                  \
    WARNING(AREA_NAME_DUPLICATE, "area-name-duplicate")                                            \
    WARNING(SHARED_ALONE, "shared-alone")                                                          \
    WARNING(DEVICE_SHARED, "device-shared")                                                        \
    WARNING(CHANNEL_MESSAGE_LARGE, "channel-message-large")                                        \
    WARNING(TRACE_EMPTY, "trace-empty")                                                            \
    WARNING(PLAN_IDLE, "plan-idle")                                                                \
    WARNING(PLAN_UNREACHABLE, "plan-unreachable")                                                  \
    WARNING(TEMPORAL_REQUIREMENTS, "temporal-requirements")                                        \
    WARNING(HM_LOG, "hm-log")                                                                      \
    WARNING(HM_SUSPEND, "hm-suspend")                                                              \
    ERROR(PLATFORM_CORE, "platform-core")                                                          \
    NOTE(PLATFORM_LEFT_OUT, "platform-left-out")

#define CF_RULE_NAME(name, id) CF_RULE_##name,
enum cf_rule { CF_RULES(CF_RULE_NAME, CF_RULE_NAME, CF_RULE_NAME) CF_N_RULES };
#undef CF_RULE_NAME

#endif
