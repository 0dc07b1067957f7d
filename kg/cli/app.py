"""`kg app`: the page for those who use no terminal."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from pathlib import Path

import click

from kg.errors import LocationError, needing
from kg.project import project_folder, remember_project

__all__ = ["app_command"]


def _folder(given: Path | None) -> Path:
    """Return the folder of the user's data: the one given, the remembered one, or one in the user's documents."""
    if given:
        return given
    if remembered := project_folder():
        return remembered
    import platformdirs  # noqa: PLC0415  only this command needs it

    folder = Path(platformdirs.user_documents_dir()) / "Förebygg"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LocationError(f"cannot make {folder}: {error.strerror}; name another with --folder") from error
    return remember_project(folder)


@click.command("app")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Where your own data is kept.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: any that is free.")
@click.option("--no-browser", is_flag=True, help="Print the address and open nothing.")
def app_command(folder: Path | None, port: int, no_browser: bool) -> None:
    """Open a page where a workbook is dropped and its map, gaps and questions are read.

    Only this computer reaches it, and only through the address that is printed. Stop it with Ctrl+C.

    Example: kg app --no-browser
    """
    with needing("app"):
        import uvicorn  # noqa: PLC0415  only this command needs a server

        from kg.app.web import create_app  # noqa: PLC0415
    token = secrets.token_urlsafe(24)
    application = create_app(_folder(folder), token)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen()
        except OSError as error:
            raise LocationError(f"cannot listen on port {port}: {error.strerror}; name another with --port") from error
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/?token={token}"
        click.echo(address)
        if not no_browser:
            webbrowser.open(address)
        config = uvicorn.Config(application, log_level="warning", server_header=False, timeout_graceful_shutdown=3)
        uvicorn.Server(config).run(sockets=[listener])
