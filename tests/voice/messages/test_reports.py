"""Reports: what happened in a call is told on as the event that it is."""

import pytest

from rooms import ports
from rooms.ids import ChatId, RoomId
from voice.messages.reports import Ended, Enlarged, Ousted, Spanned, Torn, event_of

ROOM, EAST = RoomId(7), ChatId(-1002)


@pytest.mark.parametrize(
    ("report", "event"),
    [
        (Ended(ROOM, EAST), ports.CallEnded(ROOM, EAST)),
        (Ousted(ROOM), ports.RelayRestarted(ROOM)),
        (Enlarged(ROOM), ports.CallEnlarged(ROOM)),
        (Enlarged(ROOM, EAST), ports.CallEnlarged(ROOM, EAST)),
        (Spanned(ROOM, EAST), ports.BridgeChanged(ROOM, EAST)),
        (Spanned(ROOM, EAST, "RelayNotInChat"), ports.BridgeChanged(ROOM, EAST, "RelayNotInChat")),
        (Torn(ROOM), ports.RecordingTorn(ROOM)),
    ],
)
def test_a_report_carries_its_event(report: Ended, event: ports.CallEvent) -> None:
    assert event_of(report) == event
