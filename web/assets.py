"""Assets: the page's own scripts, styles and pictures, in memory, at an address that changes with them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file and its media type."""

    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All files by name; `edition` is a digest of them all."""

    edition: str
    files: Mapping[str, Asset]


def load_assets(*folders: Path) -> Assets:
    """Read every file of the folders whose type a page uses."""
    found = (path for folder in folders for path in folder.iterdir() if path.suffix in _TYPES)
    paths = sorted(found, key=lambda path: path.name)
    files = {path.name: Asset(path.read_bytes(), _TYPES[path.suffix]) for path in paths}
    digest = hashlib.sha256()
    for name, asset in files.items():
        digest.update(f"{name}\0{len(asset.content)}\0".encode() + asset.content)
    return Assets(digest.hexdigest()[:16], files)
