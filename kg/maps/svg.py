"""The level view as one static SVG in one language, with title, legend and note: for paper and slides."""

from __future__ import annotations

from kg.findings import Lang
from kg.maps.drawing import drawing_context
from kg.maps.layout import lay_out
from kg.maps.render import environment
from kg.maps.values import MapModel

__all__ = ["render_svg"]


def render_svg(model: MapModel, lang: Lang = "sv", *, questions: bool = False) -> str:
    """Return the drawing as an SVG document; the questions are left out unless asked for, as on the page."""
    level = lay_out(model)
    numbers = {box.key: index for index, box in enumerate((*level.forums, *level.actors, *level.ghosts))}
    context = drawing_context(model, level, (lang,), numbers, asked=questions)
    return environment().get_template("drawing.svg.j2").render(d=context, lang=lang, interactive=False)
