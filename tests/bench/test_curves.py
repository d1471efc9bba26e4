# SPDX-License-Identifier: Apache-2.0
"""The drawings: where a point lies, and that the same rows give the same file."""
import xml.etree.ElementTree as xml

import curves
import figures
import methods
import pytest
import table

SVG = "{http://www.w3.org/2000/svg}"


def tables(points, arch="x86"):
    rows = [table.row_of("g", figures.Figure(f"c:{n}:null", f"a call, c {n}", [v], None)) for n, v in points]
    whole = {name: table.Table({}, []) for name in methods.ARCHS}
    whole[arch] = table.Table({}, rows)
    return whole


def drawn(points, flat):
    return xml.fromstring(curves.draw(methods.Curve("c", "g", "A title", "things", flat), tables(points)))


def heights(root):
    return [float(one.get("cy")) for one in root.iter(f"{SVG}circle")]


def test_a_flat_line_is_drawn_flat_and_zero_is_at_the_bottom():
    root = drawn([(1, 40), (10, 40), (100, 40)], flat=True)
    assert len(set(heights(root))) == 1
    places = [float(one.get("cx")) for one in root.iter(f"{SVG}circle")]
    assert places[1] - places[0] == pytest.approx(places[2] - places[1], abs=0.2)
    assert heights(drawn([(1, 0), (10, 40)], flat=True))[0] == curves.HEIGHT - curves.BOTTOM


def test_a_steep_curve_is_straight_where_it_multiplies():
    low, middle, high = heights(drawn([(1, 10), (10, 100), (100, 1000)], flat=False))
    assert low - middle == pytest.approx(middle - high, abs=0.2) and low > high


def test_the_same_figures_give_the_same_file():
    curve = methods.Curve("c", "g", "A title", "things")
    points = [(1, 10), (10, 100)]
    assert curves.draw(curve, tables(points)) == curves.draw(curve, tables(points[::-1]))
    assert xml.fromstring(curves.draw(curve, tables([]))).tag == f"{SVG}svg"
