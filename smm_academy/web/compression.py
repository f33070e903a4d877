"""Sends pages compressed, with a random length, so that the length tells nothing of a secret."""

import gzip
import secrets

from flask import Flask, Response, request

LEAST_BYTES = 1500
LEVEL = 5
MOST_PADDING = 96


def set_up_compression(app: Flask) -> None:
    """Compress every page of an application that is worth it."""

    @app.after_request
    def compress(response: Response) -> Response:
        if (
            response.mimetype not in {"text/html", "application/json"}
            or response.is_streamed
            or "Content-Encoding" in response.headers
            or "gzip" not in request.headers.get("Accept-Encoding", "")
        ):
            return response
        page = response.get_data()
        if len(page) < LEAST_BYTES:
            return response
        if response.mimetype == "text/html":
            # A compressed page that holds a token and echoes input leaks by its length (BREACH);
            # padding of random length, inside the page, hides a difference of single bytes.
            page += (
                f"<!-- {secrets.token_urlsafe(1 + secrets.randbelow(MOST_PADDING))} -->".encode()
            )
        response.set_data(gzip.compress(page, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.add("Vary", "Accept-Encoding")
        return response
