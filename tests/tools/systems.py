# SPDX-License-Identifier: Apache-2.0
"""For the tests of prtospack and rswbuild: a small system of hand-made programs and a configuration
that prtoscparser makes of a few areas."""
import pathlib

import images
from images import good

AREA = 1024 * 1024


class System:
    """A folder with core.pef, conf.pef, p<n>.pef. `areas`: for each partition a list of
    (start, size, flags[, mapped_at])."""

    def __init__(self, folder, areas=None, hypervisor="1MB", arch="x86"):
        self.folder = pathlib.Path(folder)
        self.areas = areas or [[(0x6000000, AREA, "")], [(0x6100000, AREA, "")]]
        self.arch = arch
        self.conf(hypervisor)
        wide = {"bits": 64, "base": 0x40100000, "virt": 0x40100000}
        self.core(images.core(**wide) if arch == "aarch64" else images.core())

    def path(self, name):
        return self.folder / name

    def conf(self, hypervisor):
        partitions, slots = [], []
        for n, areas in enumerate(self.areas):
            rows = "".join(
                f'<Area start="{a[0]:#x}" size="{a[1]}B" flags="{a[2]}"'
                + (f' mappedAt="{a[3]:#x}"' if len(a) > 3 else "")
                + "/>"
                for a in areas
            )
            partitions.append(
                f'<Partition id="{n}" name="part{n}"><PhysicalMemoryAreas>{rows}'
                "</PhysicalMemoryAreas></Partition>"
            )
            slots.append(f'<Slot id="{n}" start="{n}ms" duration="1ms" partitionId="{n}"/>')
        self.path("system.xml").write_text(
            f"""<?xml version="1.0"?>
<SystemDescription xmlns="http://www.prtos.org/prtos-1.x" version="1.2.3" name="tiny">
  <HwDescription>
    <MemoryLayout><Region type="ram" start="0x0" size="512MB"/></MemoryLayout>
    <ProcessorTable><Processor id="0"><CyclicPlanTable><Plan id="0" majorFrame="100ms">
      {"".join(slots)}
    </Plan></CyclicPlanTable></Processor></ProcessorTable>
    <Devices/>
  </HwDescription>
  <PRTOSHypervisor><PhysicalMemoryArea size="{hypervisor}"/></PRTOSHypervisor>
  <PartitionTable>{"".join(partitions)}</PartitionTable>
</SystemDescription>
"""
        )
        good(
            "prtoscparser", "-a", self.arch, "-o", self.path("system.conf"), self.path("system.xml")
        )
        self.file("conf.pef", self.path("system.conf").read_bytes())

    def program(self, name, elf, *options):
        self.path(name + ".elf").write_bytes(elf if isinstance(elf, bytes) else elf.bytes())
        good("prtoseformat", "build", *options, self.path(name + ".elf"), "-o", self.path(name))
        return self.path(name)

    def core(self, elf):
        return self.program("core.pef", elf, "-c")

    def partition(self, n, *options, **how):
        how.setdefault("start", self.areas[n][0][0])
        if self.arch == "aarch64":
            how = {"bits": 64, "tables": 0, **how}
        return self.program(f"p{n}.pef", images.partition(seed=n + 1, **how), *options)

    def file(self, name, content):
        self.path(name + ".src").write_bytes(content)
        good("prtoseformat", "build", "-m", self.path(name + ".src"), "-o", self.path(name))
        return self.path(name)

    def all(self):
        for n in range(len(self.areas)):
            self.partition(n)
        return self

    def words(self, *ids, core="core.pef:conf.pef"):
        words = ["-h", core]
        for n in ids if ids else range(len(self.areas)):
            words += ["-p", n if isinstance(n, str) else f"{n}:p{n}.pef"]
        return words

    def build(self, *ids, output="box", **how):
        result = good("prtospack", "build", *self.words(*ids, **how), output, cwd=self.folder)
        return self.path(output).read_bytes(), result

    def refused(self, says, *ids, code=2, **how):
        """`build` refuses and writes nothing; `check` says the same about the same files."""
        before = set(self.folder.iterdir())
        result = images.refused(
            "prtospack",
            "build",
            *self.words(*ids, **how),
            "box",
            says=says,
            code=code,
            cwd=self.folder,
        )
        assert set(self.folder.iterdir()) == before
        return result
