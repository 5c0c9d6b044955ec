"""Logging in: what is mistyped is asked again, what cannot be is a sentence, and nothing is left over."""

import asyncio
from pathlib import Path

import pytest

from app.login import REFRESH, log_in
from app.supervision import CannotRun
from tests.app.answers import PERSON, RELAY, ScriptedGate, Somebody
from tests.app.sessions import a_session
from voice.accounts.arrivals import Arrival, GateRefused, Invitation, PasswordNeeded
from voice.accounts.session_keys import KeyFile
from voice.accounts.sessions import Sessions

PHONE = "+39 06 555 0100"


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    return Sessions(tmp_path / "accounts", KeyFile(tmp_path / "session.key"))


async def refusal(somebody: Somebody, sessions: Sessions, gate: ScriptedGate, *, by_qr: bool = False) -> str:
    """What is said when it does not come off; nothing is on disk then that was not before."""
    before = sessions.names()
    with pytest.raises(CannotRun) as told:
        await log_in(somebody, sessions, gate.open, "relay", by_qr=by_qr)
    assert sessions.names() == before
    return str(told.value)


async def test_a_number_and_a_code_are_all_it_takes(sessions: Sessions) -> None:
    ada, gate = Somebody(PHONE, "12 345"), ScriptedGate()
    await log_in(ada, sessions, gate.open, "relay", by_qr=False)
    assert gate.asked == [("send_code", "39065550100"), ("code", "12345")]
    assert sessions.read("relay") == RELAY.session
    assert "Logged in: Loggione relay, called 'relay' here" in ada.heard[-1]
    assert not gate.is_logged_out


async def test_what_a_relay_account_risks_is_said_before_anything_is_asked(sessions: Sessions) -> None:
    ada = Somebody(PHONE, "12345")
    await log_in(ada, sessions, ScriptedGate().open, "relay", by_qr=False)
    assert "may limit or ban them" in ada.heard[0]
    assert "never the one you live by" in " ".join(ada.heard[0].split())


async def test_neither_number_nor_session_is_ever_said(sessions: Sessions) -> None:
    ada = Somebody(PHONE, "12345", "hunter2")
    gate = ScriptedGate(sign_ins=[PasswordNeeded("")])
    await log_in(ada, sessions, gate.open, "relay", by_qr=False)
    for secret in ("39065550100", RELAY.session, "hunter2", str(PERSON)):
        assert secret not in ada.all_heard


@pytest.mark.parametrize("typed", ["", "12", "many digits", "1" * 16, "\u0663\u0669" * 5])
async def test_what_is_no_number_is_asked_again_and_not_sent(sessions: Sessions, typed: str) -> None:
    ada, gate = Somebody(typed, PHONE, "12345"), ScriptedGate()
    await log_in(ada, sessions, gate.open, "relay", by_qr=False)
    assert gate.given("send_code") == ["39065550100"]
    assert "That is no phone number: try again." in ada.heard


async def test_a_number_that_telegram_does_not_take_is_asked_again(sessions: Sessions) -> None:
    ada = Somebody("+39 06 555 0199", PHONE, "12345")
    gate = ScriptedGate(codes=[GateRefused("PHONE_NUMBER_INVALID"), "Sms"])
    await log_in(ada, sessions, gate.open, "relay", by_qr=False)
    assert gate.given("send_code") == ["39065550199", "39065550100"]
    assert "Telegram has sent a code by SMS." in ada.heard


async def test_a_wrong_code_is_asked_again(sessions: Sessions) -> None:
    ada = Somebody(PHONE, "1", "2", "12345")
    gate = ScriptedGate(sign_ins=[GateRefused("PHONE_CODE_INVALID"), GateRefused("PHONE_CODE_EMPTY"), RELAY])
    await log_in(ada, sessions, gate.open, "relay", by_qr=False)
    assert ada.heard.count("That is not the code: try again.") == 2


