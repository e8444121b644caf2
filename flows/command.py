"""The console command ``fangzhi``: run, rebuild, upgrade, backup, check, explain, ask, sql, cite, verify, export,
report, status, diff, serve.

Exit status: 0 done, 1 the run failed and the published warehouse is as it was, 2 bad arguments.

Each command imports what it needs when it is called: importing Prefect, Polars and pydantic takes seconds, and what
``--help`` says needs none of them.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from flows.command_line import DEFAULT_WAREHOUSE, Warehouse, check_shape, check_there, one_line, stop, storage_of
from flows.desk import DESK
from tasks.display import for_terminal

if TYPE_CHECKING:
    from flows.settings import Settings

app = typer.Typer(
    name="fangzhi",
    help="A local gazetteer built from the Chinese web.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # what draws boxes takes as long to import as all else together
)

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="File, folder, glob, http(s) URL,"
        " feed, sitemap, WARC, .parquet or .jsonl[.gz] with text or html, sources.toml.",
        show_default=False,
    ),
]
Workers = Annotated[int | None, typer.Option(min=1, max=256, help="Processes; as many as cores by default.")]
Engine = Annotated[
    str | None,
    typer.Option(metavar="local|dask[://HOST:PORT]", help="What runs the work: processes here, or a Dask cluster."),
]
Server = Annotated[
    bool | None,
    typer.Option(
        "--server/--no-server",
        help="Without PREFECT_API_URL: start Prefect's embedded server, or run without Prefect, seconds sooner.",
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", help="Show what is logged, tracebacks included.")]
Now = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z"],
        help="Take this moment for the clock's, so that a run can be repeated to the byte.",
    ),
]


@app.command()
def run(
    sources: Sources,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    workers: Workers = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make every table anew from the raw store.")] = False,
    keep: Annotated[
        int | None, typer.Option(min=0, help="Earlier states to keep beside the warehouse.", show_default=False)
    ] = None,
    engine: Engine = None,
    server: Server = None,
    verbose: Verbose = False,
    now: Now = None,
) -> None:
    """Load sources into a warehouse: fetch, clean, deduplicate, extract, load, summarise."""
    from tasks.sources.inputs import NoSuchSourceError, plan_inputs  # noqa: PLC0415 (a bad argument needs no Prefect)

    try:
        plan_inputs(sources)
    except NoSuchSourceError as error:
        stop(2, str(error))
    _run_job(
        sources,
        warehouse,
        rebuild=rebuild,
        verbose=verbose,
        workers=workers,
        engine=engine,
        server=server,
        now=now,
        keep_snapshots=keep,
    )


@app.command()
def rebuild(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    workers: Workers = None,
    engine: Engine = None,
    server: Server = None,
    verbose: Verbose = False,
    now: Now = None,
) -> None:
    """Make every table anew from the raw store alone; nothing is fetched. What no run can make again is kept."""
    from warehouse.files import WarehouseFiles  # noqa: PLC0415
    from warehouse.raw_store import RawStore  # noqa: PLC0415

    store = RawStore(WarehouseFiles(warehouse, storage=storage_of(os.environ)).raw_folder)
    if not store.packs():
        stop(2, f"{store.folder}: there is no raw store to build {warehouse} from")
    _run_job([], warehouse, rebuild=True, verbose=verbose, workers=workers, engine=engine, server=server, now=now)


@app.command()
def upgrade(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    workers: Workers = None,
    engine: Engine = None,
    server: Server = None,
    verbose: Verbose = False,
    now: Now = None,
) -> None:
    """Bring a warehouse of an earlier version up to date: nothing is fetched, and only what changed is read again."""
    from warehouse.migrations import other_version  # noqa: PLC0415

    check_there(warehouse)
    why = other_version(warehouse)
    if why is None:
        print(f"{warehouse} has the shape of this version; what earlier rules found is made anew by fangzhi rebuild")
        return
    print(why)
    _run_job([], warehouse, rebuild=False, verbose=verbose, workers=workers, engine=engine, server=server, now=now)


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the copy lies; made where there is none.")],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
) -> None:
    """Copy a warehouse, its raw store and its corrections into a folder, and check every body of the copy."""
    from flows.verifying import copy_warehouse  # noqa: PLC0415

    if not copy_warehouse(warehouse, folder, storage_of(os.environ)):
        raise typer.Exit(1)


def _run_job(sources: list[str], warehouse: Path, *, rebuild: bool, verbose: bool, **given: object) -> None:
    """Run the job with the settings of the environment and those ``given``; ends the command where it fails."""
    from flows.settings import Settings  # noqa: PLC0415 (see the head of the module)
    from warehouse.files import WarehouseError, WarehouseFiles, check_target  # noqa: PLC0415

    try:
        settings = Settings.from_environment(os.environ, **given)
        check_target(WarehouseFiles(warehouse, storage=settings.storage_location))
    except WarehouseError as error:
        stop(2, str(error))
    except ValueError as error:
        stop(2, "; ".join(str(error).splitlines()))

    load_sources = _loader(settings, verbose=verbose)
    from flows.terminal import TerminalReporter, show_summary  # noqa: PLC0415
    from flows.watching import published, watched_by  # noqa: PLC0415

    try:
        with TerminalReporter() as reporter, watched_by(reporter):
            load_sources(sources, warehouse, settings, rebuild)
    except KeyboardInterrupt:
        if published() is None:
            stop(1, f"interrupted; {warehouse} is as it was before")
    except Exception as error:  # whatever failed, the user gets one line; --verbose and the UI show the rest
        if verbose:
            traceback.print_exc()
        _let_go(error)
        if published() is None:
            stop(1, f"the run failed, {warehouse} is as it was before: {one_line(error)}")
        message = f"{warehouse} is published; what should have followed failed: {one_line(error)}"
        print(f"fangzhi: {for_terminal(message)}", file=sys.stderr)
    summary = published()
    assert summary is not None, "a run that ends well has published"
    show_summary(summary)


def _loader(settings: Settings, *, verbose: bool) -> Callable[[list[str], Path, Settings, bool], object]:
    """What loads sources: the flow where Prefect is to keep the run, else the job itself."""
    from flows.settings import prepare_prefect  # noqa: PLC0415

    if settings.server or "PREFECT_API_URL" in os.environ:
        prepare_prefect(os.environ, verbose=verbose)
        from flows.embedded_server import server_of_run  # noqa: PLC0415
        from flows.gazetteer import gazetteer  # noqa: PLC0415

        def load_watched(sources: list[str], warehouse: Path, settings: Settings, rebuild: bool) -> object:
            with server_of_run(os.environ):
                return gazetteer(sources, warehouse, rebuild, settings)

        return load_watched
    from flows.job import load_sources  # noqa: PLC0415

    if verbose:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    return lambda sources, warehouse, settings, rebuild: load_sources(sources, warehouse, settings, rebuild=rebuild)


@app.command()
def explain(
    source: Annotated[str, typer.Argument(metavar="FILE_OR_URL", help="The page to take apart.", show_default=False)],
    fact: Annotated[
        int | None, typer.Option(help="Only the fact of this number, with all that led to it.", show_default=False)
    ] = None,
    warehouse: Annotated[
        Path | None,
        typer.Option(
            "--warehouse",
            "-w",
            metavar="FILE.duckdb",
            help="Read the page as a run into this warehouse would, which knows what its site prints on every page.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Take one page apart: its repairs, its removed blocks with their reasons, its articles and their facts as
    found."""
    from flows.explanation import UnreadableError, explain_page  # noqa: PLC0415
    from flows.settings import Settings  # noqa: PLC0415

    if warehouse is not None:
        check_shape(warehouse)
    try:
        explain_page(source, Settings.from_environment(os.environ), fact=fact, warehouse=warehouse)
    except UnreadableError as error:
        stop(error.exit_status, str(error))


