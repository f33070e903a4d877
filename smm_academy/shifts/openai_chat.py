"""Asks an OpenAI-compatible endpoint for one answer in a strict schema.

Standard library alone: one POST, no redirects, a time limit, a limit on what is read.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, NoReturn

from smm_academy.config import OpinionSettings

TIMEOUT_SECONDS = 25
LARGEST_ANSWER = 64_000
ANSWER_TOKENS = 500
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


class NoAnswer(OSError):
    """The endpoint cannot be reached, refuses, or says something else than was asked for.

    ``passing`` tells whether the same question may well be answered later.
    """

    def __init__(self, said: str, *, passing: bool = False) -> None:
        super().__init__(said)
        self.passing = passing


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_where: object) -> NoReturn:
        raise NoAnswer("The endpoint sends us elsewhere. Set the address it really has.")


def ask(
    settings: OpinionSettings,
    instructions: str,
    told: Mapping[str, Any],
    schema: Mapping[str, Any],
) -> Any:  # noqa: ANN401 - JSON; the caller checks it against the schema
    """Return the JSON that a model answers.

    ``told`` travels as one JSON document in a message of its own, apart from the instructions, so
    that nothing a learner writes stands where instructions stand. Raises `NoAnswer`.
    """
    body = {
        "model": settings.model,
        "messages": [
            {"role": "system", "content": instructions},
            {"role": "user", "content": json.dumps(told, ensure_ascii=False)},
        ],
        "temperature": 0,
        "max_tokens": ANSWER_TOKENS,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "opinion", "strict": True, "schema": schema},
        },
    }
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if settings.key:
        headers["Authorization"] = f"Bearer {settings.key}"
    request = urllib.request.Request(  # noqa: S310 - the operator's own address, http or https
        f"{settings.url}/chat/completions", json.dumps(body).encode(), headers
    )
    try:
        opener = urllib.request.build_opener(_NoRedirects)
        with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            raw = answer.read(LARGEST_ANSWER + 1)
    except urllib.error.HTTPError as error:
        passing = error.code in PASSING
        raise NoAnswer(f"The endpoint refused: status {error.code}.", passing=passing) from None
    except NoAnswer:
        raise
    except (OSError, ValueError) as error:
        said = f"The endpoint cannot be reached: {type(error).__name__}."
        raise NoAnswer(said, passing=True) from None
    return _content(raw)


def _content(raw: bytes) -> Any:  # noqa: ANN401 - JSON
    if len(raw) > LARGEST_ANSWER:
        raise NoAnswer("The answer is too long.")
    try:
        return json.loads(json.loads(raw)["choices"][0]["message"]["content"])
    except (ValueError, LookupError, TypeError, RecursionError):
        raise NoAnswer("The answer is not what the interface promises.") from None
