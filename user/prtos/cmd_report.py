# SPDX-License-Identifier: Apache-2.0
"""prtos report: a system as one HTML page that needs nothing else: schedule, memory, channels,
privileges, health, and the images of a built project."""
import datetime
import os
import pathlib

from prtos import channel_graph, gantt, images, memory_map, model, output, palette, paths, project
from prtos import report_tables as tables
from prtos import schedule
from prtos.terminal import Refused
from prtos.units import labels_of, place_text

NAME = "report"
HELP = "show a system as one HTML page"
DESCRIPTION = """Shows a system as one HTML page: schedule, memory map, channels, privileges,
devices and health table, each with its place in the XML. A folder is taken as
a project: its system file is read, and the images that were built in it are
listed."""


def add_arguments(parser) -> None:
    parser.add_argument("path", metavar="SYSTEM.XML|FOLDER")
    model.add_arguments(parser)
    output.add_argument(parser, "report.html")


def system_file(folder: pathlib.Path, options) -> pathlib.Path:
    """The system file of a project's folder."""
    usual = project.system_file(folder, project.target(folder, options)[0])
    files = [usual] if usual else sorted(folder.glob("*.xml"))
    if len(files) != 1:
        found = f"{len(files)} XML files" if files else "no XML file"
        raise Refused(f"{folder}: has {found}; name the system file instead")
    return files[0]


def built_folder(folder: pathlib.Path, arch: str) -> pathlib.Path:
    """Where a project's images are: with it, or in the build folder for a system of the tree."""
    if paths.IN_TREE and folder.resolve().parent == project.TREE_SYSTEM:
        apart = paths.build(arch) / "partitions" / folder.resolve().name
        return apart if apart.is_dir() else folder
    return folder


LAST_DAY = 253402300799  # of the year 9999, in seconds


def date_text() -> str:
    """The day of SOURCE_DATE_EPOCH; without it, or with one no calendar has, none: equal input gives
    equal bytes."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdecimal() or int(epoch) > LAST_DAY:
        return ""
    return datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc).strftime("%Y-%m-%d")


def plan_views(system: dict) -> list:
    """Each plan with its picture and its tables."""
    labels = labels_of(system)
    several = {each["id"] for each in system["partitions"] if len(each["vcpus"]) > 1}

    def picture(plan, width: int | None):
        return gantt.layout(plan, labels, several, width) if width else None

    return [
        {
            "plan": plan,
            "picture": picture(plan, gantt.wanted_width(plan)),
            "narrow": picture(plan, gantt.narrow_width(plan)),
            "usage": tables.usage(plan, system),
            "slots": tables.slots(plan, system),
        }
        for plan in schedule.plans_of(system)
    ]


def page(system: dict, built: dict | None) -> str:
    """The HTML of a system and of what images.built_in() found."""
    from prtos import render  # the other commands need no Jinja2

    plans = plan_views(system)
    graph = channel_graph.layout(system)
    talking = {column.partition for column in graph.columns}
    stated, defaults = tables.health(system)
    container = built["container"]["size"] if built and built["container"] else None
    labels = labels_of(system)
    return render.render(
        "report.html.j2",
        model=system,
        built=built,
        labels=labels,
        facts=tables.facts(system, [each["plan"] for each in plans]),
        place=lambda where: place_text(system, where),
        fill=palette.fill,
        patterns=palette.patterns(list(labels)),
        plans=plans,
        unscheduled=tables.unscheduled(system),
        memory_picture=memory_map.layout(system, tables.memory_parts(system, container)),
        map=memory_map,
        memory=tables.memory(system, container),
        graph=graph,
        graph_head=channel_graph.HEAD,
        graph_line=channel_graph.LINE,
        silent=[labels[number] for number in labels if number not in talking],
        channels=tables.channels(system),
        loose=tables.loose_ports(system),
        privileges=tables.privileges(system),
        devices=tables.devices(system),
        stated=stated,
        defaults=defaults,
        version=paths.version(),
        date=date_text(),
    )


def run(options) -> int:
    path = pathlib.Path(options.path)
    source = system_file(path, options) if path.is_dir() else path
    system = model.load(source, options)
    built = images.built_in(built_folder(path, system["architecture"])) if path.is_dir() else None
    output.write(options.output, page(system, built), source)
    return 0
