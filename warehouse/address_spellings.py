"""Which addresses are spellings of one: with and without https, www., the name of the index page, what counts readers.

A link that was shared carries who shared it (``?spm=``, ``&from=timeline``), a page that is asked for anew a number
that no cache knows (``?v=2``). Telephones have a host of their own (m., wap.): what it shows at the same path is often
the same article, but it may be a shorter one, so that such an address is a twin and no spelling.
"""

from __future__ import annotations

import polars as pl

from tasks.sources.page_names import SHARED, SHARED_FROM

# Parameters that say whence a reader came or which software asked; none of them chooses what a page shows. What a
# fetch leaves out of an address is left out here too, so that a page known by one name has one address. Of the others a
# fetch cannot be sure, and asks; what it brings is held to be the same page here.
_TRACKERS = (
    rf"{SHARED}|spm_id_from|scm|share_?(?:token|from|id|uid|user|type|source|medium|times)?|sharer_\w+"
    r"|mpshare|scene|srcid|chksm|pass_ticket|exportkey|wx_header|tdsourcetag|wfr"
    rf"|from=(?:{SHARED_FROM}|weixin|wechat|sinaweibo|qzone)|timestamp|rand(?:om)?|ver"
)
# A letter with a number behind it breaks a cache where the path names a file, and chooses a thread elsewhere.
_CACHE_BREAKERS = r"(\.(?:s|x)?html?\?(?:[^#]*&)?)(?:v|t|r|_)=[\d.]+(?:&|$|(#))"
_INDEX_PAGE = r"/(?:index|default)\.(?:s?html?|php|aspx?|jsp)($|[?#])"
_TELEPHONE_HOST = r"^(?:m|wap|3g|mobile)\.([^/]+\.)"


def with_addresses(documents: pl.DataFrame) -> pl.DataFrame:
    """``documents`` with the ``address`` that their ``uri`` spells, and the ``twin``, which telephones share with it.

    What is no http address (a file, the name of a row) is its own.

    >>> spelled = ["https://www.qingshi.example/a/1.html?v=2&spm=a1", "http://qingshi.example/a/1.html#top",
    ...            "http://m.qingshi.example/a/1.html", "http://qingshi.example/a/index.html",
    ...            "https://qingshi.example/a", "http://qingshi.example/show.php?t=7&from=timeline", "rows.jsonl"]
    >>> found = with_addresses(pl.DataFrame({"uri": spelled}))
    >>> found["address"].to_list()[:3]
    ['qingshi.example/a/1.html', 'qingshi.example/a/1.html', 'm.qingshi.example/a/1.html']
    >>> found["address"].to_list()[3:]
    ['qingshi.example/a', 'qingshi.example/a', 'qingshi.example/show.php?t=7', 'rows.jsonl']
    >>> found["twin"].to_list()[2]
    'qingshi.example/a/1.html'
    """
    parts = pl.col("uri").str.extract_groups(r"^(?i:https?)://(?:[^/?#@]*@)?(?i:www\.)?([^/?#]+)(.*)$")
    host, rest = parts.struct.field("1").str.to_lowercase(), parts.struct.field("2")
    rest = (
        rest.str.replace(r"#(?:[^/!].*)?$", "")
        .str.replace_all(rf"([?&])(?:{_TRACKERS})(?:=[^&#]*)?(?:&|$)", "$1")
        .str.replace_all(rf"([?&])(?:{_TRACKERS})(?:=[^&#]*)?(?:&|$)", "$1")  # of two in a row the second
        .str.replace(_CACHE_BREAKERS, "$1$2")
        .str.replace(_CACHE_BREAKERS, "$1$2")
        .str.replace(r"[?&]+($|#)", "$1")
        .str.replace(_INDEX_PAGE, "/$1")
        .str.replace(r"/+($|[?#])", "$1")
    )
    address = pl.when(host.is_null()).then("uri").otherwise(host + rest)
    return documents.with_columns(address=address).with_columns(
        twin=pl.col("address").str.replace(_TELEPHONE_HOST, "$1")
    )
