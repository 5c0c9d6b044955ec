"""The hunt finds what was planted, in every form, and nothing where nothing was."""

import base64
import gzip
import ipaddress
import socket
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.hunt import found

AGENT, ADDRESS, SIX = "canary-agent-4711", "127.77.66.55", "2001:db8::c0ff:ee"
CANARIES = {"agent": AGENT, "address": ADDRESS, "six": SIX}
PACKED = ipaddress.ip_address(ADDRESS).packed

LEAKS: list[tuple[str, bytes]] = [
    ("agent as text", f"GET / {AGENT}\n".encode()),
    ("agent as UTF-16", AGENT.encode("utf-16-le")),
    ("agent as hex", AGENT.encode().hex().encode()),
    ("agent as HEX", AGENT.encode().hex().upper().encode()),
    *(
        (f"agent as base64, {n} bytes in", base64.b64encode(b"x" * n + AGENT.encode() + b"yy"))
        for n in range(3)
    ),
    ("agent as text", b"junk" + gzip.compress(AGENT.encode(), mtime=0) + b"junk"),
    ("agent as text", b"junk" + zlib.compress(AGENT.encode() * 99) + b"junk"),
    ("address as text", f"from {ADDRESS}:4711".encode()),
    ("address as number", str(int.from_bytes(PACKED, "big")).encode()),
    ("address as packed", socket.inet_pton(socket.AF_INET6, f"::ffff:{ADDRESS}")),
    ("address as packed hex", b"key-" + PACKED.hex().encode()),
    ("address as reversed hex", PACKED[::-1].hex().encode()),
    ("address as packed base64", base64.b64encode(PACKED)),
    ("address as socket address", b"\2\0" + (4711).to_bytes(2, "big") + PACKED + b"\0" * 8),
    ("six as packed", b"\x0a\0" + socket.inet_pton(socket.AF_INET6, SIX)),
    ("six as text", SIX.encode()),
]


@pytest.mark.parametrize(("trace", "leak"), LEAKS)
def test_a_leak_is_found_in_whatever_form(tmp_path: Path, trace: str, leak: bytes) -> None:
    (tmp_path / "core").write_bytes(bytes(4096) + leak + bytes(4096))
    assert f"core: {trace}" in found(tmp_path, CANARIES)


def test_a_leak_is_found_in_a_file_s_name_and_in_folders_below(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / f"{AGENT}.log").touch()
    assert found(tmp_path, CANARIES) == [f"deep/er/{AGENT}.log: agent as text"]


@pytest.mark.parametrize("ending", ["commit", "rollback"])
def test_a_row_is_found_though_it_stands_in_the_journal_alone_or_was_deleted(
    tmp_path: Path, ending: str
) -> None:
    with sqlite3.connect(tmp_path / "x.db") as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA wal_autocheckpoint=0")
        database.execute("CREATE TABLE visits (agent TEXT)")
        database.commit()
        database.execute("INSERT INTO visits VALUES (?)", (AGENT,))
        database.commit()
        if ending == "rollback":
            database.execute("DELETE FROM visits")
            database.commit()
        assert "x.db-wal: agent as text" in found(tmp_path, CANARIES)
    database.close()


def test_where_nothing_was_planted_nothing_is_found(tmp_path: Path) -> None:
    write: Callable[[bytes], int] = (tmp_path / "data").write_bytes
    write(bytes(range(256)) * 4096 + zlib.compress(b"a clean log" * 99))
    assert found(tmp_path, CANARIES) == []
