"""The OpenAPI 3.1 document, made from the routes and the shapes' examples, and the page that shows it.

`python -m server.openapi` writes `docs/openapi.json` and `docs/errors.md`; a test says when either differs.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin

import msgspec
from litestar import Litestar, Request, Response, get
from litestar._openapi.plugin import OpenAPIPlugin
from litestar.datastructures import CacheControlHeader
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Tag
from litestar.routes import HTTPRoute
from litestar.static_files import create_static_files_router

import tenants
from server import errors
from server.callers import NotRecognised
from server.health import VERSION
from tenants.kit.errors import Conflict, DomainError, NotAllowed, NotFound, Refused, TooOften
from tenants.kit.parts import gather
from tenants.kit.shapes import Page, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from litestar.handlers import HTTPRouteHandler

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "openapi.json"
ERRORS = ROOT / "docs" / "errors.md"
STATIC = Path(__file__).resolve().parent / "static"
COMMAND = "python -m server.openapi"
UNSAFE = ("post", "put", "patch", "delete")
_CODE = re.compile(r"`([a-z_]+(?:\.[a-z_]+)?)`")
_PAGE_OF = re.compile(r"\bPage_[\w.]*\.(\w+?)_(?=\")")  # Litestar's name of Page[tenants.orders.api.OrderShown]
_ASSETS_SECONDS = 86_400
_COMMAND_LINE = frozenset({"server.cli", "server.demo", "server.loading"})  # what they refuse is never said over HTTP

DESCRIPTION = """\
Points, levels, check-ins, vouchers, a points mall and greetings for the members of an online shop.
面向网店会员的积分、等级、签到、优惠券、积分商城与关怀。

**Two doors.** `/v1` is for the shop's backend and takes its secret key as `Authorization: Bearer sk_live_…`; never put
that key into a page. `/v1/me` is for one member and takes a member token (`mt_…`); a page on another origin also sends
the shop's publishable key as `X-Publishable-Key`.

**Safe to repeat.** Send an `Idempotency-Key` with any call that writes: the same key with the same input answers with
the same bytes and `Idempotency-Replayed: true`; with other input, 422 `idempotency.reused`. Only what was done is kept,
so a refused call may be tried again with the same key. Where a call takes a `reference`, that is unique for ever.

**Lists** answer `{data, has_more, next_cursor}`; pass `next_cursor` as `cursor`. `limit` is 1 to 100, 20 if left out.

**Errors** are RFC 9457 problems (`application/problem+json`). `code` never changes and is for programs; `detail` is a
sentence for people, in the language of `Accept-Language` (`en`, `zh`). All codes: `docs/errors.md`.

