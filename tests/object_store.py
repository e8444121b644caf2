"""A server on loopback that speaks S3, for tests of what is kept in an object store."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock
from urllib.request import Request, urlopen


@contextmanager
def object_store() -> Iterator[str]:
    """The address of an empty bucket, with the variables set by which clients find its server."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 (an extra)

    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    variables = {
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ALLOW_HTTP": "true",
    }
    try:
        with mock.patch.dict(os.environ, variables):
            urlopen(Request(f"http://{host}:{port}/pages-{port}", method="PUT"))  # makes the bucket
            yield f"s3://pages-{port}/corpus"
    finally:
        server.stop()
