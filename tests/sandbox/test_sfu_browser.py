"""A browser's offer is read with care and answered line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.sfu.browser import LONGEST, MOST_SECTIONS, read_offer, write_answer
from sandbox.sfu.native import BadOffer

PRINT = ":".join(["AB"] * 32)
HEAD = "v=0\r\no=- 46117317 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n"


def line(mid: str, direction: str, *more: str, medium: str = "audio", opus: str = "111") -> str:
    """An m-line as Chromium writes it, shortened."""
    lines = [
        f"m={medium} 9 UDP/TLS/RTP/SAVPF {opus} 63",
        "c=IN IP4 0.0.0.0",
        "a=ice-ufrag:4ZcD",
        "a=ice-pwd:2/1muCWoOi3uLifh0NuRHlVn",
        f"a=fingerprint:sha-256 {PRINT}",
        "a=setup:actpass",
        f"a=mid:{mid}",
        *([f"a={direction}"] if direction else []),
        "a=rtcp-mux",
        f"a=rtpmap:{opus} opus/48000/2",
        "a=rtpmap:63 red/48000/2",
        *more,
    ]
    return "\r\n".join(lines) + "\r\n"


MICROPHONE = line("0", "sendonly", "a=ssrc:4294967295 cname:x", "a=ssrc:4294967295 msid:- y")
EAR = line("1", "recvonly")


def test_a_microphone_and_an_ear_are_told_apart() -> None:
    offer = read_offer(HEAD + MICROPHONE + EAR)
    assert (offer.fingerprint, offer.opus, offer.source) == (PRINT, 111, 4294967295)
    assert [section.sends for section in offer.sections] == [True, False]
    assert len(offer.slot_sources) == 1


def test_every_ear_has_an_ssrc_of_its_own() -> None:
    offer = read_offer(HEAD + "".join(line(str(number), "recvonly") for number in range(8)))
    assert len(set(offer.slot_sources)) == 8
    assert 0 not in offer.slot_sources


def test_a_line_that_says_no_direction_sends() -> None:
    assert read_offer(HEAD + line("0", "")).sections[0].sends


@pytest.mark.parametrize(
    ("attribute", "level"),
    [
        ("a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level", 1),
        ("a=extmap:14/sendonly urn:ietf:params:rtp-hdrext:ssrc-audio-level vad=on", 14),
        ("a=extmap:2 urn:ietf:params:rtp-hdrext:ssrc-audio-level2", None),
        ("a=extmap:0 urn:ietf:params:rtp-hdrext:ssrc-audio-level", None),
        ("a=extmap:15 urn:ietf:params:rtp-hdrext:ssrc-audio-level", None),
        ("a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid", None),
    ],
)
def test_a_level_that_can_be_read_is_answered(attribute: str, level: int | None) -> None:
    offer = read_offer(HEAD + line("0", "sendonly", attribute) + line("1", "recvonly", attribute))
    assert offer.level == level
    _, microphone, ear = write_answer(offer, ("127.0.0.1", 5004), ("u", "p"), PRINT).split("m=audio ")
    echo = f"a=extmap:{level} urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n"
    assert (echo in microphone, "a=extmap" in microphone) == (level is not None, level is not None)
    assert "a=extmap" not in ear


def test_a_listener_has_no_ssrc() -> None:
    assert read_offer(HEAD + EAR).source == 0


def test_lower_case_and_bare_newlines_are_read_too() -> None:
    sdp = (
        (HEAD + MICROPHONE).replace(PRINT, PRINT.lower()).replace("sha-256", "SHA-256").replace("\r\n", "\n")
    )
    assert read_offer(sdp).fingerprint == PRINT


@pytest.mark.parametrize(
    ("sdp", "why"),
    [
        ("", "not an offer"),
        ("hello", "not an offer"),
        (HEAD, "not an offer"),
        (MICROPHONE, "not an offer"),
        (HEAD + MICROPHONE.replace("opus", "G722"), "not an offer"),
        (HEAD + MICROPHONE.replace(PRINT, "AB:CD"), "not an offer"),
        (HEAD + MICROPHONE.replace("sha-256", "sha-1"), "not an offer"),
        (HEAD + line("0", "sendonly", opus="300"), "not an offer"),
        (HEAD + MICROPHONE + line("1", "sendrecv", medium="video"), "a line for video: only audio"),
        (HEAD + MICROPHONE + line("1", "sendrecv", medium="application"), "a line for application"),
        (HEAD + MICROPHONE.replace("a=mid:0\r\n", ""), "each line with a mid"),
        (HEAD + MICROPHONE + line("1", "inactive"), "nothing is sent or received"),
        (HEAD + MICROPHONE + MICROPHONE, "two of the same name"),
        (
            HEAD + "".join(line(str(n), "recvonly") for n in range(MOST_SECTIONS + 1)),
            f"{MOST_SECTIONS} lines",
        ),
        (HEAD + MICROPHONE + "a=x:" + "y" * LONGEST, f"more than {LONGEST} characters"),
    ],
)
def test_what_is_no_offer_of_audio_is_refused_with_the_reason(sdp: str, why: str) -> None:
    with pytest.raises(BadOffer, match=why):
        read_offer(sdp)


@given(st.data())
def test_no_text_is_too_strange(data: st.DataObject) -> None:
    lines = (HEAD + MICROPHONE + EAR).splitlines(keepends=True)
    for place in data.draw(st.lists(st.integers(0, len(lines) - 1), max_size=6)):
        lines[place] = data.draw(st.text(max_size=40) | st.sampled_from(lines))
    try:
        offer = read_offer("".join(lines))
    except BadOffer:
        return
    write_answer(offer, ("127.0.0.1", 5004), ("u", "p"), PRINT)


def test_the_answer_mirrors_the_offer_line_by_line() -> None:
    offer = read_offer(HEAD + MICROPHONE + EAR)
    sdp = write_answer(offer, ("127.0.0.1", 5004), ("ours", "secret"), PRINT)
    head, microphone, ear = sdp.split("m=audio ")
    assert "a=group:BUNDLE 0 1\r\n" in head
    assert "a=ice-lite\r\n" in head
    for answered in (microphone, ear):
        assert "a=setup:active\r\n" in answered
        assert "a=ice-ufrag:ours\r\na=ice-pwd:secret\r\n" in answered
        assert " 127.0.0.1 5004 typ host\r\n" in answered
    assert "a=mid:0\r\na=recvonly\r\n" in microphone
    assert "a=ssrc:" not in microphone
    assert "a=mid:1\r\na=sendonly\r\n" in ear
    assert f"a=ssrc:{offer.slot_sources[0]} cname:sandbox\r\n" in ear
