#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Deepest stack of the core, from the call graphs that the compiler wrote (-fcallgraph-info=su).

    stack_depth.py --stack BYTES [--out FILE] FILES

FILES are the .ci files of one build. Prints how deep it becomes; --out lists the deepest way of each
function that is entered from outside. Exit codes: 0 at most half of the stack, 2 deeper, or a call nobody knows the
target of. Run by scripts/make/core.mk after each link."""
import argparse
import fnmatch
import pathlib
import re
import sys

# Who calls through a pointer, and what: patterns of functions that nobody calls by name, in a folder.
TARGETS = {
    "drain": ("core/drivers/", ["*_push"]),
    "console_open": ("core/drivers/", ["*_init"]),
    "console_init": ("core/drivers/", ["*_init"]),
    "system_boot": ("core/drivers/", ["*_init"]),
    "system_panic": ("core/drivers/", ["*_push"]),
    "trace_call": ("", ["hc_*", "decode_*"]),
    "batch_step": ("", ["hc_*", "decode_*"]),
    "hc_read_object": ("core/", ["*read*", "*receive*", "object_absent", "!hc_*"]),
    "hc_write_object": ("core/", ["*write*", "*send*", "object_absent", "!hc_*"]),
    "hc_seek_object": ("core/", ["*seek*", "object_absent", "!hc_*"]),
    "hc_ctrl_object": ("core/", ["*ctrl*", "object_absent", "!hc_*"]),
    "vcpu_stop": ("core/", ["*_drop", "*_cancel"]),
    "vcpu_pieces": ("core/", ["*_step"]),
    "sched_resume": ("core/", ["*_step"]),
    "conf_verify": ("core/conf/", ["*", "!conf_verify"]),
    "conf_verify_links": ("core/conf/", ["*", "!conf_verify*"]),
}
# The pieces of a call are that call's (vcpu.c): a batch is nobody's piece but multicall's, leaves no
# call of its own time for pieces, and holds no batch.
BATCH, BATCHED = "batch_step", "hc_multicall"
NOT_IN_BATCH = ("vcpu_pieces", "hc_multicall", "decode_multicall")
ASSEMBLY = 32  # bytes allowed for a function without a frame of the compiler's
INTERRUPT = 32  # on top of everything: vector, error, eip, cs, eflags, and the call out of it
NODE = re.compile(r'node: \{ title: "([^"]+)" label: "([^"]*)"(.*)\}')
EDGE = re.compile(r'edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)"')


class Graph:
    def __init__(self, files: list):
        self.frame, self.place, self.calls, self.pointers = {}, {}, {}, set()
        called = set()
        for path in files:
            for line in path.read_text().splitlines():
                if node := NODE.match(line):
                    self.add(*node.groups())
                elif edge := EDGE.match(line):
                    caller, callee = edge.groups()
                    if callee == "__indirect_call":
                        self.pointers.add(caller)
                    else:
                        self.calls.setdefault(caller, set()).add(callee)
                        called.add(callee)
        self.entered = sorted(set(self.frame) - called)
        self.unknown = [name for name in sorted(self.pointers) if bare(name) not in TARGETS]
        for caller in self.pointers:
            folder_of, patterns = TARGETS.get(bare(caller), ("", []))
            for name in self.entered:
                if self.place[name].startswith(folder_of) and fits(bare(name), patterns):
                    self.calls.setdefault(caller, set()).add(name)

    def add(self, name: str, label: str, rest: str) -> None:
        size = re.search(r"(\d+) bytes", label)
        if size and "ellipse" not in rest:
            self.frame[name] = int(size[1])
            self.place[name] = label.split("\\n")[1]

    def deepest(self, name: str, path: tuple = ()) -> tuple:
        """(bytes, way) from a function on."""
        on_the_way = [bare(one) for one in path]
        left = bare(name) in NOT_IN_BATCH and BATCH in on_the_way
        begin = on_the_way.index(BATCH) if BATCH in on_the_way else 0
        if name in path[begin:] and not left:
            raise RecursionError(" > ".join(map(bare, path[path.index(name) :] + (name,))))
        calls = () if left else self.calls.get(name, ())
        if bare(name) == "vcpu_pieces" and BATCHED not in on_the_way:
            calls = [one for one in calls if bare(one) != BATCH]
        path += (name,)
        best = max((self.deepest(one, path) for one in calls), default=(0, ()))
        return self.frame.get(name, ASSEMBLY) + best[0], (name, *best[1])


def fits(name: str, patterns: list) -> bool:
    """Some pattern fits, and none with a `!` does."""
    hits = [one for one in patterns if fnmatch.fnmatch(name, one.removeprefix("!"))]
    return bool(hits) and not any(one.startswith("!") for one in hits)


def bare(name: str) -> str:
    """Without the file of a static function and the compiler's suffixes."""
    return name.rpartition(":")[2].split(".")[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--stack", type=int, required=True, help="bytes of a CPU's stack")
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("files", type=pathlib.Path, nargs="+")
    options = parser.parse_args()
    graph = Graph(options.files)
    if not graph.frame:
        print("stack: the files hold no call graph", file=sys.stderr)
        return 2
    for name in graph.unknown:
        print(f"stack: {name} calls through a pointer; say what in {__file__}", file=sys.stderr)
    try:
        ways = sorted((graph.deepest(name) for name in graph.entered), reverse=True)
    except RecursionError as circle:
        print(f"stack: {circle}: a circle has no deepest way", file=sys.stderr)
        return 2
    size, way = ways[0][0] + INTERRUPT, " > ".join(map(bare, ways[0][1]))
    if options.out:
        lines = [f"{n + INTERRUPT:6} {' > '.join(map(bare, names))}\n" for n, names in ways]
        options.out.write_text("".join(lines))
    good = size <= options.stack // 2
    print(f"  STACK   deepest {size} of {options.stack} bytes" + (f": {options.out}" if options.out else ""))
    if not good:
        print(f"stack: more than half is taken by {way}", file=sys.stderr)
    return 0 if good and not graph.unknown else 2


if __name__ == "__main__":
    sys.exit(main())