async def test_a_code_of_words_is_sent_as_it_was_typed(sessions: Sessions) -> None:
    gate = ScriptedGate(codes=["SmsPhrase"])
    await log_in(Somebody(PHONE, "a well-known phrase"), sessions, gate.open, "relay", by_qr=False)
    assert gate.given("code") == ["a well-known phrase"]


async def test_an_expired_code_is_followed_by_a_new_one(sessions: Sessions) -> None:
    ada = Somebody(PHONE, "12345", "67890")
    gate = ScriptedGate(codes=["App", "Sms"], sign_ins=[GateRefused("PHONE_CODE_EXPIRED"), RELAY])
    await log_in(ada, sessions, gate.open, "relay", by_qr=False)
    assert gate.given("send_code") == ["39065550100", "39065550100"]
    assert gate.given("code") == ["12345", "67890"]
    assert "That code has expired." in ada.heard


async def test_a_code_that_does_not_come_is_sent_another_way_while_there_is_one(sessions: Sessions) -> None:
    ada = Somebody(PHONE, "", "", "12345")
    gate = ScriptedGate(otherwise=["Call", GateRefused("SEND_CODE_UNAVAILABLE")])
    await log_in(ada, sessions, gate.open, "relay", by_qr=False)
    assert "Telegram has sent a code by a phone call that says it." in ada.heard
    assert "There is no other way: wait for the code that was sent." in ada.heard


async def test_a_password_is_asked_for_blindly_until_it_is_right(sessions: Sessions) -> None:
    ada = Somebody(PHONE, "12345", "", "wrong", " right ")
    gate = ScriptedGate(
        sign_ins=[PasswordNeeded("the \x1b[2Jdog")], passwords=[GateRefused("PASSWORD_HASH_INVALID"), RELAY]
    )
    await log_in(ada, sessions, gate.open, "relay", by_qr=False)
    assert gate.given("password") == ["wrong", " right "]
    assert ada.blind == ["Its password (your hint: the [2Jdog):"] * 3
    assert sessions.names() == ["relay"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("PHONE_NUMBER_BANNED", "Telegram has banned this number"),
        ("PHONE_NUMBER_FLOOD", "try again tomorrow"),
        ("PHONE_PASSWORD_FLOOD", "try again tomorrow"),
        ("PHONE_NUMBER_UNOCCUPIED", "No Telegram account has this number"),
        ("API_ID_INVALID", "LOGGIONE_API_ID"),
        ("UNREACHABLE", "Telegram was not reached"),
        ("SIGN_IN_UNSUPPORTED", "only official apps can do"),
        ("FLOOD_WAIT_1", "try again in 1 minute."),
        ("FLOOD_WAIT_61", "try again in 2 minutes."),
        ("FLOOD_WAIT_86400", "try again in 24 hours."),
        ("SOMETHING_NEW", r"(SOMETHING_NEW)"),
    ],
)
async def test_what_only_time_or_the_operator_can_mend_is_a_sentence(
    sessions: Sessions, name: str, sentence: str
) -> None:
    for gate in (ScriptedGate(codes=[GateRefused(name)]), ScriptedGate(sign_ins=[GateRefused(name)])):
        assert sentence in await refusal(Somebody(PHONE, "12345"), sessions, gate)
    gate = ScriptedGate(sign_ins=[PasswordNeeded("")], passwords=[GateRefused(name)])
    assert sentence in await refusal(Somebody(PHONE, "12345", "x"), sessions, gate)


async def test_a_bot_s_token_is_recognised_and_sent_to_nobody(sessions: Sessions) -> None:
    gate = ScriptedGate()
    said = await refusal(Somebody("123456789:AAE-abcdefghijklmnopqrstuvwxyz"), sessions, gate)
    assert "bots cannot take part in calls" in said
    assert gate.asked == []


