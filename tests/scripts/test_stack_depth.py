# SPDX-License-Identifier: Apache-2.0
"""The deepest stack from call graphs as gcc writes them."""
import pathlib
import subprocess
import sys

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "stack_depth.py"


def node(name: str, size: int, place: str = "core/kernel/a.c:1:1") -> str:
    bare = name.rpartition(":")[2]
    return f'node: {{ title: "{name}" label: "{bare}\\n{place}\\n{size} bytes (static)" }}\n'


def edge(caller: str, callee: str) -> str:
    return f'edge: {{ sourcename: "{caller}" targetname: "{callee}" label: "core/kernel/a.c:2:2" }}\n'


def run(folder, *graphs: str, stack: int = 4096):
    files = []
    for number, text in enumerate(graphs):
        files.append(folder / f"{number}.ci")
        files[-1].write_text(text)
    command = [sys.executable, SCRIPT, "--stack", str(stack), "--out", folder / "out", *files]
    return subprocess.run(command, capture_output=True, text=True, check=False)


CHAIN = node("entry", 100) + node("leaf", 40) + node("core/a.c:deep", 300)
CALLS = edge("entry", "leaf") + edge("entry", "core/a.c:deep")


def test_the_deepest_way(tmp_path):
    result = run(tmp_path, CHAIN, CALLS)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "out").read_text() == "   432 entry > deep\n"  # 32 of an interrupt's
    assert "deepest 432 of 4096" in result.stdout


def test_assembly_has_an_allowance(tmp_path):
    run(tmp_path, CHAIN, CALLS + edge("core/a.c:deep", "in_assembly"))
    assert (tmp_path / "out").read_text().startswith("   464 entry > deep > in_assembly")


def test_more_than_half(tmp_path):
    assert run(tmp_path, CHAIN, CALLS, stack=864).returncode == 0
    result = run(tmp_path, CHAIN, CALLS, stack=862)
    assert result.returncode == 2
    assert "entry > deep" in result.stderr


def test_a_circle_is_refused(tmp_path):
    result = run(tmp_path, CHAIN, CALLS + edge("leaf", "core/a.c:deep") + edge("core/a.c:deep", "leaf"))
    assert result.returncode == 2
    assert "leaf > deep > leaf" in result.stderr or "deep > leaf > deep" in result.stderr


def test_pointers(tmp_path):
    steps = node("core/x.c:long_step", 500) + node("vcpu_pieces", 20)
    result = run(tmp_path, steps + edge("vcpu_pieces", "__indirect_call"))
    assert result.returncode == 0
    assert (tmp_path / "out").read_text().startswith("   552 vcpu_pieces > long_step")
    result = run(tmp_path, node("somebody", 20) + edge("somebody", "__indirect_call"))
    assert result.returncode == 2
    assert "somebody calls through a pointer" in result.stderr


def test_a_batch_holds_no_batch_and_no_pieces(tmp_path):
    nodes = node("hc_multicall", 10) + node("vcpu_pieces", 20) + node("core/b.c:batch_step", 30)
    nodes += node("hc_long", 40) + node("core/b.c:long_step", 500)
    calls = edge("hc_multicall", "vcpu_pieces") + edge("hc_long", "vcpu_pieces")
    calls += edge("vcpu_pieces", "__indirect_call") + edge("core/b.c:batch_step", "__indirect_call")
    result = run(tmp_path, nodes + calls)
    assert result.returncode == 0, result.stderr
    ways = (tmp_path / "out").read_text().splitlines()
    assert "   592 hc_long > vcpu_pieces > long_step" in ways
    assert all(way.count("vcpu_pieces") < 3 and way.count("batch_step") < 2 for way in ways)


def test_no_graph(tmp_path):
    assert run(tmp_path, "graph: {}\n").returncode == 2
