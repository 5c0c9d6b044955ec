"""The gallery's hot path beside Icecast: what a listener costs, waits and weighs, in one run."""

from benchmarks.gallery.table import rows

__all__ = ["rows"]
