"""What compose.yaml describes, of real processes on this machine: nginx, two apps, PostgreSQL.

python -m deploy.loopback FOLDER [--port P]

Nothing but the loopback is listened on. PostgreSQL is a server of its own in FOLDER's stead under
/tmp, gone at the end; settings of the environment (a model, accounts, a period) hold for both.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

import click

from benchmarks.own_postgres import own_postgres
from benchmarks.starting import answers, free_port
from interviewer.wiring import Settings

PATIENCE = 180.0
HERE = Path(__file__).parent
# What a file for conf.d needs around it where there is no distribution's nginx.conf.
_AROUND = """
pid ${folder}/nginx.pid;
error_log ${folder}/nginx.log warn;
daemon off;
events {}
http {
    access_log off;
    client_body_temp_path ${folder}/body;
    proxy_temp_path ${folder}/proxy;
    fastcgi_temp_path ${folder}/fastcgi;
    uwsgi_temp_path ${folder}/uwsgi;
    scgi_temp_path ${folder}/scgi;
    include ${folder}/site.conf;
}
"""


@dataclass
class Deployed:
    """Everything that runs.

    Attributes:
        address: Where visitors come in; the first app's own where there is no nginx.
        ports: Of the two apps.
        apps: Their processes.
        proxied: Whether nginx stands before them.
        database: URL of the database.
    """

    address: str
    ports: tuple[int, int]
    apps: list[subprocess.Popen[bytes]] = field(default_factory=list)
    proxied: bool = False
    database: str = ""


@contextmanager
def deployed(folder: Path, port: int | None = None, **settings: str) -> Iterator[Deployed]:
    """Run everything for the length of the block.

    Args:
        folder: For the data of the apps, configuration and logs.
        port: Where visitors come in, a free one for None.
        **settings: Variables of both apps.

    Raises:
        RuntimeError: Something does not start; its log is named.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    port, ports = port or free_port(), (free_port(), free_port())
    with ExitStack() as running:
        server = running.enter_context(own_postgres())
        database = server.url(server.new_database())
        given = {
            **Settings.from_environment().environment(home=folder / "data"),
            "INTERVIEWER_DATABASE_URL": database, "INTERVIEWER_METRICS": "on",
            "INTERVIEWER_LOG": "json", **settings,
        }  # fmt: skip
        made = Deployed(f"http://127.0.0.1:{port}", ports, database=database)
        for name, each in zip(("one", "two"), ports, strict=True):
            command = [sys.executable, "-m", "interviewer", "serve", "--port", str(each)]
            made.apps.append(_started(running, command, folder / f"{name}.log", given))
            _wait(made.apps[-1], each, "/readyz", folder / f"{name}.log")
        nginx = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
        if nginx is None:
            made.address = f"http://127.0.0.1:{ports[0]}"
        else:
            made.proxied = True
            proxy = _proxy(running, nginx, folder, port, ports)
            _wait(proxy, port, "/healthz", folder / "nginx.log")
        yield made


def _proxy(
    running: ExitStack, nginx: str, folder: Path, port: int, ports: tuple[int, int]
) -> subprocess.Popen[bytes]:
    """Start nginx with the file that compose uses."""
    # Its workers run as somebody else where root starts it, and must get at their folders.
    place = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="nginx-", dir="/tmp")))
    place.chmod(0o755)
    names = {
        "APP_ONE": f"127.0.0.1:{ports[0]}", "APP_TWO": f"127.0.0.1:{ports[1]}",
        "LISTEN": f"127.0.0.1:{port}", "HOST": "_",
    }  # fmt: skip
    site = (HERE / "nginx.conf").read_text(encoding="utf-8")
    (place / "site.conf").write_text(Template(site).safe_substitute(names), encoding="utf-8")
    around = Template(_AROUND).substitute(folder=place)
    (place / "nginx.conf").write_text(around, encoding="utf-8")
    command = [nginx, "-p", str(place), "-c", str(place / "nginx.conf")]
    return _started(running, command, folder / "nginx.log")


def _started(
    running: ExitStack,
    command: Sequence[str],
    log: Path,
    environment: dict[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    file = running.enter_context(log.open("ab"))
    process = subprocess.Popen(command, stdout=file, stderr=file, env=environment)
    running.callback(_stopped, process)
    return process


def _stopped(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, path: str, log: Path) -> None:
    begun = time.monotonic()
    while not answers(port, path):
        if process.poll() is not None or time.monotonic() - begun > PATIENCE:
            raise RuntimeError(f"It does not answer on port {port}; {log} has what it said.")
        time.sleep(0.1)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True)
def main(folder: Path, port: int) -> None:
    """Run everything until Ctrl-C."""
    with deployed(folder, port) as made:
        first, second = made.ports
        click.echo(f"The apps are on ports {first} and {second}, their logs in {folder}.")
        if made.proxied:
            click.echo(f"Open {made.address} (Ctrl-C stops everything).")
        else:
            click.echo(
                "nginx is not installed: the apps answer by themselves, nothing stands before "
                f"them. Open {made.address}."
            )
        ended = threading.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: ended.set())
        ended.wait()


if __name__ == "__main__":
    main()
