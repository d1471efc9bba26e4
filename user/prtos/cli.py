# SPDX-License-Identifier: Apache-2.0
"""The frame of `prtos`: finds the subcommand, runs it, turns its end into an exit code.

A subcommand is a module prtos.cmd_<name> with NAME, HELP (one line), optional DESCRIPTION and EXIT
(texts of its --help), add_arguments(parser) and run(options) -> exit code. It raises
terminal.Refused for input that it refuses or for what is missing.
"""
import argparse
import importlib
import os
import signal
import sys

from prtos import paths
from prtos.terminal import Refused

COMMANDS = ("check", "build", "run", "new", "report", "plot", "diff")
EXIT = "exit status: 0 ok, 1 wrong usage, 2 refused input or something missing"


class Parser(argparse.ArgumentParser):
    """Wrong usage is 1, as in all tools."""

    def error(self, message: str):
        print(f"prtos: {message}", file=sys.stderr)
        self.print_usage(sys.stderr)
        self.exit(1)


def make_parser() -> Parser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = Parser(
        prog="prtos",
        description="Checks, builds, runs and shows PRTOS systems.",
        epilog=f"`prtos COMMAND --help` tells more.\n{EXIT}",
        formatter_class=raw,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"prtos {paths.version()}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, title="commands")
    for name in COMMANDS:
        module = importlib.import_module(f"prtos.cmd_{name}")
        command = commands.add_parser(
            module.NAME,
            help=module.HELP,
            description=getattr(
                module, "DESCRIPTION", module.HELP[0].upper() + module.HELP[1:] + "."
            ),
            epilog=getattr(module, "EXIT", EXIT),
            formatter_class=raw,
            allow_abbrev=False,
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def main(words: list) -> int:
    # What we started is ended with us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    # Names are UTF-8, a console may not be.
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        options = make_parser().parse_args(words)
        code = options.run(options)
        sys.stdout.flush()
        return code
    except Refused as error:
        print(f"prtos: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read the output is gone
        # What is still buffered would be written, and fail, once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        print("\nprtos: interrupted", file=sys.stderr)
        return 130
