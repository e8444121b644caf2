"""The example of the environment names every setting with the default it has."""

from __future__ import annotations

import re
from datetime import date
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
        assert field in {"workers", "now", "allow_private", "storage", "report", "report_url"}, (
            "a default that is no fixed value"
        )


def test_older_papers_are_let_in_down_to_the_years_that_are_read() -> None:
    assert Settings.from_environment({"FANGZHI_FIRST_DAY": "1912-01-01"}).first_day == date(1912, 1, 1)
    with pytest.raises(ValueError, match="greater than or equal to 1900-01-01"):
        Settings.from_environment({"FANGZHI_FIRST_DAY": "1899-12-31"})


def test_a_misspelt_variable_is_named_with_the_one_that_is_meant() -> None:
    with pytest.raises(ValueError, match="FANGZHI_WORKRES; FANGZHI_WORKERS is meant"):
        Settings.from_environment({"FANGZHI_WORKRES": "2"})
    Settings.from_environment({"FANGZHI_DATA": "/srv", "WORKRES": "2"})


def test_an_empty_variable_counts_as_none() -> None:
    empty = {f"FANGZHI_{name.upper()}": " " for name in Settings.model_fields}
    assert Settings.from_environment(empty) == Settings()


def test_what_the_form_leaves_empty_is_as_the_environment_says() -> None:
    environment = {"FANGZHI_HTTP_ATTEMPTS": "7", "FANGZHI_WORKERS": "2"}
    chosen = Settings.model_validate({"workers": 5}).over_environment(environment)
    assert (chosen.http_attempts, chosen.workers, chosen.refetch_days) == (7, 5, 30)
    form = Settings.model_json_schema()["properties"]
    assert [name for name, field in form.items() if "default" in field] == []
    assert form["http_attempts"]["description"] == "Left empty: as FANGZHI_HTTP_ATTEMPTS says, else 3."
