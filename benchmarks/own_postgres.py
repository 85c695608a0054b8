"""A PostgreSQL server of one's own: in a folder under /tmp, on a unix socket, gone afterwards.

The server refuses to run as root, so that root starts it as the user of the distribution's
package, or as nobody.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

PATIENCE = 30.0
_USERS = ("postgres", "nobody")
# A program that is killed leaves no server behind.
_WITH_PARENT = ("setpriv", "--pdeathsig", "QUIT") if shutil.which("setpriv") else ()
# Whoever kills programs here leaves the machine running: nothing needs to reach a disk.
_SETTINGS = (
    "listen_addresses=", "fsync=off", "full_page_writes=off", "shared_buffers=16MB",
    "max_connections=200", "autovacuum=off", "jit=off",
)  # fmt: skip


def find_postgres() -> Path | None:
    """Return the folder with the server's programs, None where it is not installed."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).resolve().parent if program else None


@dataclass
class OwnPostgres:
    """A server that can be stopped, killed and started again.

    Attributes:
        programs: Where `initdb` and `postgres` are.
        folder: Holds its files and its socket.
    """

    programs: Path
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    _user: str | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Choose who runs it."""
        if os.getuid() == 0:
            self._user = next(name for name in _USERS if _is_known(name))

    def make(self) -> None:
        """Make its files."""
        if self._user is not None:
            who = pwd.getpwnam(self._user)
            os.chown(self.folder, who.pw_uid, who.pw_gid)
        self._run(
            "initdb", "--no-sync", "--no-instructions", "--auth=trust", "--username=postgres",
            "--encoding=UTF8", "--no-locale", "--pgdata", str(self.folder / "data"),
        )  # fmt: skip

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            RuntimeError: It ended, or does not answer.
        """
        options = [part for setting in _SETTINGS for part in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*_WITH_PARENT, self.programs / "postgres", "-D", self.folder / "data",
                 "-k", self.folder, *options],
                stdout=log, stderr=log, **self._as_user(),
            )  # fmt: skip
        begun = time.monotonic()
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() - begun > PATIENCE:
                said = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"PostgreSQL did not start: {said[-2000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End it at once; its clients lose their connections."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=PATIENCE)

    def url(self, database: str = "postgres") -> str:
        """Return the URL of one of its databases."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def new_database(self, template: str = "template0") -> str:
        """Make a database, empty or a copy of another, and return its name."""
        name = f"d{uuid4().hex}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def _say(self, statement: str) -> None:
        url = self.url().replace("postgresql:", "postgresql+psycopg:")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(statement))
        finally:
            engine.dispose()

    def _answers(self) -> bool:
        try:
            self._say("SELECT 1")
        except OperationalError:
            return False
        return True

    def _run(self, program: str, *arguments: str) -> None:
        command = [self.programs / program, *arguments]
        ran = subprocess.run(command, capture_output=True, check=False, **self._as_user())
        if ran.returncode:
            raise RuntimeError(f"{program}: {ran.stderr.decode(errors='replace')}")

    def _as_user(self) -> dict[str, object]:
        if self._user is None:
            return {}
        who = pwd.getpwnam(self._user)
        return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": [], "cwd": self.folder}


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    """Start a server for the length of the block.

    Raises:
        RuntimeError: It is not installed, or does not start.
    """
    programs = find_postgres()
    if programs is None:
        raise RuntimeError(
            "PostgreSQL is not installed: apt-get install postgresql (or your system's package)."
        )
    # The path of a socket may be 107 bytes long, which a test's own folder easily exceeds.
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as folder:
        server = OwnPostgres(programs, Path(folder))
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _is_known(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
