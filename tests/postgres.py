"""A PostgreSQL server of the tests' own: real, on a socket in a folder, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PLACES = "/usr/lib/postgresql/*/bin"
"""Where Debian puts the server's programs, which are not on the path."""


def programs() -> Path | None:
    """Return the folder of `initdb` and `pg_ctl`; None where PostgreSQL is not installed."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    folders = sorted(Path("/").glob(_PLACES.removeprefix("/")))
    return folders[-1] if folders else None


@contextmanager
def server() -> Iterator[str]:
    """Yield how to reach the server, in libpq's words without a database: `host=... user=...`."""
    bin_ = programs()
    assert bin_
    # Not in pytest's own folder: the server may not be root, and nobody but root may pass through that one.
    home = Path(tempfile.mkdtemp(prefix="pg"))
    become: list[str] = []
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
        become = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    told = {"cwd": home, "check": True, "stdout": subprocess.DEVNULL}
    data = str(home / "data")
    control = [*become, str(bin_ / "pg_ctl"), "-D", data, "-w"]
    try:
        make = [
            str(bin_ / "initdb"),
            "-D",
            data,
            "-U",
            "bulletin",
            "-A",
            "trust",
            "--no-sync",
            "--locale=C",
            "-E",
            "UTF8",
        ]
        subprocess.run([*become, *make], **told)  # type: ignore[call-overload]
        settings = f"-c listen_addresses='' -c fsync=off -k {home}"
        subprocess.run([*control, "-l", str(home / "log"), "-o", settings, "start"], **told)  # type: ignore[call-overload]
        try:
            yield f"host={home} user=bulletin"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **told)  # type: ignore[call-overload]
    finally:
        shutil.rmtree(home, ignore_errors=True)


def database(reached: str, name: str) -> str:
    """Make a database and return how to reach it."""
    words = dict(word.split("=", 1) for word in reached.split())
    folder = programs()
    assert folder
    command = [str(folder / "createdb"), "-h", words["host"], "-U", words["user"], name]
    subprocess.run(command, check=True)
    return f"dbname={name} {reached}"
