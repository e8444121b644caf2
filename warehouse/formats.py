"""The forms in which tables and answers leave a warehouse; a module of its own, so that naming them loads nothing."""

from typing import Literal

ExportFormat = Literal["parquet", "csv", "stata", "xlsx"]
SUFFIXES: dict[ExportFormat, str] = {"parquet": "parquet", "csv": "csv", "stata": "dta", "xlsx": "xlsx"}
AnswerForm = Literal["table", "csv", "json", "markdown"]
