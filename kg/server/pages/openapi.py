"""The description of the questions as an OpenAPI 3.1 document, made from the heads of the query files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg import __version__
from kg.findings import Lang
from kg.questions import Question, list_questions
from kg.server.pages.parameters import PARAMETERS, columns_of, title_of

__all__ = ["MEDIA", "api_description"]

MEDIA: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What a question is answered as, by the end of its address."""

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
_RESULTS = {
    "type": "object",
    "required": ["head", "results"],
    "properties": {
        "head": {"type": "object", "properties": {"vars": {"type": "array", "items": {"type": "string"}}}},
        "results": {
            "type": "object",
            "required": ["bindings"],
            "properties": {
                "bindings": {
                    "type": "array",
                    "items": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Term"}},
                }
            },
        },
    },
}
_TERM = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode"]},
        "value": {"type": "string"},
        "xml:lang": {"type": "string"},
        "datatype": {"type": "string"},
    },
}
_ERRORS = {
    "400": "A parameter or value that is not there; near values are named.",
    "404": "No such question.",
    "422": "The answer costs more than the server allows; none of it is sent.",
    "503": "Too many ask at once; Retry-After says when to come back.",
}


def api_description(server: str, lang: Lang = "en") -> dict[str, Any]:
    """Return the description; `server` is the address that the paths stand under, without a slash at its end."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Förebygg",
            "version": __version__,
            "summary": "Named questions to a knowledge graph of prevention actors and collaboration forums in Sweden.",
            "description": "What a report does not mention is not absent. Each row names its report and section.",
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": server or "/"}],
        "paths": {
            "/questions": {"get": _listing()},
            **{
                f"/questions/{each.name}.{kind}": {"get": _one(each, kind, lang)}
                for each in list_questions()
                for kind in MEDIA
            },
        },
        "components": {
            "schemas": {"Problem": _PROBLEM, "Results": _RESULTS, "Term": _TERM, "Question": _question()},
            "parameters": {name: _parameter(name) for name in PARAMETERS},
            "responses": {code: _error(words) for code, words in _ERRORS.items()},
        },
    }


def _question() -> dict[str, Any]:
    names = ("name", "title", "group", "sv", "en", "answers", "address")
    texts: dict[str, Any] = {each: {"type": "string"} for each in names}
    lists = {each: {"type": "array", "items": {"type": "string"}} for each in ("parameters", "columns")}
    return {"type": "object", "required": ["name", "parameters", "columns"], "properties": texts | lists}


def _listing() -> dict[str, Any]:
    schema = {"type": "array", "items": {"$ref": "#/components/schemas/Question"}}
    return {
        "operationId": "questions",
        "summary": "The named questions, with their parameters and columns",
        "responses": {"200": {"description": "All questions.", "content": {"application/json": {"schema": schema}}}},
    }


def _parameter(name: str) -> dict[str, Any]:
    told = PARAMETERS[name]
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": f"{told.en[:1].upper()}{told.en[1:]}. Given more than once: any of them.",
        "schema": {"type": "array", "items": {"type": "string", "minLength": 1}},
        "style": "form",
        "explode": True,
        "example": [told.example],
    }


def _error(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


def _one(question: Question, kind: str, lang: Lang) -> dict[str, Any]:
    schema: dict[str, Any] = {"$ref": "#/components/schemas/Results"} if kind == "json" else {"type": "string"}
    if kind == "xlsx":
        schema = {"type": "string", "contentMediaType": MEDIA["xlsx"], "contentEncoding": "binary"}
    return {
        "operationId": f"{question.name}-{kind}",
        "tags": [question.group or "questions"],
        "summary": title_of(question, sv=lang == "sv"),
        "description": f"{question.answers}. Columns: {', '.join(columns_of(question))}.",
        "parameters": [{"$ref": f"#/components/parameters/{each}"} for each in question.binds],
        "responses": {
            "200": {"description": question.answers or question.title, "content": {MEDIA[kind]: {"schema": schema}}},
            **{code: {"$ref": f"#/components/responses/{code}"} for code in _ERRORS},
        },
    }
