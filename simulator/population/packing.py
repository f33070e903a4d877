"""A community's state as bytes: one line of JSON, then packed arrays.

The graph and the traits are left out: they follow from members, seed and constants.
"""

import json
import math
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]


def pack(head: Mapping[str, object], arrays: Arrays) -> bytes:
    """Return the bytes of a state."""
    kinds = [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()]
    body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays.values())
    return json.dumps({**head, "arrays": kinds}).encode() + b"\n" + zlib.compress(body, 1)


def unpack(snapshot: bytes) -> tuple[dict[str, Any], Arrays]:
    """Return the head and the arrays of a state.

    Raises ``ValueError`` when the bytes are none.
    """
    try:
        line, body = snapshot.split(b"\n", 1)
        head: dict[str, Any] = json.loads(line)
        raw = zlib.decompress(body)
        arrays: Arrays = {}
        at = 0
        for name, kind, dimensions in head.pop("arrays"):
            count = math.prod(dimensions)
            part = np.frombuffer(raw, dtype=kind, count=count, offset=at)
            arrays[name] = part.reshape(dimensions).copy()
            at += part.nbytes
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        raise ValueError(f"these bytes are no snapshot of a community: {error}") from error
    return head, arrays


def checksum(head: Mapping[str, object], arrays: Arrays) -> int:
    """Return the CRC-32 of a state."""
    total = zlib.crc32(json.dumps(head).encode())
    for array in arrays.values():
        total = zlib.crc32(np.ascontiguousarray(array).tobytes(), total)
    return total
