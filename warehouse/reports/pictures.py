"""Pictures of the report as Vega-Lite specifications, drawn to SVG here so that the page holds no script.

Marks are of middle brightness and text takes the colour of the page: the same picture is legible on white, on black and
on paper.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import vl_convert

Row = dict[str, Any]

_FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, WenQuanYi Zen Hei, sans-serif"
_INK = "#808081"  # stands for the colour of the page's text until the picture is drawn
_GREY = "#808080"
_BLUE = "#3b82c4"
_SHADES = ["#80808014", _BLUE]
_WIDTH = 620
_SERIES_WIDTH = 250  # of one picture of several side by side
_CONFIG = {
    "background": None,
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": _INK,
        "titleColor": _INK,
        "gridColor": "#80808040",
        "domainColor": _GREY,
        "tickColor": _GREY,
        "labelLimit": 260,
    },
    "legend": {"labelColor": _INK, "titleColor": _INK, "labelLimit": 220, "orient": "bottom", "columns": 7},
    "header": {"labelColor": _INK, "titleColor": _INK, "labelFontSize": 12},
    "title": {"color": _INK, "anchor": "start", "fontWeight": "normal"},
    "text": {"color": _INK},
    "range": {
        "category": [
            *(_BLUE, "#d9772b", "#4c9f4c", "#b04a9f", "#b8a023", "#5f8f8f", "#c0504d", "#7a6fc0"),
            *("#8c6d4f", "#d67ba8", "#6fb7c9", "#93a53b", "#8a8f98"),
        ]
    },
}
# What is claimed of a place has the same colour in every picture.
_CLAIMS = {"adopted": _BLUE, "trial": "#4c9f4c", "planned": "#d9772b", "ended": "#c0504d"}
# Where the provinces stand in a grid of tiles, by column and row: neighbours stay neighbours as far as squares allow.
# Short names as in GB/T 2260; nobody owns a grid, so no licence is needed.
_TILES = {
    "黑龙江": (9, 0), "内蒙古": (7, 1), "吉林": (9, 1), "新疆": (1, 2), "甘肃": (4, 2), "宁夏": (5, 2), "山西": (6, 2),
    "河北": (7, 2), "北京": (8, 2), "辽宁": (9, 2), "青海": (3, 3), "陕西": (5, 3), "河南": (6, 3), "山东": (7, 3),
    "天津": (8, 3), "西藏": (2, 4), "四川": (4, 4), "重庆": (5, 4), "湖北": (6, 4), "安徽": (7, 4), "江苏": (8, 4),
    "上海": (9, 4), "云南": (4, 5), "贵州": (5, 5), "湖南": (6, 5), "江西": (7, 5), "浙江": (8, 5), "广西": (5, 6),
    "广东": (6, 6), "福建": (7, 6), "台湾": (9, 6), "海南": (5, 7), "澳门": (6, 7), "香港": (7, 7),
}  # fmt: skip


def tile_grid(rows: Sequence[Row], title: str) -> str:
    """A tile for each province, darker the more: rows of ``province`` (full name) and ``count``."""
    counts = dict.fromkeys(_TILES, 0)
    for row in rows:
        short = next((name for name in _TILES if str(row["province"]).startswith(name)), None)
        if short is not None:
            counts[short] += row["count"]
    values = [{"name": name, "x": x, "y": y, "count": counts[name]} for name, (x, y) in _TILES.items()]
    place: Row = {
        "x": {"field": "x", "type": "ordinal", "axis": None},
        "y": {"field": "y", "type": "ordinal", "axis": None},
    }
    most = max(counts.values())
    colour = {
        "field": "count",
        "type": "quantitative",
        "scale": {"range": _SHADES, "domain": [0, max(most, 1)]},
        "title": title,
        "legend": {"values": [0, most // 2, most] if most > 1 else [0, 1], "format": "d"},
    }
    layers = [
        {"mark": {"type": "rect", "stroke": _GREY, "strokeOpacity": 0.3}, "encoding": place | {"color": colour}},
        {"mark": {"type": "text", "fontSize": 12, "dy": -7}, "encoding": place | {"text": {"field": "name"}}},
        {"mark": {"type": "text", "fontSize": 11, "dy": 9}, "encoding": place | {"text": {"field": "count"}}},
    ]
    return draw({"data": {"values": values}, "layer": layers, "width": 540, "height": 370})


def boundary_map(rows: Sequence[Row], title: str, boundaries: Row) -> str:
    """The user's map, darker the more: rows of ``adcode`` and ``count``; ``boundaries`` a GeoJSON FeatureCollection."""
    counts = {str(row["adcode"]): row["count"] for row in rows}
    features = []
    for feature in boundaries.get("features", ()):
        geometry = feature.get("geometry") or {}
        if "coordinates" in geometry:
            flat = geometry | {"coordinates": _flat_map(geometry["coordinates"])}
            count = counts.get(feature_code(feature) or "", 0)
            features.append({"type": "Feature", "properties": {"count": count}, "geometry": flat})
    colour = {
        "field": "properties.count",
        "type": "quantitative",
        "scale": {"range": _SHADES, "domainMin": 0},
        "title": title,
    }
    return draw(
        {
            "data": {"values": {"type": "FeatureCollection", "features": features}, "format": {"property": "features"}},
            "mark": {"type": "geoshape", "stroke": _GREY, "strokeWidth": 0.5},
            "projection": {"type": "identity", "reflectY": True},
            "encoding": {"color": colour},
            "width": _WIDTH,
            "height": 460,
        }
    )


