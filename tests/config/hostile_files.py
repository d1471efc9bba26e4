# SPDX-License-Identifier: Apache-2.0
"""Descriptions as large as a file may be, each made to be slow at one thing."""
import itertools
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
MINIMAL = (HERE / "good" / "minimal.xml").read_text()
LIMIT = 4 << 20
HEALTH = '<Event name="PRTOS_HM_EV_{}" action="PRTOS_HM_AC_{}" log="{}"/>'


def fill(before: str, pieces, after: str) -> str:
    """`pieces` (texts) between the two, as many as there is room for."""
    room = LIMIT - len(before) - len(after)
    taken = []
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            break
        taken.append(piece)
    return before + "".join(taken) + after


def numbered(form: str):
    return (form.format(n=n, h=n * 0x1000, t=n * 10) for n in itertools.count())


def same(form: str):
    return itertools.repeat(form)


def inside(mark: str, pieces, count=1) -> str:
    """The minimal description with the pieces put in front of a mark."""
    before, after = MINIMAL.split(mark, 1)
    return fill(before, pieces, mark + after)


def replaced(right: str, left: str, pieces, wrong: str) -> str:
    """The minimal description with `left`, pieces, `wrong` in the place of `right`."""
    before, after = MINIMAL.split(right, 1)
    return fill(before + left, pieces, wrong + after)


def hw(text: str, pieces, end: str) -> str:
    return replaced("</Partition>", text, pieces, end + "</Partition>")


def channels(left: str, pieces, end: str) -> str:
    return replaced("</SystemDescription>", "<Channels>" + left, pieces,
                    end + "</Channels></SystemDescription>")


PARTITION = ('<Partition id="{n}"{x}><PhysicalMemoryAreas><Area start="0x0" size="4KB"/>'
             "</PhysicalMemoryAreas></Partition>")
SAMPLING = '<SamplingChannel maxMessageLength="1B"><Source partitionId="0" portName="x"/>'