@app.command()
def check(
    sources: Annotated[Path, typer.Argument(metavar="SOURCES.toml", help="The list of sources.", show_default=False)],
    source: Annotated[list[str] | None, typer.Option(help="Only the source of this name; may be repeated.")] = None,
) -> None:
    """Visit the index pages of a list of sources and print what a run would ask for; nothing is written."""
    from flows.settings import Settings  # noqa: PLC0415
    from tasks.sources.source_lists import SourceListError, read_source_list  # noqa: PLC0415

    try:
        entries = read_source_list(sources)
        settings = Settings.from_environment(os.environ)
    except (SourceListError, ValueError) as error:
        stop(2, f"{sources}: {one_line(error)}")
    unknown = sorted(set(source or ()) - {entry.name for entry in entries})
    if unknown:
        stop(2, f"{sources}: there is no source {unknown[0]!r} in it")
    from flows.checking import check_sources  # noqa: PLC0415

    chosen = [entry for entry in entries if not source or entry.name in source]
    failed = check_sources(chosen, settings.manners, settings.http_max_bytes)
    if failed:
        stop(1, f"{failed} of {len(chosen)} sources name no page")


@app.command()
def verify(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="Move damaged packs out of the store and keep what is sound in them.")
    ] = False,
) -> None:
    """Check the raw store beside a warehouse: every pack, every row, every body against its hash."""
    from flows.verifying import verify_store  # noqa: PLC0415

    if not verify_store(warehouse, storage_of(os.environ), set_aside=set_aside):
        raise typer.Exit(1)


