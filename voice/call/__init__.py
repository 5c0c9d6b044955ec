"""The relay in one call: joined, heard by the native library, and joined again."""