SLOW = {
    # What checks compare with each other
    "plans-same-id": lambda: inside("</CyclicPlanTable>", same('<Plan id="0"/>')),
    "plans-numbered": lambda: inside("</CyclicPlanTable>", numbered('<Plan id="{n}" majorFrame="1s"/>')),
    "processors": lambda: inside("</ProcessorTable>", same(
        '<Processor id="0"><CyclicPlanTable><Plan id="0" majorFrame="1s"/></CyclicPlanTable></Processor>')),
    "slots-same": lambda: inside("</Plan>", same('<Slot id="0" start="0s" duration="1s" partitionId="0"/>')),
    "slots-unknown": lambda: inside("</Plan>", numbered(
        '<Slot id="{n}" start="{t}us" duration="9us" partitionId="{n}"/>')),
    "regions-same": lambda: inside("</MemoryLayout>", same('<Region type="ram" start="0x0" size="4KB"/>')),
    "regions-apart": lambda: inside("</MemoryLayout>", numbered(
        '<Region type="ram" start="{h:#x}" size="4KB"/>')),
    "areas-same": lambda: inside("</PhysicalMemoryAreas>", same('<Area start="0x0" size="4KB"/>')),
    "areas-shared": lambda: inside("</PhysicalMemoryAreas>", same(
        '<Area start="0x0" size="4KB" flags="shared unmapped"/>')),
    "areas-uncovered": lambda: inside("</PhysicalMemoryAreas>", numbered(
        '<Area start="{h:#x}" size="4KB"/>')),
    "areas-names": lambda: inside("</PhysicalMemoryAreas>", same(
        '<Area start="0x0" size="4KB" name="a" flags="shared"/>')),
    "devices-same": lambda: inside("</Devices>", same('<Null name="a"/>')),
    "devices-blocks": lambda: inside("</Devices>", same(
        '<MemoryBlock name="a" start="0x0" size="4KB"/>')),
    "devices-uarts": lambda: inside("</Devices>", numbered('<Uart id="0" name="u{n}" baudRate="1"/>')),
    "partitions": lambda: inside("</PartitionTable>", (
        PARTITION.format(n=n, x=f' name="a" console="u{n}"') for n in itertools.count())),
    "partitions-id": lambda: inside("</PartitionTable>", same(PARTITION.format(n=7, x=""))),
    "ports-same": lambda: hw("<PortTable>", same(
        '<Port name="a" direction="source" type="queuing"/>'), "</PortTable>"),
    "ends-unknown": lambda: channels(SAMPLING, same('<Destination partitionId="0" portName="y"/>'),
                                     "</SamplingChannel>"),
    "channels": lambda: channels("", same(
        SAMPLING + '<Destination partitionId="9" portName="y"/></SamplingChannel>'), ""),
    "ipvis": lambda: channels("", same('<Ipvi id="0" sourceId="0" destinationId="0"/>'), ""),
    "ipvi-list": lambda: channels('<Ipvi id="0" sourceId="0" destinationId="', same("0 "), '0"/>'),
    "events-same": lambda: hw("<HealthMonitor>", same(HEALTH.format("FP_ERROR", "SUSPEND", "yes")),
                              "</HealthMonitor>"),
    "events-unknown": lambda: hw("<HealthMonitor>", same(
        HEALTH.format("PARTITON_ERROR_AND_LONGER", "SWITCH_TO_MAINTENANC", "maybe")), "</HealthMonitor>"),
    "ioports-same": lambda: hw("<HwResources><IoPorts>", same('<Range base="0x0" noPorts="65536"/>'),
                               "</IoPorts></HwResources>"),
    "lines": lambda: hw('<HwResources><Interrupts lines="', same("99 "), '0"/></HwResources>'),
    # What the reader and the schema handle
    "flags": lambda: replaced('size="1MB"', 'size="1MB" flags="', same("a "), '"'),
    "name": lambda: replaced('name="t"', 'name="', same("ä" * 100), '"'),
    "digits": lambda: replaced('start="0ms"', 'start="', same("9" * 100), 'ms"'),
    "fraction": lambda: replaced('start="0ms"', 'start="0.', same("9" * 100), 'ms"'),
    "hex": lambda: replaced('start="0x0"', 'start="0x', same("f" * 100), '"'),
    "text": lambda: inside("</Plan>", same("x" * 100)),
    "comments": lambda: inside("</Plan>", same("<!---->")),
    "instructions": lambda: inside("</Plan>", same("<?a?>")),
    "references": lambda: replaced('name="t"', 'name="', same("&#65;"), '"'),
    "elements-wrong": lambda: inside("</Plan>", same("<a/>")),
    "elements-missing": lambda: inside("</ProcessorTable>", same("<Processor/>")),
    "attributes-wrong": lambda: inside("</Plan>", same('<Slot z="0"/>')),
    "attributes-many": lambda: replaced('name="t"', 'name="t"', numbered(' a{n}=""'), ""),
    "attributes-behind-cdata": lambda: replaced(
        'name="t">', 'name="t"><![CDATA[<!--]]><a', numbered(' a{n}=""'), "/>"),
    "attributes-behind-instruction": lambda: replaced(
        'name="t">', 'name="t"><?p <!-- ?><a', numbered(' a{n}=""'), "/>"),
    "attributes-behind-entity": lambda: fill(
        '<!DOCTYPE r [<!ENTITY e "<!--">]><r', numbered(' a{n}=""'), "/>"),
    "namespaces-many": lambda: replaced('name="t"', 'name="t"', numbered(' xmlns:a{n}="b"'), ""),
    "namespaces-deep": lambda: fill(
        "".join("<a" + "".join(f' xmlns:b{d}c{n}="d"' for n in range(90)) + ">" for d in range(250)),
        same("<x:b/>"), "</a>" * 250),
    "deep": lambda: fill("", same("<a>"), ""),
    "deep-valid": lambda: fill("<a>" * 200, same("<a></a>"), "</a>" * 200),
    "quotes": lambda: fill('<a b="', same(">" * 100), '"/>'),
    "unclosed-comment": lambda: fill("<!--", same("-x"), ""),
    "unclosed-cdata": lambda: fill("<a><![CDATA[", same("]]x"), ""),
    "subset": lambda: fill("<!DOCTYPE a [", numbered('<!ENTITY e{n} "&e{n};&e{n};">'), "]><a/>"),
    "attlist": lambda: fill("<!DOCTYPE a [<!ATTLIST a ", numbered('b{n} CDATA "x" '), ">]><a/>"),
    "zeros": lambda: "\0" * LIMIT,
    "spaces": lambda: fill("<a", same(" " * 1000), "/>"),
}


def laughs(depth=20) -> str:
    """Entities of entities: 10^depth characters if anybody expands them."""
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "x"}">' for i in range(depth))
    return f"<!DOCTYPE a [{entities}]>\n<a>&e{depth - 1};</a>\n"
