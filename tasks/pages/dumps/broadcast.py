"""Scripts of broadcasts as text dumps: the cues (【导语】, 【同期声】) that tell who speaks are none of the text."""

from __future__ import annotations

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.lines import Line, aligned

LEAST_CUES = 2  # one word in brackets may head a text of any kind
_SPOKEN = "出录音|录音[止完]|压混|混播|口播|同期声?|配音|解说词?|画外音|出镜|录音|采访录音|演播室|音响|现场声|旁白"
# A cue in brackets, or before a colon; behind it may stand who speaks, or what is said.
_CUE = pattern_of(
    rf"^(?:[【\[（(]\s*(?:主持人|记者|主播)?(?P<boxed>{_SPOKEN}|导语|正文|采访|现场|字幕|片头|片尾|串词|编后语?|结束语|主持人|主播)"
    rf"\s*\d{{0,2}}\s*(?:[：:][^】\]）)]{{1,20}})?[】\]）)]\s*[：:]?|(?P<bare>{_SPOKEN})\s*\d{{0,2}}\s*[：:])\s*"
)
_IS_SPOKEN = pattern_of(rf"(?:{_SPOKEN})")


def take_cues(lines: list[Line]) -> None:
    """Take the cues of a script out of its lines; in a text that has none of speech, such words are headings.

    >>> lines = [Line(text, text) for text in ("【口播】电梯装好了。", "【同期声】", "居民：好！")]
    >>> take_cues(lines)
    >>> [(line.text, line.kind) for line in lines]
    [('电梯装好了。', ''), ('【同期声】', 'metadata'), ('居民：好！', '')]
    """
    cues = [
        (place, match)
        for place, line in enumerate(lines)
        if not line.kind and (match := _CUE.match(line.raw)) is not None
    ]
    words = [match["boxed"] or match["bare"] for _, match in cues]
    if len(cues) < LEAST_CUES or not any(map(_IS_SPOKEN.fullmatch, words)):
        return
    for place, match in cues:
        line = lines[place]
        start = aligned(line.text, match.group())
        if start >= len(line.text):
            line.kind, line.reason = "metadata", "cue of a script"
        else:
            line.cut_to(start, len(line.text))
            line.raw = line.raw[match.end() :]
