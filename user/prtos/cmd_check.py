# SPDX-License-Identifier: Apache-2.0
"""prtos check: every fault of a system file in one run, or a line that says what the system is."""
import sys

from prtos import model
from prtos.units import count_text, printable

NAME = "check"
HELP = "find all faults of a system file"


def add_arguments(parser) -> None:
    parser.add_argument("file", metavar="SYSTEM.XML")
    model.add_arguments(parser)


def utilisation(processor: dict) -> float:
    """Share of the first plan's frame that is given to slots, in percent."""
    plan = processor["plans"][0]
    return 100 * sum(slot["end"] - slot["start"] for slot in plan["slots"]) / plan["frame"]


def summary(system: dict) -> str:
    """The system in a line."""
    processors = [each for each in system["processors"] if each["plans"]]
    plans = max((len(each["plans"]) for each in processors), default=0)
    shares = [f"{utilisation(each):.1f} %" for each in processors]
    return ", ".join(
        [
            count_text(len(system["partitions"]), "partition"),
            count_text(len(system["processors"]), "CPU"),
            count_text(plans, "plan"),
            f"utilisation {', '.join(shares)}" if shares else "no utilisation",
        ]
    )


def run(options) -> int:
    reading = model.read(options.file, options)
    sys.stderr.write(reading.messages)
    if reading.model is None:
        return 2
    system = reading.model
    print(f"{options.file}: {printable(system['system']['name'])}: {summary(system)}")
    return 0
