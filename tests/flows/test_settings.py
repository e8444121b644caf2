"""The example of the environment names every setting with the default it has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.settings import Settings

EXAMPLE = Path(__file__).resolve().parents[2] / "deploy" / "env.example"
SHOWN = dict(re.findall(r"^# FANGZHI_(\w+)=(.*)$", EXAMPLE.read_text("utf-8"), re.MULTILINE))


def test_the_example_names_every_setting_and_no_other() -> None:
    assert sorted(SHOWN) == sorted(name.upper() for name in Settings.model_fields)


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_what_the_example_shows_is_the_default(name: str) -> None:
    field = name.lower()
    if SHOWN[name]:
        told = Settings.from_environment({f"FANGZHI_{name}": SHOWN[name]})
        assert getattr(told, field) == Settings.model_fields[field].get_default()
    else:
        assert field in {"workers", "now", "allow_private"}, "a default that is no fixed value"
