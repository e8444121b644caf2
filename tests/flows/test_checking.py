"""``fangzhi check``: what a run would ask for, source by source."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from flows.command import app
from tests.sources.loopback import loopback_web

LIST = "".join(
    f'<li><a href="/news/2024/t{n}.html">{town}镇把议事桌搬进院坝</a><span>2024-03-0{n}</span></li>'
    for n, town in enumerate(["南岭", "青石", "河湾"], 1)
)


def check(tmp_path: Path, text: str) -> tuple[int, str]:
    path = tmp_path / "county.toml"
    path.write_text(text, "utf-8")
    result = CliRunner().invoke(
        app, ["check", str(path)], env={"FANGZHI_HOST_DELAY_SECONDS": "0", "FANGZHI_ALLOW_PRIVATE": "127.0.0.0/8"}
    )
    return result.exit_code, result.output


def test_each_source_says_what_it_names_and_how_it_was_told(tmp_path: Path) -> None:
    with loopback_web({"/news/": f"<ul>{LIST}</ul>", "/empty/": "<p>暂无内容</p>"}) as web:
        status, printed = check(
            tmp_path,
            f'[[source]]\nname = "towns"\nkind = "section"\nlocations = ["{web.address}/news/"]\n'
            f'[[source]]\nname = "void"\nkind = "section"\nlocations = ["{web.address}/empty/"]\n',
        )
        assert set(web.asked) == {"/robots.txt", "/news/", "/empty/"}
    assert status == 1
    assert "1 index pages, 3 articles" in printed
    assert "/news/#/t#.html" in printed
    assert "2024-03-01" in printed
    assert "section_empty" in printed
    assert "1 of 2 sources name no page" in printed


def test_a_list_with_an_unknown_key_is_a_bad_argument(tmp_path: Path) -> None:
    status, printed = check(tmp_path, '[[source]]\nname = "a"\nlocations = ["x"]\nfrequency = 3\n')
    assert status == 2
    assert "frequency" in printed
