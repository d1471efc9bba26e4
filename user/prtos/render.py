# SPDX-License-Identifier: Apache-2.0
"""Templates to text: nothing undefined; in HTML and SVG everything escaped."""
import re

from prtos import paths, units
from prtos.terminal import Refused

try:
    import jinja2
except ImportError as absent:
    raise Refused("needs Jinja2: apt-get install python3-jinja2") from absent


NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def number(value: float) -> str:
    """A coordinate: two decimals, no more bytes than needed."""
    return units.decimal(value, 2)


def clean(value):
    """Text of a value that XML can hold: bytes of file names that are no UTF-8 cannot."""
    if isinstance(value, jinja2.Undefined) or hasattr(value, "__html__"):
        return value
    return NOT_XML.sub("\ufffd", str(value))


def plain(folder, **more) -> jinja2.Environment:
    """For the templates of a folder."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **more,
    )


def environment() -> jinja2.Environment:
    """For pages and pictures."""
    made = plain(paths.TEMPLATES, autoescape=True, finalize=clean)
    made.filters["n"] = number
    for name in (
        "time_text",
        "size_about",
        "address_text",
        "share_text",
        "count_text",
    ):
        made.filters[name] = getattr(units, name)
    made.globals["range_text"] = units.range_text
    return made


def render(template: str, **values) -> str:
    return environment().get_template(template).render(**values)