async def test_a_bot_is_logged_out_again(sessions: Sessions) -> None:
    gate = ScriptedGate(sign_ins=[Arrival(7, "Bot", True, a_session(is_bot=True))])
    assert "That is a bot" in await refusal(Somebody(PHONE, "12345"), sessions, gate)
    assert gate.is_logged_out


async def test_an_account_that_is_here_by_another_name_is_logged_out_again(sessions: Sessions) -> None:
    sessions.write("first", a_session(person=PERSON))
    gate = ScriptedGate()
    assert "here already, as 'first'" in await refusal(Somebody(PHONE, "12345"), sessions, gate)
    assert gate.is_logged_out


async def test_a_name_that_is_taken_is_refused_before_telegram_hears_of_it(sessions: Sessions) -> None:
    sessions.write("relay", a_session())
    gate = ScriptedGate()
    assert "'relay' is logged in already" in await refusal(Somebody(PHONE, "12345"), sessions, gate)
    assert gate.asked == []
    assert not gate.is_open


async def test_a_key_that_others_may_read_is_refused_before_telegram_hears_of_it(sessions: Sessions) -> None:
    sessions.key.make()
    Path(sessions.key.source).chmod(0o644)
    gate = ScriptedGate()
    assert "chmod 600" in await refusal(Somebody(PHONE, "12345"), sessions, gate)
    assert gate.asked == []


async def test_a_session_that_cannot_be_kept_is_ended_again(sessions: Sessions) -> None:
    class Meanwhile(Somebody):
        async def ask(self, question: str) -> str:
            if "code (" in question:
                sessions.folder.write_text("in the way")
            return await super().ask(question)

    gate = ScriptedGate()
    with pytest.raises(CannotRun, match=r"accounts cannot be read \(Not a directory\)\."):
        await log_in(Meanwhile(PHONE, "12345"), sessions, gate.open, "relay", by_qr=False)
    assert gate.given("code") == ["12345"]
    assert gate.is_logged_out


async def test_who_goes_away_leaves_nothing_behind(sessions: Sessions, tmp_path: Path) -> None:
    class Away(Somebody):
        async def ask(self, question: str) -> str:
            if "code (" in question:
                raise asyncio.CancelledError
            return await super().ask(question)

    with pytest.raises(asyncio.CancelledError):
        await log_in(Away(PHONE), sessions, ScriptedGate().open, "relay", by_qr=False)
    assert list(tmp_path.iterdir()) == []


async def test_qr_codes_are_drawn_until_one_is_scanned(sessions: Sessions) -> None:
    ada = Somebody()
    gate = ScriptedGate(
        invitations=[Invitation("tg://login?token=a", 300.0), Invitation("tg://login?token=b", 0.0), RELAY]
    )
    sessions.write("other", a_session(person=5))
    await log_in(ada, sessions, gate.open, "relay", by_qr=True)
    assert gate.given("await_scan") == [REFRESH, 1.0]
    assert gate.given("invite") == [[5]] * 3
    assert len([text for text in ada.heard if "\u2580" in text]) == 2
    assert "token=" not in ada.all_heard
    assert sessions.read("relay") == RELAY.session


async def test_a_password_is_asked_for_after_a_qr_code_too(sessions: Sessions) -> None:
    ada = Somebody("right")
    gate = ScriptedGate(invitations=[Invitation("tg://login?token=a", 30.0), PasswordNeeded("dog")])
    await log_in(ada, sessions, gate.open, "relay", by_qr=True)
    assert ada.blind == ["Its password (your hint: dog):"]


async def test_a_name_that_would_steer_the_terminal_does_not(sessions: Sessions) -> None:
    ada = Somebody(PHONE, "12345")
    gate = ScriptedGate(sign_ins=[Arrival(PERSON, "Re\x1b]0;lay\x07", False, RELAY.session)])
    await log_in(ada, sessions, gate.open, "relay", by_qr=False)
    assert "\x1b" not in ada.all_heard
