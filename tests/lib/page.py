# SPDX-License-Identifier: Apache-2.0
"""Documents that a test follows. Blocks with file= are written, `diff` blocks applied, `sh` blocks run in one
shell in their order; what a `text` block shows must have been printed by the `sh` block before it."""
import re

BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.M | re.S)


class Page:
    """The blocks of a document as (kind, file or "", text)."""

    def __init__(self, path):
        self.text = path.read_text()
        self.blocks = BLOCK.findall(self.text)

    @property
    def kinds(self) -> set:
        """What the blocks are that are not files."""
        return {kind for kind, name, _ in self.blocks if not name}

    @property
    def shown(self) -> list:
        """Numbers of the blocks that show output."""
        return [number for number, block in enumerate(self.blocks) if block[0] == "text"]

    def whole(self) -> bool:
        """Nothing on the page is left out by the pattern."""
        return len(self.blocks) == self.text.count("\n```") / 2

    def script(self) -> str:
        """The page as a shell script, a mark in front of what each block prints."""
        lines = ["set -e"]
        for number, (kind, name, text) in enumerate(self.blocks):
            if name:
                lines += [f"cat > {name} <<'END-OF-FILE'", text + "END-OF-FILE"]
            elif kind == "diff":
                lines += ["git apply -p0 - <<'END-OF-FILE'", text + "END-OF-FILE"]
            elif kind == "sh":
                lines += [f"echo '@@ {number}'", text]
        return "\n".join(lines)

    def printed(self, said: str) -> dict:
        """{number of block: what it printed} from the output of the script."""
        parts = re.split(r"^@@ (\d+)\n", said, flags=re.M)[1:]
        return dict(zip(map(int, parts[::2]), parts[1::2]))

    def missing(self, number: int, printed: dict) -> list:
        """Lines of a `text` block that the block before it did not print; `...` stands for any."""
        said = printed[number - 1].splitlines()
        shown = self.blocks[number][2].splitlines()
        return [line for line in shown if line != "..." and line not in said]

    def broken_anchors(self) -> list:
        """Links into the page itself that lead nowhere."""
        headings = {
            re.sub(r"[^\w -]", "", line[3:].lower()).replace(" ", "-")
            for line in self.text.splitlines()
            if line.startswith("## ")
        }
        return [a for a in re.findall(r"\]\(#([^)]*)\)", self.text) if a not in headings]
