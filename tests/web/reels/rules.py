"""The rules of live playlists (RFC 8216, section 6.2), held against all that were shown."""

from collections.abc import Sequence

import m3u8


def seen(playlists: Sequence[bytes]) -> dict[int, tuple[str, int]]:
    """Every piece that these playlists of one room showed, in their order; raises where a rule is broken.

    Returns:
        by media sequence number, the address and the discontinuity sequence number.
    """
    known: dict[int, tuple[str, int]] = {}
    first = 0
    is_over = False
    for text in playlists:
        playlist = m3u8.loads(text.decode())
        assert not is_over, "a playlist changed after its end"
        assert playlist.version == "7" or playlist.version == 7
        assert not playlist.is_variant
        target = playlist.target_duration
        start = playlist.media_sequence
        assert start >= first, "numbers went back"
        first = start
        leaps = playlist.discontinuity_sequence
        before = None
        for place, segment in enumerate(playlist.segments):
            assert round(segment.duration) <= target
            leaps += bool(segment.discontinuity)
            number = start + place
            assert known.setdefault(number, (segment.uri, leaps)) == (segment.uri, leaps), (
                "a number was used again"
            )
            assert segment.init_section.uri.endswith("/head.mp4")
            assert segment.program_date_time is not None
            if before is not None and not segment.discontinuity:
                gone = (segment.program_date_time - before.program_date_time).total_seconds()
                assert abs(gone - before.duration) < 0.01
            before = segment
        is_over = playlist.is_endlist
        if not is_over and start - 1 in known:
            assert sum(segment.duration for segment in playlist.segments) >= 3 * target, (
                "too much was taken away"
            )
    addresses = [address for address, _ in known.values()]
    assert len(set(addresses)) == len(addresses), "an address was used again"
    return known
