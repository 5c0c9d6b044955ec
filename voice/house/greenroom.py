"""The green room, as far as the call goes: what would keep a talk from being held, found before it is due."""

import av
import numpy as np

from rooms.errors.calls import CallRefused, RelayLacksRights, RelayNotInChat
from rooms.ids import ChatId
from rooms.ports import Fault
from voice.mixing.encoder import Encoder
from voice.mixing.mixer import Mixer
from voice.mixing.sound import Block
from voice.mixing.units import RATE, SLOT
from voice.telegram.calls import GroupCalls

TONE = 440.0
"""Hertz of the tone that is sent round."""

LENGTH = 25
"""Slots of it: half a second."""

LOUDNESS = 8000.0
"""Its amplitude."""

ALIKE = 0.8
"""The share of what comes out that must be this tone, and of its loudness."""


async def check(group_calls: GroupCalls, chat: ChatId) -> tuple[Fault, ...]:
    """What would keep the relay account from holding a talk in the chat's call.

    The call is not joined for that: joins are rationed, and people see them.
    """
    try:
        may_manage = await group_calls.may_manage(chat)
        await group_calls.find(chat)
    except RelayLacksRights:
        may_manage = False
    except RelayNotInChat:
        return (Fault.NOT_IN_CHAT,)
    except CallRefused:
        return (Fault.RELAY_DOWN,)
    return () if may_manage else (Fault.LACKS_RIGHTS,)


def loop_back() -> tuple[Fault, ...]:
    """Send a tone through mixing and encoding, decode it, and see whether it is what went in.

    Takes some milliseconds of one core. Whether Telegram takes our sound is seen once the call is open
    (`Presence.is_carrying`).
    """
    mixer, encoder = Mixer(), Encoder()
    times = np.arange(LENGTH * SLOT) / RATE
    sound: Block = (LOUDNESS * np.sin(2 * np.pi * TONE * times)).astype(np.int16)
    packets = [encoder.encode(mixer.mix([block])) for block in sound.reshape(LENGTH, SLOT)]
    return () if _is_tone(_decode(packets)) else (Fault.SOUND_BROKEN,)


def _decode(packets: list[bytes]) -> Block:
    decoder = av.CodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout = RATE, "mono"
    resampler = av.AudioResampler("s16", "mono", RATE)
    frames = [frame for packet in packets for frame in decoder.decode(av.Packet(packet))]
    blocks = [block.to_ndarray()[0] for frame in frames for block in resampler.resample(frame)]
    return np.concatenate([np.zeros(0, np.int16), *blocks])


def _is_tone(sound: Block) -> bool:
    """Whether the second half, in which the codec has settled, is our tone and little else, as loud."""
    half = sound[len(sound) // 2 :].astype(np.float64)
    if len(half) < LENGTH * SLOT // 3:
        return False
    phases = 2j * np.pi * TONE * np.arange(len(half)) / RATE
    amplitude = 2 * abs(np.mean(half * np.exp(-phases)))
    loudness = np.sqrt(2 * np.mean(half**2))
    return bool(amplitude > ALIKE * LOUDNESS and amplitude > ALIKE * loudness)
