"""Memory of a run over input that unfolds to thousands of times its size: ``python -m tests.benchmarks.bench_bombs
[sample] [pages] [bombs]``.

Three runs into fresh warehouses: over the bundled sample alone; over the sample and as many bytes of ordinary pages as
the bombs leave in the raw store; over the sample and every bomb there is, in files and from a server on the loopback
address. Printed are the most memory that a process of each kind held, the ratios, and what became of each bomb. Nothing
of it is larger than some megabytes before it is opened.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tests.benchmarks.bench_kills import environment, processes
from tests.flows.sample_runs import SAMPLE_SOURCES
from tests.sources.loopback import Request, serving

PROJECT = Path(__file__).resolve().parents[2]
UNFOLDED_BYTES = 1_000_000_000
ORDINARY_BYTES = 50_000_000  # what the raw store holds of the bombs, unpacked: a text of 45 MB and two pages
PAGE_BYTES = 50_000
_CHUNK = bytes(10_000_000)


def unfolding(compressor: object, head: bytes = b"") -> bytes:
    """``head`` and UNFOLDED_BYTES of zeros as ``compressor`` (of zlib or brotli) packs them."""
    pack = getattr(compressor, "compress", None) or compressor.process  # type: ignore[attr-defined]
    last = getattr(compressor, "finish", None) or compressor.flush  # type: ignore[attr-defined]
    return b"".join([pack(head), *(pack(_CHUNK) for _ in range(UNFOLDED_BYTES // len(_CHUNK))), last()])


def gzipped(head: bytes = b"") -> bytes:
    return unfolding(zlib.compressobj(9, wbits=31), head)


def bomb_files(folder: Path) -> None:
    """A bomb for every reader of files."""
    folder.mkdir()
    row = b'{"uri": "http://a.example/1", "text": "'
    (folder / "rows.jsonl.gz").write_bytes(gzipped(row))
    (folder / "harvest.warc.gz").write_bytes(
        gzipped(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1000000000\r\n\r\n")
    )
    (folder / "sitemap.xml.gz").write_bytes(
        gzipped(b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>')
    )
    (folder / "feed.xml").write_text(
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + ']><rss version="2.0"><channel><item><title>&j;</title></item></channel></rss>'
    )
    text = pa.array(["县里开会。" * 200_000])
    repeated = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), text)
    pq.write_table(pa.table({"text": repeated}), folder / "rows.parquet")
    (folder / "attributes.html").write_text(
        "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">县里开会。</p>", "utf-8"
    )
    (folder / "deep.html").write_text("<div>" * 300_000 + "县里开会。", "utf-8")
    (folder / "long.txt").write_text("县里开会，" * 3_000_000, "utf-8")
    # As large as a file may be, so that what is refused is refused for what is in it.
    head, foot = "<html><head><title>议事厅开门</title></head><body><p>", "</p></body></html>"
    (folder / "book.html").write_text(head + "县里开会，" * 1_590_000 + foot, "utf-8")
    (folder / "images.html").write_text(f"{head}县里开会。<img src='data:image/png;base64,{'QUJD' * 5_900_000}'>{foot}")
    (folder / "long.jsonl").write_text('{"uri": "http://a.example/2", "text": "' + "县里开会，" * 1_590_000 + '"}')


def answers() -> dict[str, tuple[bytes, str]]:
    """What the server sends under each path, and the encoding it says that is in."""
    packed = gzipped()
    return {
        "/gzip.html": (packed, "gzip"),
        "/twice.html": (gzip.compress(packed, mtime=0), "gzip, gzip"),
        "/br.html": (unfolding(brotli.Compressor(quality=1)), "br"),
        "/deflate.html": (unfolding(zlib.compressobj(9)), "deflate"),
    }


def ordinary_pages(folder: Path) -> None:
    """ORDINARY_BYTES of pages of a county's site, every one another."""
    folder.mkdir()
    for number in range(ORDINARY_BYTES // PAGE_BYTES):
        title = f"第{number}村开起议事会"
        sentence = f"第{number}村的居民把第{{0}}件事带进议事厅，镇党委书记到场，当场定下{{0}}条办法。"
        text = "".join(f"<p>{sentence.format(part)}</p>\n" for part in range(PAGE_BYTES // 120))
        page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>"
        (folder / f"{number}.html").write_text(page, "utf-8")


def most_memory(command: list[str], environment: dict[str, str], home: Path) -> tuple[dict[str, float], str]:
    """The peak of each kind of process of a command in MB, and what the command printed."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peaks = {"main": 0, "worker": 0, "server": 0}
    while process.poll() is None:
        for number, line in processes(home).items():
            kind = "worker" if "spawn_main" in line else "server" if "uvicorn" in line else "main"
            try:
                status = Path(f"/proc/{number}/status").read_text("ascii", "replace")
                peaks[kind] = max(peaks[kind], int(status.partition("VmHWM:")[2].split()[0]))
            except (OSError, IndexError):  # it has just ended
                continue
        time.sleep(0.2)
    said = process.stdout.read() if process.stdout else ""
    return {kind: peak / 1024 for kind, peak in peaks.items()}, said


def main() -> None:
    """Make the runs that the command line names, or all three, and print what was seen."""
    with TemporaryDirectory() as place:
        root = Path(place)
        bomb_files(root / "bombs")
        ordinary_pages(root / "pages")
        sent = answers()

        def reply(request: Request) -> None:
            body, encoding = sent.get(request.path, (b"", ""))
            request.answer(
                body, "200 OK" if body else "404 Not Found", [f"Content-Encoding: {encoding}"] if body else []
            )

        with serving(reply) as port:
            urls = [f"http://127.0.0.1:{port}{path}" for path in sent]
            peaks = {}
            runs = {"sample": [], "pages": [str(root / "pages")], "bombs": [str(root / "bombs"), *urls]}
            chosen = {name: runs[name] for name in sys.argv[1:] or runs}
            for name, sources in chosen.items():
                warehouse = root / f"{name}.duckdb"
                start = [
                    sys.executable,
                    "-c",
                    "from flows.command import main; main()",
                    "run",
                    *SAMPLE_SOURCES,
                    *sources,
                ]
                extra = {"FANGZHI_ALLOW_PRIVATE": "127.0.0.0/8", "FANGZHI_HOST_DELAY_SECONDS": "0"}
                home = root / f"{name}.prefect"
                began = time.monotonic()
                peaks[name], said = most_memory([*start, "-w", str(warehouse)], environment(home) | extra, home)
                shown = ", ".join(f"{kind} {peak:,.0f} MB" for kind, peak in peaks[name].items())
                print(f"{name}: {shown} at the most, {time.monotonic() - began:.0f} s", flush=True)
                if not warehouse.exists():
                    raise SystemExit(said)
        for other in [name for name in ("sample", "pages") if name in peaks and "bombs" in peaks]:
            ratios = [f"{kind} {peak / peaks[other][kind]:.2f}" for kind, peak in peaks["bombs"].items() if peak]
            print(f"bombs to {other}:", ", ".join(ratios))
        if "bombs" not in peaks:
            return
        with duckdb.connect(str(root / "bombs.duckdb"), read_only=True) as connection:
            found = "select uri, reason, detail from core.rejections where source not in ? order by uri"
            for uri, reason, detail in connection.execute(found, [SAMPLE_SOURCES]).fetchall():
                print(f"{uri.rsplit('/', 1)[-1]}: {reason}: {detail[:100]}")


if __name__ == "__main__":
    main()