**Forms.** Ids are prefixed (`mem_…`), times RFC 3339 in UTC, days `YYYY-MM-DD` in the shop's time zone, money decimal
strings in the shop's currency, points whole numbers. A body with an unknown field is refused; an unknown query
parameter is ignored.
"""

_OWN_TAGS = {
    "Sessions": "How a member comes in: tokens, signed sign-ins and one-time links. 登录",
    "Health": "For load balancers and operators. 运维",
}

CONFIG = OpenAPIConfig(
    title="Regulars 熟客", version=VERSION, description=DESCRIPTION, use_handler_docstrings=True, create_examples=False
)

_ON_THE_WAY = frozenset({"server.callers", "server.errors", "server.limits", "server.sessions"})
_HEALTH_EXAMPLES: dict[str, Any] = {
    "getLiveness": {"status": "ok"},
    "getReadiness": {"status": "ok", "database": "ok"},
    "getVersion": {"version": VERSION, "revision": "0001", "commit": ""},
}

_SECURITY_SCHEMES = {
    "secretKey": {
        "type": "http", "scheme": "bearer",
        "description": "The shop's secret key `sk_live_…`, from its backend only.",
    },
    "memberToken": {
        "type": "http", "scheme": "bearer",
        "description": "A member token `mt_…`, good for an hour; see Sessions.",
    },
    "publishableKey": {
        "type": "apiKey", "in": "header", "name": "X-Publishable-Key",
        "description": "Names the shop and allows the page's origin. Not a secret.",
    },
}  # fmt: skip

_PARAMETERS = {
    "IdempotencyKey": {
        "name": "Idempotency-Key", "in": "header", "required": False,
        "description": "1 to 255 printable characters of your choice. A repeat with the same key and input is"
                       " answered as the first time, with `Idempotency-Replayed: true`, and does nothing.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
        "example": "order-1001-points",
    },
    "AcceptLanguage": {
        "name": "Accept-Language", "in": "header", "required": False,
        "description": "`en` or `zh`; the shop's own language if left out.",
        "schema": {"type": "string"},
        "example": "zh-CN",
    },
}  # fmt: skip

_PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. `code` is for programs and never changes, `detail` is for people.",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "A URN made of the code."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence in the reader's language."},
        "code": {"type": "string", "description": "Stable; see docs/errors.md."},
        "param": {"type": "string", "description": "The field that cannot be used."},
        "errors": {
            "type": "array",
            "items": {"type": "object", "properties": {"param": {"type": "string"}, "problem": {"type": "string"}}},
        },
        "request_id": {"type": "string", "description": "Tell us this when you ask for help."},
    },
}

# Status → what it means, an error that gives it, and for which operations it is listed.
_PROBLEMS: dict[int, tuple[str, type[DomainError]]] = {
    400: ("The request does not have the documented form.", errors.WrongInput),
    401: ("The key or token is missing, wrong or over.", NotRecognised),
    403: ("The caller may not do this.", NotAllowed),
    404: ("It is not there, or not yours.", NotFound),
    409: ("It clashes with something done before, or the first request with this key is still running.", Conflict),
    413: ("The body is too large.", errors.TooLarge),
    415: ("The body is not of the documented media type.", errors.WrongMediaType),
    422: ("The rules of the business say no.", Refused),
    429: ("Too many requests; wait as long as `Retry-After` says.", TooOften),
    500: ("Our fault. Nothing was done.", errors.Failed),
    503: ("Not possible just now; try again.", errors.Retry),
}


def build(app: Litestar) -> dict[str, Any]:
    """The document of an application, in a stable order."""
    plugin = app.plugins.get(OpenAPIPlugin)
    # Without a config the plugin gathers routes but serves none; with one it would bring pages that call a CDN.
    plugin._openapi_config = CONFIG  # noqa: SLF001
    text = msgspec.json.encode(plugin.provide_openapi_schema()).decode()
    document: dict[str, Any] = json.loads(_PAGE_OF.sub(r"\1Page", text))
    used: set[str] = set()
    for path, verb, handler in operations(app):
        operation = document["paths"][path][verb]
        _complete(operation, path, verb, handler)
        used.update(operation["tags"])
    document["paths"] = {path: document["paths"][path] for path in sorted(document["paths"])}
    components = document.setdefault("components", {})
    components["schemas"] = dict(sorted({**components.get("schemas", {}), "Problem": _PROBLEM}.items()))
    components["parameters"] = _PARAMETERS
    components["responses"] = {f"Problem{status}": _problem_response(status) for status in _PROBLEMS}
    components["securitySchemes"] = _SECURITY_SCHEMES
    document["servers"] = [{"url": "/", "description": "The shop's own host"}]
    told = _OWN_TAGS | {name: text for module in gather("api") for name, text in module.TAGS.items()}
    document["tags"] = [Tag(name=name, description=told[name]).to_schema() for name in sorted(used)]
    return document


def operations(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """Every documented operation: path, verb in lower case, handler."""
    for route in sorted(app.routes, key=lambda route: route.path):
        if not isinstance(route, HTTPRoute):
            continue
        for method, (handler, _) in sorted(route.route_handler_map.items()):
            if method.lower() in ("get", *UNSAFE) and handler.resolve_include_in_schema():
                yield route.path_format, method.lower(), handler


def example_of(annotation: Any) -> Any:
    """The example of a shape, a page or list of shapes, or a response of one; None where there is none."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation.EXAMPLE or None
    if origin is Page:
        return {"data": [example_of(arguments[0])], "has_more": False, "next_cursor": None}
    if origin is list:
        return [example_of(arguments[0])]
    return next((found for argument in arguments if (found := example_of(argument)) is not None), None)


def codes_in(text: str) -> list[str]:
    """The error codes that a docstring names after `Error:` or `Errors:`, in order."""
    told = re.split(r"\bErrors?:", text)[1:]
    return [code for part in told for code in _CODE.findall(part)]


def error_classes() -> list[type[DomainError]]:
    """Every error of ours that can leave, by code."""
    # All of the domain, whatever this process happens to have loaded; of the server what a request passes through.
    for module in pkgutil.walk_packages(tenants.__path__, "tenants."):
        if ".migrations." not in module.name:
            importlib.import_module(module.name)
    found: dict[tuple[str, str], type[DomainError]] = {}
    waiting = list(DomainError.__subclasses__())
    while waiting:
        kind_ = waiting.pop()
        waiting.extend(kind_.__subclasses__())
        if kind_.__module__.startswith("tenants.") or kind_.__module__ in _ON_THE_WAY:
            found.setdefault((kind_.code, kind_.sentence.en), kind_)
    return [found[key] for key in sorted(found)]


