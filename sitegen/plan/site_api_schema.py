"""The JSON Schema (draft 2020-12) and the OpenAPI description (3.1) of `api/`.

Both are published as they stand here; a test holds every file of a built API against the schema.
"""

from __future__ import annotations

from typing import Any, Final

VERSION: Final = "1"  # of the API: raised when a field goes or changes its meaning

_DAY: Final = {"type": "string", "format": "date"}
_TEXT: Final = {"type": "string"}
_PATH: Final = {"type": "string", "description": "A file of the site, from its top folder."}
_COUNT: Final = {"type": "integer", "minimum": 0}
_SHARD: Final = {
    "type": "string",
    "pattern": r"^(\d{4}-\d{2}|undated-.)$",
    "description": "The month in which a paper was first listed; undated papers by a letter.",
}


def _texts(about: str) -> dict[str, Any]:
    return {"type": "array", "items": _TEXT, "description": about}


def _object(about: str, required: dict[str, Any], optional: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": about,
        "required": list(required),
        "properties": {**required, **optional},
        "additionalProperties": False,
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


_LISTING: Final = _object(
    "An appearance of a paper in a list.",
    {"source": _TEXT},
    {"day": _DAY, "curator": _TEXT, "url": _TEXT},
)
_PAPER: Final = _object(
    "A paper. What is not known has no field.",
    {
        "key": {**_TEXT, "description": "Its permanent name."},
        "path": {**_PATH, "description": "Its page."},
        "title": {**_TEXT, "description": "Plain text; formulas are read out."},
        "authors": _texts("In the order of the paper, given name first."),
        "topics": _texts("Slugs, the best first."),
        "listings": {"type": "array", "items": _ref("listing")},
        "citation_key": {**_TEXT, "description": "In the BibTeX, RIS and CSL-JSON files."},
    },
    {
        "abstract": {**_TEXT, "description": "Plain text; paragraphs are apart by a blank line."},
        "published": {**_DAY, "description": "When its authors published it."},
        "listed": {**_DAY, "description": "When it was first listed."},
        "updated": {**_DAY, "description": "When a list last changed something of it."},
        "ids": {"type": "object", "additionalProperties": _TEXT, "description": "By scheme."},
        "links": {"type": "object", "additionalProperties": _TEXT, "description": "By label."},
        "pdf": _TEXT,
        "code": _TEXT,
        "project": _TEXT,
        "venue": _TEXT,
        "categories": _texts("Of arXiv, the primary one first."),
        "tags": _texts("Keywords of the source."),
        "upvotes": _COUNT,
    },
)
_ENTRY: Final = _object(
    "A paper on a day.",
    {
        "key": _TEXT,
        "shard": {**_SHARD, "description": "Which file of papers has it."},
        "new": {"type": "boolean", "description": "Never listed on an earlier day."},
    },
    {},
)
_DAY_OBJECT: Final = _object(
    "A digest: the papers in the order of its page.",
    {"papers": {"type": "array", "items": _ref("entry")}, "path": _PATH},
    {"date": _DAY},
)
_TOPIC: Final = _object(
    "A topic.",
    {
        "slug": _TEXT,
        "name": _TEXT,
        "path": _PATH,
        "papers": _COUNT,
        "shards": {
            "type": "object",
            "additionalProperties": _COUNT,
            "description": "How many of its papers each file of papers has.",
        },
    },
    {"description": _TEXT, "rule": _TEXT, "newest": _DAY},
)
_SHARD_ROW: Final = _object(
    "Papers that were first listed in one month.",
    {"shard": _SHARD, "papers": _COUNT, "path": _PATH},
    {},
)
_MONTH_ROW: Final = _object(
    "The days of one month.",
    {"month": {"type": "string", "pattern": r"^(\d{4}-\d{2}|undated)$"}, "path": _PATH},
    {},
)

FILES: Final = {
    "manifest": _object(
        "api/index.json: what there is.",
        {
            "version": {"const": VERSION},
            "title": _TEXT,
            "description": _TEXT,
            "language": _TEXT,
            "counts": _object(
                "How much there is.", {"papers": _COUNT, "days": _COUNT, "topics": _COUNT}, {}
            ),
            "days": {"type": "array", "items": _ref("month_row")},
            "papers": {"type": "array", "items": _ref("shard_row")},
            "topics": _PATH,
            "schema": _PATH,
            "openapi": _PATH,
        },
        {"base_url": _TEXT, "newest": {**_DAY, "description": "The newest day."}},
    ),
    "days": _object(
        "api/days/MONTH.json: the digests of a month.",
        {"month": _TEXT, "days": {"type": "array", "items": _ref("day")}},
        {},
    ),
    "papers": _object(
        "api/papers/SHARD.json: papers by the month in which they were first listed.",
        {"shard": _SHARD, "papers": {"type": "array", "items": _ref("paper")}},
        {},
    ),
    "topics": _object(
        "api/topics.json: all topics that have papers.",
        {"topics": {"type": "array", "items": _ref("topic")}},
        {},
    ),
}

SCHEMA: Final[dict[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "The files of api/",
    "anyOf": [_ref(name) for name in FILES],
    "$defs": {
        **FILES,
        "paper": _PAPER,
        "listing": _LISTING,
        "entry": _ENTRY,
        "day": _DAY_OBJECT,
        "topic": _TOPIC,
        "shard_row": _SHARD_ROW,
        "month_row": _MONTH_ROW,
    },
}
_PATHS: Final = {
    "/api/index.json": ("manifest", "What there is: counts, the newest day, all files", ()),
    "/api/days/{month}.json": ("days", "The digests of a month", ("month",)),
    "/api/papers/{shard}.json": ("papers", "Papers first listed in a month", ("shard",)),
    "/api/topics.json": ("topics", "All topics, and where their papers are", ()),
}


def openapi(title: str, base_url: str) -> dict[str, Any]:
    """The OpenAPI description of a site's API; addresses are relative without a base_url."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": VERSION,
            "description": "Static JSON files: nothing to ask for but GET.",
        },
        "servers": [{"url": base_url.rstrip("/") or ".."}],
        "paths": {
            path: {
                "get": {
                    "operationId": name,
                    "summary": summary,
                    "parameters": [_parameter(one) for one in parameters],
                    "responses": {
                        "200": {
                            "description": summary,
                            "content": {
                                "application/json": {
                                    "schema": {"$ref": f"schema.json#/$defs/{name}"}
                                }
                            },
                        },
                        "404": {"description": "There is no such file."},
                    },
                }
            }
            for path, (name, summary, parameters) in _PATHS.items()
        },
    }


def _parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}
