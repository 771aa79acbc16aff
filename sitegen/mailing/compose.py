"""From the project's dumps to the message on some of its days."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from ..building import comparing
from ..building.inputs import gather
from ..building.library import read_library
from ..building.run import Progress, Run
from ..cache import Cache
from ..config import Project
from ..executors import executor
from ..options import Options
from ..pages import Page
from ..plan import Choice, letter, site_view
from ..render import Renderer
from .message import Message, fitted


def compose(
    project: Project, options: Options, choice: Choice, progress: Progress = lambda *_: None
) -> tuple[Message, Run]:
    """The message, and the run that made it, whose report has what is wrong with the dumps.

    Raises SitegenError where there is nothing to write about. Nothing is built or published.
    """
    run = Run(options, progress)
    out = (project.root or Path.cwd()) / "site"
    cache = Cache(comparing.cache_folder(project, out))
    inputs = gather(project, options, cache)
    with closing(executor(options.executor, options.jobs)) as tasks:
        library, _, _ = read_library(run, inputs, tasks, cache)
    inputs = inputs.of_size(len(library.papers))
    site = site_view(library, inputs.settings, inputs.texts, inputs.words)
    found = letter(library, inputs.settings, site, choice, inputs.notes)
    renderer = Renderer(inputs.theme, site, cache)

    def render(page: object) -> str:
        return renderer.render(Page(path="mail.html", kind="mail", data=page)).decode()

    return fitted(found, inputs.settings, render), run
