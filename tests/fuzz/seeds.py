#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the first inputs of the fuzz targets, the same each time: descriptions of tests/config, what
the tools make of them, and small programs of tests/tools/images.py. seeds.py FOLDER writes
FOLDER/fuzz_<target>/<name> and FOLDER/fuzz_xml.dict. Called by make."""
import pathlib
import re
import shutil
import struct
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "tools"))
import images  # noqa: E402
import systems  # noqa: E402

CONFIG = ROOT / "tests" / "config"
LARGEST = 16384  # larger files of tests/config judge sizes, not forms


class Seeds:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder

    def add(self, target: str, name: str, content: bytes) -> None:
        place = self.folder / f"fuzz_{target}"
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)


def add_descriptions(seeds: Seeds) -> None:
    for xml in sorted(CONFIG.glob("*/*.xml")):
        content = xml.read_bytes()
        if len(content) <= LARGEST:
            seeds.add("xml", f"{xml.parent.name}-{xml.stem}", content)


def write_dictionary(path: pathlib.Path) -> None:
    """Every name and every word of the schema, for libFuzzer's -dict."""
    schema = (ROOT / "config" / "schema" / "prtos.xsd").read_text()
    words = set(re.findall(r'(?:name|value)="([\w .-]+)"', schema))
    words |= {"<!DOCTYPE a [", "<!ENTITY a \'b\'>", "&a;", "<![CDATA[", "]]>", "<!--", "-->", "xi:include"}
    path.write_text("".join(f'"{word}"\n' for word in sorted(words)))


def add_configurations(seeds: Seeds, work: pathlib.Path) -> None:
    for xml in sorted((CONFIG / "good").glob("*.xml")):
        board = "virt" if xml.stem.startswith("aarch64") else "pc"
        images.good("prtoscparser", "-p", board, "-o", work / "conf", xml)
        seeds.add("conf", xml.stem, (work / "conf").read_bytes())
        for options in ([], ["-c"]):
            images.good("prtoseformat", "build", "-m", *options, "-o", work / "pef", work / "conf")
            seeds.add("pef", f"conf-{xml.stem}{''.join(options)}", (work / "pef").read_bytes())


def add_programs(seeds: Seeds, work: pathlib.Path) -> None:
    programs = {
        "partition": images.partition(size=60, customs=((0x6002000, 0x100),)),
        "partition64": images.partition(size=60, bits=64),
        "core": images.core(),
        "core64": images.core(bits=64, base=0x40100000, virt=0x40100000),
    }
    for name, elf in programs.items():
        seeds.add("elf", name, elf.bytes())
        (work / "elf").write_bytes(elf.bytes())
        for options in ([], ["-c"]):
            images.good("prtoseformat", "build", *options, "-o", work / "pef", work / "elf")
            seeds.add("pef", f"{name}{''.join(options)}", (work / "pef").read_bytes())


def add_containers(seeds: Seeds, work: pathlib.Path) -> None:
    for arch in ("x86", "aarch64"):
        folder = work / arch
        folder.mkdir()
        system = systems.System(folder, arch=arch)
        for n in range(2):
            customs = ((system.areas[n][0][0] + 0x8000, 0x100),)
            system.partition(n, *(["-c"] if n else []), size=200, customs=customs)
        system.file("extra.pef", b"some words, some words, some words")
        words = [system.words(), system.words("0:p0.pef:extra.pef", "1:p1.pef:#3")]
        for n, line in enumerate(words):
            images.good("prtospack", "build", *line, "box", cwd=folder)
            seeds.add("container", f"{arch}-{n}", (folder / "box").read_bytes())


def add_streams(seeds: Seeds) -> None:
    for size in (0, 40, 1000, 6000):
        seeds.add("lzss", f"code{size}", struct.pack("<HH", 2 * size, 64) + images.code(size))
    seeds.add("lzss", "blanks", struct.pack("<HH", 5000, 16) + bytes([0, 0xEE, 0xFF] * 300))


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 1
    folder = pathlib.Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    seeds = Seeds(folder)
    with tempfile.TemporaryDirectory() as work:
        add_descriptions(seeds)
        write_dictionary(folder / "fuzz_xml.dict")
        add_configurations(seeds, pathlib.Path(work))
        add_programs(seeds, pathlib.Path(work))
        add_containers(seeds, pathlib.Path(work))
        add_streams(seeds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
