"""The settings of a run: the only place that reads the environment; everything else is handed its values."""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, field_validator

from tasks.engines import SHARD_SECONDS, check_engine
from tasks.records import FIRST_DAY
from tasks.sources.manners import FetchManners, Network
from warehouse.locations import Location, location

# What Prefect needs before it is imported: nothing sent anywhere, no promotion in the UI, and a start-up limit for the
# embedded server above the 24 s a fresh database was seen to take on two busy cores (Prefect's own limit is 20 s).
PREFECT_DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    # Logs go to the server and its UI; the terminal has progress bars and one clear line where something fails.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    # What it could not tell its server, event by event and each with all it holds.
    "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
}


_PREFIX = "FANGZHI_"
_NOT_OURS = {"FANGZHI_DATA", "FANGZHI_ALARM"}  # the folder of deploy/compose.yaml; an option of serve


def _without_defaults(schema: dict[str, Any]) -> None:
    """Say defaults in words: a form that fills them in would send them, and they would win over the environment's."""
    for name, field in schema.get("properties", {}).items():
        default = field.pop("default", None)
        otherwise = "" if default in (None, [], ()) else f", else {default}"
        meaning = field.get("description")
        told = f"Left empty: as {_PREFIX}{name.upper()} says{otherwise}."
        field["description"] = f"{meaning[0].upper()}{meaning[1:]}. {told}" if meaning else told


class Settings(BaseModel):
    """What a run may be told. Frozen: a stage that needs another value is handed another object.

    ``now`` is the moment the run takes as its own (fetch times, ledger); with the same ``now`` and the same input two
    runs write the same bytes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=_without_defaults)

    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=256)
    engine: Annotated[str, AfterValidator(check_engine)] = Field(
        default="local", description="what runs shards: local, dask or dask://HOST:PORT"
    )
    storage: str | None = Field(
        default=None, description="where the raw store and a copy of what is published are kept: a folder or s3://…"
    )
    now: AwareDatetime | None = None
    server: bool = Field(default=True, description="whether Prefect keeps the run, on its server or an embedded one")
    shard_documents: int = Field(default=1_000, ge=1, description="documents per shard at the most")
    shard_bytes: int = Field(default=24_000_000, ge=1, description="bytes of raw bodies per shard at the most")
    shard_seconds: float = Field(
        default=SHARD_SECONDS, gt=0, description="after which a worker that hangs is stopped, and the run with it"
    )
    user_agent: str = "fangzhi/0.1 (research crawler; obeys robots.txt)"
    http_timeout_seconds: float = Field(default=20.0, gt=0)
    http_deadline_seconds: float = Field(default=120.0, gt=0, description="for a whole answer, however it drips")
    http_max_bytes: int = Field(default=20_000_000, gt=0, description="of one page, packed and unpacked")
    refetch_days: int = Field(default=30, ge=1, description="days after which a known article is asked for once more")
    first_day: date = Field(
        default=FIRST_DAY,
        ge=date(1900, 1, 1),
        description="day before which no page counts as published; earlier for a corpus of old papers",
    )
    keep_snapshots: int = Field(default=0, ge=0, description="earlier states of the warehouse that are kept")
    report: Path | None = Field(default=None, description="page that is written anew after each run")
    report_url: str | None = Field(default=None, description="where a browser finds that page, for the link in the UI")
    http_attempts: int = Field(default=3, ge=1)
    host_delay_seconds: float = Field(default=1.0, ge=0, description="pause between two requests to one host")

    host_max_bytes: int = Field(default=2_000_000_000, gt=0, description="what one host may send in one run")
    run_max_bytes: int = Field(default=20_000_000_000, gt=0, description="what all hosts may send in one run")
    allow_private: tuple[Network, ...] = Field(default=(), description="private networks that may be asked")

    @field_validator("allow_private", mode="before")
    @classmethod
    def _split_networks(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], **given: object) -> Self:
        """Settings from ``FANGZHI_<NAME>`` variables; what is ``given`` and not None wins over them.

        An empty variable counts as none. Raises ValueError where a variable is not known, for what it was meant to say
        would be passed over without a word, and pydantic's ValidationError where a value makes no sense.
        """
        variables = {f"{_PREFIX}{name.upper()}": name for name in cls.model_fields}
        for variable in sorted(environment):
            if variable.startswith(_PREFIX) and variable not in variables.keys() | _NOT_OURS:
                near = get_close_matches(variable, variables, n=1, cutoff=0.0)
                raise ValueError(f"unknown variable {variable}; {near[0]} is meant?")
        read: dict[str, object] = {
            name: environment[variable] for variable, name in variables.items() if environment.get(variable, "").strip()
        }
        return cls.model_validate(read | {name: value for name, value in given.items() if value is not None})

    def over_environment(self, environment: Mapping[str, str]) -> Self:
        """These settings where they were given, those of the environment where they were left as they are.

        Raises as ``from_environment`` does.
        """
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return self.from_environment(environment, **given)

    @field_validator("storage")
    @classmethod
    def _find_storage(cls, value: str | None) -> str | None:
        """Refuse a place that is none; an empty one is how a compose file says that there is none."""
        if not value:
            return None
        location(value)
        return value

    @property
    def storage_location(self) -> Location | None:
        """``storage`` as a place."""
        return None if self.storage is None else location(self.storage)

    @property
    def manners(self) -> FetchManners:
        """How to behave towards hosts."""
        return FetchManners(
            self.user_agent,
            self.http_timeout_seconds,
            self.http_max_bytes,
            self.http_attempts,
            self.host_delay_seconds,
            self.now,
            self.http_deadline_seconds,
            self.allow_private,
            self.host_max_bytes,
            self.run_max_bytes,
        )


def prepare_prefect(environment: MutableMapping[str, str], *, verbose: bool = False) -> None:
    """Fill in the variables Prefect reads at import, leaving alone what the user has set."""
    if verbose:
        environment.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "INFO")
        environment.setdefault("PREFECT_INTERNAL_LOGGING_LEVEL", "ERROR")
    for name, value in PREFECT_DEFAULTS.items():
        environment.setdefault(name, value)


def read_clock(settings: Settings, clock: datetime) -> datetime:
    """The moment of the run: the one it was told, else the clock's."""
    return settings.now or clock
