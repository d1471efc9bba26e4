# SPDX-License-Identifier: Apache-2.0
"""Makes a large system description that is correct."""


def large_processor(cpu: int, slots: int, partitions: int) -> list:
    lines = [f'<Processor id="{cpu}"><CyclicPlanTable><Plan id="0" majorFrame="{slots * 2}ms">']
    for i in range(slots):
        owner = (i * 4 + cpu) % partitions  # partition n runs on processor n % 4
        lines.append(f'<Slot id="{i}" start="{i * 2}ms" duration="1ms" partitionId="{owner}"/>')
    return lines + ["</Plan></CyclicPlanTable></Processor>"]


def large_partition(index: int, partitions: int, channels: int) -> list:
    start = 0x6000000 + index * 0x100000
    lines = [f'<Partition id="{index}" name="p{index}"><PhysicalMemoryAreas>',
             f'<Area start="{start:#x}" size="1MB"/></PhysicalMemoryAreas><PortTable>']
    for c in range(channels):
        if c % partitions == index:
            lines.append(f'<Port name="out{c}" type="queuing" direction="source"/>')
        if (c + 1) % partitions == index:
            lines.append(f'<Port name="in{c}" type="queuing" direction="destination"/>')
    return lines + ["</PortTable></Partition>"]


def large_description(partitions=64, slots=1000, channels=500) -> str:
    """4 processors with one plan each, partitions connected in a ring."""
    lines = ['<SystemDescription xmlns="http://www.prtos.org/prtos-1.x" version="1.0.0" name="b">',
             '<HwDescription><MemoryLayout><Region type="ram" start="0x0" size="1024MB"/>',
             "</MemoryLayout><ProcessorTable>"]
    for cpu in range(4):
        lines += large_processor(cpu, slots // 4, partitions)
    lines += ["</ProcessorTable><Devices/></HwDescription><PRTOSHypervisor>",
              '<PhysicalMemoryArea size="44MB"/></PRTOSHypervisor><PartitionTable>']
    for index in range(partitions):
        lines += large_partition(index, partitions, channels)
    lines.append("</PartitionTable><Channels>")
    for c in range(channels):
        ends = c % partitions, (c + 1) % partitions
        lines += ['<QueuingChannel maxNoMessages="8" maxMessageLength="64B">',
                  f'<Source partitionId="{ends[0]}" portName="out{c}"/>',
                  f'<Destination partitionId="{ends[1]}" portName="in{c}"/></QueuingChannel>']
    return "\n".join([*lines, "</Channels></SystemDescription>", ""])