def _flat_map(coordinates: Any) -> Any:
    """Degrees as Mercator's projection has them on a plane.

    Vega's own projections are of the sphere: a ring that runs the other way round, as half of all maps have them, would
    fill the world but for its province.
    """
    if coordinates and isinstance(coordinates[0], int | float):
        longitude, latitude = coordinates[:2]
        return [longitude, math.degrees(math.asinh(math.tan(math.radians(max(min(latitude, 85.0), -85.0)))))]
    return [_flat_map(part) for part in coordinates]


def feature_code(feature: Row) -> str | None:
    """The six digits of GB/T 2260 that a feature of a map carries, under one of the names such maps use.

    >>> feature_code({"properties": {"gb": "156330000"}}), feature_code({"properties": {"adcode": 3305}})
    ('330000', '330500')
    """
    properties = feature.get("properties") or {}
    for name in ("adcode", "code", "gb", "GB", "id", "ADCODE", "adcode99", "PAC"):
        digits = str(properties.get(name, "")).removeprefix("156")
        if digits.isascii() and digits.isdigit() and len(digits) in (2, 4, 6):
            return digits.ljust(6, "0")
    return None


def heat(rows: Sequence[Row], x: str, y: str, value: str, title: str) -> str:
    """A cell for each ``x`` and ``y``, darker the more."""
    encoding = {
        "x": {"field": x, "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
        "y": {"field": y, "type": "nominal", "title": None},
        "color": {
            "field": value,
            "type": "quantitative",
            "title": title,
            "scale": {"range": ["#3b82c433", _BLUE]},
            "legend": {"values": _ticks(rows, value), "format": "d"},
        },
    }
    mark = {"type": "rect", "stroke": _GREY, "strokeOpacity": 0.3}
    return draw(
        {
            "data": {"values": list(rows)},
            "mark": mark,
            "encoding": encoding,
            "width": _WIDTH - 120,
            "height": {"step": 20},
        }
    )


def _ticks(rows: Sequence[Row], value: str) -> list[int]:
    """The least, the middle and the greatest number, for a legend of whole numbers."""
    numbers = [int(row[value]) for row in rows]
    return sorted({min(numbers), (min(numbers) + max(numbers)) // 2, max(numbers)})


def bars(rows: Sequence[Row], x: str, y: str, title: str) -> str:
    """A bar for each value of ``x`` in order."""
    encoding = {
        "x": {"field": x, "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
        "y": {"field": y, "type": "quantitative", "title": title, "axis": {"tickCount": 5, "format": "d"}},
    }
    mark = {"type": "bar", "color": _BLUE}
    return draw({"data": {"values": list(rows)}, "mark": mark, "encoding": encoding, "width": _WIDTH, "height": 170})


def stacked_bars(rows: Sequence[Row], label: str, value: str, series: str, title: str) -> str:
    """A lying bar for each ``label``, the longest first, its parts by ``series``."""
    encoding = {
        "y": {"field": label, "type": "nominal", "title": None, "sort": "-x"},
        "x": {"field": value, "type": "quantitative", "title": title, "axis": {"tickCount": 6}},
        "color": {"field": series, "type": "nominal", "title": None},
    }
    return draw(
        {
            "data": {"values": list(rows)},
            "mark": "bar",
            "encoding": encoding,
            "width": _WIDTH - 120,
            "height": {"step": 20},
        }
    )


def curves(rows: Sequence[Row], x: str, y: str, series: str, title: str) -> str:
    """A stepped line for each claim: what has been counted stays counted."""
    return draw(
        {
            "data": {"values": _carried(rows, x, series, max(row[x] for row in rows))},
            **_curve(x, y, series, title),
            "width": _WIDTH,
            "height": 200,
        }
    )


def small_multiples(rows: Sequence[Row], x: str, y: str, series: str, facet: str, title: str) -> str:
    """One picture of curves for each ``facet``, all of one scale, side by side."""
    facets = sorted({str(row[facet]) for row in rows})
    last = max(row[x] for row in rows)
    values = [
        one | {facet: name}
        for name in facets
        for one in _carried([row for row in rows if row[facet] == name], x, series, last)
    ]
    spec = {
        "data": {"values": values},
        "facet": {"field": facet, "type": "nominal", "title": None},
        "columns": 2,
        "spec": {**_curve(x, y, series, title), "width": _SERIES_WIDTH, "height": 110},
    }
    return draw(spec)


def _curve(x: str, y: str, series: str, title: str) -> Row:
    encoding = {
        "x": {"field": x, "type": "ordinal", "title": None, "axis": {"labelAngle": 0, "labelOverlap": True}},
        "y": {
            "field": y,
            "type": "quantitative",
            "title": title,
            "axis": {"tickMinStep": 1, "tickCount": 4, "format": "d"},
        },
        "color": {
            "field": series,
            "type": "nominal",
            "title": None,
            "scale": {"domain": list(_CLAIMS), "range": list(_CLAIMS.values())},
        },
    }
    return {"mark": {"type": "line", "interpolate": "step-after", "point": True}, "encoding": encoding}


def _carried(rows: Sequence[Row], x: str, series: str, last: Any) -> list[Row]:
    """``rows`` with a row for ``last`` in each series, so that every line runs to the end."""
    ends = []
    for name in sorted({str(row[series]) for row in rows}):
        of_series = [row for row in rows if row[series] == name]
        final = max(of_series, key=lambda row: row[x])
        if final[x] < last:
            ends.append(final | {x: last})
    return [*rows, *ends]


def matrix(rows: Sequence[Row], x: str, y: str, value: str, title: str) -> str:
    """A square for each pair, larger the more."""
    encoding = {
        "x": {"field": x, "type": "nominal", "title": None, "axis": {"labelAngle": -50, "labelLimit": 140}},
        "y": {"field": y, "type": "nominal", "title": None},
        "size": {
            "field": value,
            "type": "quantitative",
            "title": title,
            "scale": {"range": [20, 300]},
            "legend": {"tickCount": 3, "format": "d", "symbolFillColor": _BLUE, "symbolStrokeColor": _BLUE},
        },
    }
    mark = {"type": "square", "color": _BLUE, "opacity": 0.9}
    return draw(
        {
            "data": {"values": list(rows)},
            "mark": mark,
            "encoding": encoding,
            "width": {"step": 24},
            "height": {"step": 20},
        }
    )


def timeline(rows: Sequence[Row], day: str, label: str, status: str, title: str) -> str:
    """A point for each row on a line of time, one line to a label."""
    values = [row | {day: row[day].isoformat()} for row in rows if isinstance(row.get(day), date)]
    encoding = {
        "x": {"field": day, "type": "temporal", "title": None, "axis": {"format": "%Y-%m", "tickCount": 6}},
        "y": {"field": label, "type": "nominal", "title": None, "sort": {"field": day}},
        "color": {"field": status, "type": "nominal", "title": None},
    }
    mark = {"type": "point", "filled": True, "size": 80}
    return draw(
        {
            "data": {"values": values},
            "title": title,
            "mark": mark,
            "encoding": encoding,
            "width": _WIDTH - 200,
            "height": {"step": 20},
        }
    )


def draw(spec: Row) -> str:
    """The picture as SVG. Raises ValueError where the specification makes no sense."""
    svg = str(vl_convert.vegalite_to_svg(json.dumps(spec | {"config": _CONFIG}, default=str)))
    return svg.replace(_INK, "currentColor")
