# SPDX-License-Identifier: Apache-2.0
"""prtos plot: the schedule of a system file as an SVG picture by itself."""
import argparse
import pathlib

from prtos import gantt, metrics, model, output, palette, schedule
from prtos.terminal import Refused
from prtos.units import count_text, labels_of

NAME = "plot"
HELP = "draw the schedule of a system file as SVG"
TEXT_TOP = 34  # of the legend, below the title


def width_of(text: str) -> int:
    try:
        width = int(text)
    except ValueError:
        width = 0
    if not 320 <= width <= 10000:
        raise argparse.ArgumentTypeError(f"{text}: a width is 320 to 10000")
    return width


def add_arguments(parser) -> None:
    parser.add_argument("file", metavar="SYSTEM.XML")
    model.add_arguments(parser)
    output.add_argument(parser, "schedule.svg")
    parser.add_argument(
        "--plan", type=int, action="append", metavar="ID", help="this plan alone; may be repeated"
    )
    parser.add_argument(
        "--cpu", type=int, action="append", metavar="ID", help="this CPU alone; may be repeated"
    )
    parser.add_argument(
        "--width", type=width_of, metavar="PIXELS", help="default: as the plan needs"
    )


def chosen(plans: list, numbers: list | None, cpus: list | None) -> list:
    """Those of the plans and lanes that were asked for; one that is not there is refused."""
    for number in numbers or []:
        if all(plan.number != number for plan in plans):
            raise Refused(
                f"there is no plan {number}; the system has {count_text(len(plans), 'plan')}"
            )
    picked = [plan for plan in plans if numbers is None or plan.number in numbers]
    for cpu in cpus or []:
        if all(lane.processor != cpu for plan in picked for lane in plan.lanes):
            raise Refused(f"there is no CPU {cpu} in what is drawn")
    if cpus is None:
        return picked
    cut = [schedule.Plan(p.number, [x for x in p.lanes if x.processor in cpus]) for p in picked]
    return [plan for plan in cut if plan.lanes]


def picture(system: dict, numbers: list | None, cpus: list | None, width: int | None) -> str:
    """The SVG of these plans and CPUs (None: all)."""
    from prtos import render  # the other commands need no Jinja2

    labels = labels_of(system)
    several = {each["id"] for each in system["partitions"] if len(each["vcpus"]) > 1}
    plans = chosen(schedule.plans_of(system), numbers, cpus)
    wide = width or max(map(gantt.wanted_width, plans), default=gantt.WIDTH)
    partitions = sorted({number for plan in plans for number in plan.partitions})
    entries, height = gantt.legend(partitions, labels, wide)
    y, pictures = TEXT_TOP + height, []
    for plan in plans:
        made = gantt.layout(plan, labels, several, wide, plan.title)
        pictures.append((y, made))
        y += made.height + gantt.MARGIN
    room = wide - 2 * gantt.MARGIN
    title = metrics.fitted(f"{system['system']['name']}: schedule", gantt.FONT, room)
    return render.render(
        "plot.svg.j2",
        title=title,
        width=wide,
        height=y,
        patterns=palette.patterns(partitions),
        legend=entries,
        pictures=pictures,
    )


def run(options) -> int:
    system = model.load(options.file, options)
    text = picture(system, options.plan, options.cpu, options.width)
    output.write(options.output, text, pathlib.Path(options.file))
    return 0
