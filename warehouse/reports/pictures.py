"""Pictures of the report as Vega-Lite specifications, drawn to SVG here so that the page holds no script.

Colours are of middle brightness and text is grey: the same picture is legible on white, on black and on paper.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import vl_convert

Row = dict[str, Any]

_FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, WenQuanYi Zen Hei, sans-serif"
_GREY = "#808080"
_CONFIG = {
    "background": None,
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": _GREY,
        "titleColor": _GREY,
        "gridColor": "#80808040",
        "domainColor": _GREY,
        "tickColor": _GREY,
        "labelLimit": 300,
    },
    "legend": {"labelColor": _GREY, "titleColor": _GREY, "labelLimit": 220},
    "text": {"color": _GREY},
    "range": {"category": ["#3b82c4", "#d9772b", "#4c9f4c", "#b04a9f", "#b8a023", "#5f8f8f", "#c0504d", "#7a6fc0"]},
}
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
    colour = {"field": "count", "type": "quantitative", "scale": {"range": ["#80808022", "#3b82c499"]}, "title": title}
    layers = [
        {"mark": {"type": "rect", "stroke": _GREY, "strokeOpacity": 0.3}, "encoding": place | {"color": colour}},
        {"mark": {"type": "text", "fontSize": 11, "dy": -6}, "encoding": place | {"text": {"field": "name"}}},
        {"mark": {"type": "text", "fontSize": 10, "dy": 8}, "encoding": place | {"text": {"field": "count"}}},
    ]
    return draw({"data": {"values": values}, "layer": layers, "width": 460, "height": 330})


def bars(rows: Sequence[Row], x: str, y: str, title: str) -> str:
    """A bar for each value of ``x`` in order."""
    encoding = {
        "x": {"field": x, "type": "ordinal", "title": None},
        "y": {"field": y, "type": "quantitative", "title": title},
    }
    return draw({"data": {"values": list(rows)}, "mark": "bar", "encoding": encoding, "width": 520, "height": 170})


def curves(rows: Sequence[Row], x: str, y: str, series: str, title: str) -> str:
    """A stepped line for each series: what has been counted stays counted."""
    encoding = {
        "x": {"field": x, "type": "ordinal", "title": None},
        "y": {"field": y, "type": "quantitative", "title": title},
        "color": {"field": series, "type": "nominal", "title": None},
    }
    mark = {"type": "line", "interpolate": "step-after", "point": True}
    return draw({"data": {"values": list(rows)}, "mark": mark, "encoding": encoding, "width": 520, "height": 220})


def matrix(rows: Sequence[Row], x: str, y: str, value: str, title: str) -> str:
    """A square for each pair, larger the more."""
    encoding = {
        "x": {"field": x, "type": "nominal", "title": None, "axis": {"labelAngle": -50}},
        "y": {"field": y, "type": "nominal", "title": None},
        "size": {"field": value, "type": "quantitative", "title": title, "scale": {"range": [20, 400]}},
    }
    mark = {"type": "square", "color": "#3b82c4"}
    return draw({"data": {"values": list(rows)}, "mark": mark, "encoding": encoding, "width": 420, "height": 340})


def timeline(rows: Sequence[Row], day: str, label: str, status: str) -> str:
    """A point for each row on a line of time, one line to a label."""
    values = [row | {day: row[day].isoformat()} for row in rows if isinstance(row.get(day), date)]
    encoding = {
        "x": {"field": day, "type": "temporal", "title": None},
        "y": {"field": label, "type": "nominal", "title": None, "sort": {"field": day}},
        "color": {"field": status, "type": "nominal", "title": None},
    }
    mark = {"type": "point", "filled": True, "size": 70}
    return draw({"data": {"values": values}, "mark": mark, "encoding": encoding, "width": 460, "height": {"step": 18}})


def draw(spec: Row) -> str:
    """The picture as SVG. Raises ValueError where the specification makes no sense."""
    return str(vl_convert.vegalite_to_svg(json.dumps(spec | {"config": _CONFIG})))