@app.command()
def serve(
    sources: Annotated[Path, typer.Option(metavar="SOURCES.toml", help="The sources each run visits.")] = Path(
        "sources.toml"
    ),
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the Prefect server and its UI.")] = 4200,
    host: Annotated[str, typer.Option(help="Address the server listens at.")] = "127.0.0.1",
    cron: Annotated[str, typer.Option(help="When to run, in Asia/Shanghai.")] = "30 6 * * *",
    alarm: Annotated[
        str | None,
        typer.Option(envvar="FANGZHI_ALARM", help="Webhook, or Apprise address such as mailtos://…, told of failures."),
    ] = None,
) -> None:
    """Keep a Prefect server and run every day at 06:30 Asia/Shanghai over the sources of a sources.toml."""
    from tasks.sources.source_lists import SourceListError, read_source_list  # noqa: PLC0415
    from warehouse.files import WarehouseError, WarehouseFiles, check_target  # noqa: PLC0415

    try:
        read_source_list(sources)
        check_target(WarehouseFiles(warehouse))
    except (SourceListError, WarehouseError) as error:
        stop(2, f"{sources}: {error}" if isinstance(error, SourceListError) else str(error))
    from flows.settings import prepare_prefect  # noqa: PLC0415

    prepare_prefect(os.environ)
    from flows.serving import ServerError, serve_daily  # noqa: PLC0415

    try:
        serve_daily(sources.resolve(), warehouse.resolve(), (host, port), cron, os.environ, alarm)
    except ServerError as error:
        stop(1, str(error))
    except KeyboardInterrupt:
        stop(0, "stopped")


for command in DESK:
    app.command()(command)


def main() -> None:
    """The entry point of the console script. Being told to end (SIGTERM) ends a command as Ctrl-C does."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        app()
    except SystemExit as end:
        server = sys.modules.get("flows.embedded_server")
        if server is not None and server.is_lost():  # Prefect would wait for it at exit, for minutes
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(end.code if isinstance(end.code, int) else int(end.code is not None))
        raise


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _let_go(error: BaseException | None) -> None:
    """Free what the frames of a failed run hold: DuckDB prints forty lines on connections that outlive it at exit."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
