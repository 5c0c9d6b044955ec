"""Logs have one shape and no secrets."""

import json
import logging

import pytest

from app.logs import set_up_logs

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz"


def line(form: str, capsys: pytest.CaptureFixture[str]) -> str:
    set_up_logs("info", form)
    log = logging.getLogger("rooms.conducting")
    try:
        raise ValueError(f"https://api/bot{TOKEN}/getMe")
    except ValueError:
        log.exception("asked %s for %s", f"bot{TOKEN}", "/l/abcdefghijklmnopqrstuv/stream.ogg")
    return capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "json"])
def test_tokens_and_links_never_show_not_even_in_tracebacks(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = line(form, capsys)
    assert "ValueError" in said
    assert "AAE-" not in said
    assert "abcdefghijklmnop" not in said


def test_json_lines_name_logger_and_level(capsys: pytest.CaptureFixture[str]) -> None:
    event = json.loads(line("json", capsys))
    assert (event["logger"], event["level"]) == ("rooms.conducting", "error")
