# SPDX-License-Identifier: Apache-2.0
"""prtos diff: what changed between two system files, told in terms of partitions, slots and
areas."""
from prtos import compare, model
from prtos.units import count_text

NAME = "diff"
HELP = "tell what changed between two system files"
DESCRIPTION = """Tells what changed between two system files, in terms of partitions, slots,
areas, ports and channels. Things are matched by name, else by id, so that a
rename is told as one. How a file is written, its line numbers and the
warnings about it are not compared."""
EXIT = """exit status: 0 ok, also with differences; 1 wrong usage; 2 refused input or
something missing; 3 differences, with --exit-code"""
DIFFERENT = 3


def add_arguments(parser) -> None:
    parser.add_argument("old", metavar="OLD.XML")
    parser.add_argument("new", metavar="NEW.XML")
    model.add_arguments(parser)
    parser.add_argument(
        "--exit-code", action="store_true", help=f"end with {DIFFERENT} if there are differences"
    )


def text_of(groups: dict) -> str:
    """Groups under headings; each line a change."""
    parts = [
        f"{group}\n" + "".join(f"  {line}\n" for line in lines) for group, lines in groups.items()
    ]
    return "\n".join(parts)


def run(options) -> int:
    old, new = model.load(options.old, options), model.load(options.new, options)
    groups = compare.compare(old, new)
    if not groups:
        print("no differences")
        return 0
    print(text_of(groups))
    print(count_text(sum(map(len, groups.values())), "difference"))
    return DIFFERENT if options.exit_code else 0
