"""Errors over HTTP: one form for all, that of the OpenAI API, with words that say what to do.

Knows nothing of routes.
"""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from penchant.assistant import EditError, FeedbackError, TasteError, UnknownSession
from penchant.assistant.session.stores import NotKept
from penchant.retriever import IndexMismatch, PenchantError

from ..api import ArgumentError, PeopleError, RepeatedRequest, UnknownName
from .json_body import InvalidJson


class UnknownModel(PenchantError):
    """The model asked for is not this one."""


class ErrorDetail(BaseModel):
    """What is wrong: words, whose fault it is, and a code to tell cases apart."""

    message: str
    type: str = "invalid_request_error"
    code: str


class Problem(BaseModel):
    """The body of every answer that is an error."""

    error: ErrorDetail


_STATUSES: tuple[tuple[type[PenchantError], int], ...] = (
    (UnknownSession, 404),
    (UnknownName, 404),
    (UnknownModel, 404),
    (RepeatedRequest, 409),
    (EditError, 409),
    (FeedbackError, 409),
    (TasteError, 409),
    (PeopleError, 409),
    (IndexMismatch, 409),
    (NotKept, 507),
)
_UNFIT = 422


def problem(status: int, message: str, code: str, headers: dict[str, str] | None = None) -> JSONResponse:
    kind = "invalid_request_error" if status < 500 else "server_error"
    body = Problem(error=ErrorDetail(message=message, type=kind, code=code))
    return JSONResponse(body.model_dump(), status, headers)


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For the OpenAPI schema: these statuses answer with a Problem."""
    return {status: {"model": Problem} for status in statuses}


def add_handlers(app: FastAPI) -> None:
    """Gives every error of an app this form; unexpected ones say nothing of what happened."""

    @app.exception_handler(PenchantError)
    def refused(request: Request, error: PenchantError) -> JSONResponse:
        status = next((status for kind, status in _STATUSES if isinstance(error, kind)), _unfit(request))
        return problem(status, str(error), code_of(error))

    @app.exception_handler(ArgumentError)
    def wrong(request: Request, error: ArgumentError) -> JSONResponse:
        return problem(_unfit(request), str(error), "invalid_arguments")

    @app.exception_handler(RequestValidationError)
    def unfit(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem(_unfit(request), "; ".join(map(_said, error.errors())), "invalid_arguments")

    @app.exception_handler(InvalidJson)
    def no_json(_: Request, error: InvalidJson) -> JSONResponse:
        return problem(400, error.detail, "invalid_json")

    app.add_exception_handler(HTTPException, http_problem)

    @app.exception_handler(Exception)
    def broken(_: Request, error: Exception) -> JSONResponse:
        return problem(500, "something went wrong here; the server's log has it", "internal_error")


def http_problem(request: Request, error: Exception) -> JSONResponse:
    """An error of the web framework: above all, of a route that there is not."""
    assert isinstance(error, HTTPException)
    path, method, status = request.url.path, request.method, error.status_code
    said = {404: f"there is nothing at {path}", 405: f"{path} does not answer {method}"}.get(status, str(error.detail))
    return problem(status, said, f"http_{status}", dict(error.headers or {}))


def code_of(error: PenchantError) -> str:
    """UnknownSession is unknown_session."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(error).__name__).lower()


def _said(error: dict[str, Any]) -> str:
    """What is wrong with an argument, or with the whole body."""
    where = ".".join(map(str, error["loc"][1:]))
    return (
        f"{where}: {error['msg']}" if where else "the body must be a JSON object, with Content-Type: application/json"
    )


def _unfit(request: Request) -> int:
    """The OpenAI API answers 400 to what does not fit."""
    return 400 if request.url.path.startswith("/v1/") else _UNFIT
