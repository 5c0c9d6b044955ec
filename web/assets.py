"""Assets: the page's own scripts, styles and pictures, in memory, at an address that changes with them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


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


def load_assets(folder: Path) -> Assets:
    """Read every file of the folder whose type a page uses."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in _TYPES)
    files = {path.name: Asset(path.read_bytes(), _TYPES[path.suffix]) for path in paths}
    digest = hashlib.sha256()
    for name, asset in files.items():
        digest.update(f"{name}\0{len(asset.content)}\0".encode() + asset.content)
    return Assets(digest.hexdigest()[:16], files)