def errors_page() -> str:
    """The table of all error codes, in Markdown."""
    lines = [
        "# Error codes",
        "",
        f"Made from the code by `{COMMAND}`. `code` is what a program should look at; the sentence follows",
        "`Accept-Language`, with the places in braces filled in.",
        "",
        "| code | status | English | 中文 |",
        "|---|---|---|---|",
    ]
    for kind in error_classes():
        status = errors.status_of(kind.__new__(kind))
        lines.append(f"| `{kind.code}` | {status} | {_cell(kind.sentence.en)} | {_cell(kind.sentence.zh)} |")
    return "\n".join(lines) + "\n"


def to_json(document: dict[str, Any]) -> str:
    """The document as it is written down."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _complete(operation: dict[str, Any], path: str, verb: str, handler: HTTPRouteHandler) -> None:
    """Add what Litestar cannot know: keys, headers, problems, examples."""
    member, server = f"{path}/".startswith("/v1/me/"), path.startswith("/v1/")
    operation.setdefault("tags", [])
    operation.setdefault("security", [])
    parameters = operation.setdefault("parameters", [])
    parameters.append({"$ref": "#/components/parameters/AcceptLanguage"})
    if server and verb in UNSAFE:
        parameters.append({"$ref": "#/components/parameters/IdempotencyKey"})
    if member:
        open_ = bool(handler.opt.get("open"))
        operation["security"] = (
            [{}, {"publishableKey": []}] if open_ else [{"memberToken": []}, {"memberToken": [], "publishableKey": []}]
        )
    elif server:
        operation["security"] = [{"secretKey": []}]
    body = handler.parsed_data_field
    if content := operation.get("requestBody", {}).get("content"):
        _set_example(content, example_of(body.annotation) if body is not None else None)
    answer = example_of(handler.parsed_fn_signature.return_type.annotation)
    if answer is None:
        answer = _HEALTH_EXAMPLES.get(operation.get("operationId", ""))
    responses = operation["responses"]
    for status, response in responses.items():
        if status.startswith("2"):
            _set_example(response.get("content", {}), answer)
    responses.pop("400", None)  # Litestar's own form of it, which we do not send
    for status in _problems_of(path, verb, has_body=bool(content)):
        responses[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    operation["responses"] = dict(sorted(responses.items()))


def _set_example(content: dict[str, Any], example: Any) -> None:
    for media in content.values():
        if "example" in media:
            media["examples"] = {"example": {"value": media.pop("example")}}
        if example is not None:
            media["examples"] = {"example": {"value": example}}


def _problems_of(path: str, verb: str, *, has_body: bool) -> list[int]:
    if not path.startswith("/v1/"):
        return [500]
    found = [400, 401, 403, 404, 429, 500, 503]
    if verb in UNSAFE:
        found += [409, 422]
    if has_body:
        found += [413, 415]
    return found


def _problem_response(status: int) -> dict[str, Any]:
    words, kind = _PROBLEMS[status]
    example = {
        "type": f"urn:regulars:error:{kind.code}",
        "title": errors.title_of(kind),
        "status": status,
        "detail": kind.sentence.en.format(seconds=3) if "{seconds}" in kind.sentence.en else kind.sentence.en,
        "code": kind.code,
        "request_id": "req_0f1e2d3c4b5a6978",
    }
    return {
        "description": words,
        "content": {
            errors.MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {"example": {"value": example}},
            }
        },
    }


_PAGE = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Regulars API</title>
<link rel="icon" href="/static/vendor/swagger-ui/favicon-32x32.png">
<link rel="stylesheet" href="/static/vendor/swagger-ui/swagger-ui.css">
<link rel="stylesheet" href="/static/docs.css">
</head>
<body>
<div id="docs">
<noscript>This page needs JavaScript; the document itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>
</div>
<script src="/static/vendor/swagger-ui/swagger-ui-bundle.min.js"></script>
<script src="/static/docs.js"></script>
</body>
</html>
"""

# The page runs our own scripts only and talks to its own host only. Swagger UI sets style attributes.
PAGE_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
        " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cache-control": "no-cache",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


@get("/docs", include_in_schema=False)
async def show_page() -> Response[bytes]:
    """The document for people to read and try."""
    return Response(_PAGE, media_type="text/html; charset=utf-8", headers=PAGE_HEADERS)


_written: dict[int, bytes] = {}


@get("/openapi.json", include_in_schema=False)
async def show_document(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The document for programs."""
    app = request.app
    if id(app) not in _written:
        _written[id(app)] = to_json(build(app)).encode()
    return Response(_written[id(app)], media_type="application/json", headers={"cache-control": "no-cache"})


ROUTES: list[Any] = [
    show_page,
    show_document,
    create_static_files_router(
        path="/static", directories=[STATIC], name="static", include_in_schema=False,
        cache_control=CacheControlHeader(public=True, max_age=_ASSETS_SECONDS)),
]  # fmt: skip


def main() -> None:
    """Write both documents."""
    from server.app import create_app  # noqa: PLC0415  it imports this module

    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(to_json(build(create_app())), encoding="utf-8")
    ERRORS.write_text(errors_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
