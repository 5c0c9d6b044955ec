"""Settings are read from the environment and refused by name with what to write instead."""

import base64
import subprocess
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.settings import Settings, WrongSettings, forget_environment, read_settings

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz"
KEY = base64.b64encode(bytes([251, 255, 190, 239]) * 8).decode()


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(Settings.variable(field), raising=False)


def complaint(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings) as refused:
        read_settings()
    assert len(refused.value.complaints) == 1
    return refused.value.complaints[0]


def test_everything_has_a_default_but_the_accounts() -> None:
    settings = read_settings()
    assert settings.data == Path("var")
    assert settings.zone == ZoneInfo("Europe/Rome")
    assert settings.bot_token.get_secret_value() == ""


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOGGIONE_WEB_PORT=81\nLOGGIONE_LANGUAGE=it\n")
    monkeypatch.setenv("LOGGIONE_WEB_PORT", "82")
    settings = read_settings()
    assert (settings.web_port, settings.language) == (82, "it")


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("LOGGIONE_WEB_PORT", "eighty", "8080"),
        ("LOGGIONE_WEB_PORT", "70000", "1 to 65535"),
        ("LOGGIONE_ZONE", "Rome/Europe", "Europe/Rome"),
        ("LOGGIONE_ZONE", "../../etc/passwd", "Europe/Rome"),
        ("LOGGIONE_LANGUAGE", "klingon", "en or it"),
        ("LOGGIONE_API_ID", "me", "1234567"),
        ("LOGGIONE_PUBLIC_URL", "talks.example.org", "https://"),
        ("LOGGIONE_BOT_API_URL", "localhost:8081", "http://127.0.0.1:8081/bot"),
        ("LOGGIONE_OPEN_EARLY", "soon", "seconds"),
        ("LOGGIONE_OPEN_EARLY", "-1", "seconds"),
        ("LOGGIONE_OPEN_EARLY", "nan", "seconds"),
        ("LOGGIONE_OPEN_EARLY", "inf", "seconds"),
        ("LOGGIONE_OPEN_EARLY", "1e300", "seconds"),
        ("LOGGIONE_PUBLIC_URL", "https://talks.example.org:99999", "https://"),
        ("LOGGIONE_PUBLIC_URL", "https://talks.example.org/?a=b", "https://"),
        ("LOGGIONE_PUBLIC_URL", "https://[talks", "https://"),
        ("LOGGIONE_PUBLIC_URL", "https://talks example", "https://"),
        ("LOGGIONE_LISTENER_LIMIT", "0", "1 to 5000"),
    ],
)
def test_a_wrong_value_is_refused_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, advice: str
) -> None:
    said = complaint(monkeypatch, name, value)
    assert said.startswith(f"{name} cannot be {value!r}")
    assert advice in said


@pytest.mark.parametrize("name", ["LOGGIONE_BOT_TOKEN", "LOGGIONE_API_HASH"])
def test_a_wrong_secret_is_refused_without_repeating_it(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    said = complaint(monkeypatch, name, "hunter2 is my secret")
    assert name in said
    assert "hunter2" not in said


@pytest.mark.parametrize(
    "key", ["hunter2", "h\u00fcnter" * 8, "A" * 44, KEY[:-4], KEY + "A", KEY.replace("=", "")]
)
def test_what_is_no_key_is_refused_without_repeating_it(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    said = complaint(monkeypatch, "LOGGIONE_SESSION_KEY", key)
    assert said.startswith("LOGGIONE_SESSION_KEY cannot be used as it is: write 32 random bytes in base64")
    assert key not in said


@pytest.mark.parametrize("key", [KEY, KEY.replace("+", "-").replace("/", "_")])
def test_a_key_is_taken_in_both_alphabets(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("LOGGIONE_SESSION_KEY", key)
    assert read_settings().session_key.get_secret_value() == key
    assert key not in repr(read_settings())


def test_a_session_in_the_environment_is_no_setting_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    said = complaint(monkeypatch, "LOGGIONE_RELAY_SESSION", "x")
    assert said == "LOGGIONE_RELAY_SESSION is no setting: take it out, and run `loggione login`."


def test_a_misspelt_name_is_refused_with_the_one_that_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "LOGGIONE_WEB_PORT" in complaint(monkeypatch, "LOGGIONE_WEBPORT", "80")


def test_a_misspelt_name_in_the_file_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOGGIONE_BOT_TOCKEN=7:secret\nEDITOR=vi\n")
    with pytest.raises(WrongSettings, match="did you mean LOGGIONE_BOT_TOKEN") as refused:
        read_settings()
    assert "secret" not in str(refused.value)


def test_a_wrong_value_in_the_file_is_refused_like_one_in_the_environment(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOGGIONE_WEB_PORT=eighty\nLOGGIONE_API_HASH=secret\n")
    with pytest.raises(WrongSettings) as refused:
        read_settings()
    assert "LOGGIONE_WEB_PORT cannot be 'eighty': write a port number" in str(refused.value)
    assert "LOGGIONE_API_HASH cannot be used as it is: write the 32 hexadecimal" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"LOGGIONE_LANGUAGE=\xff\xfe\n")
    with pytest.raises(WrongSettings, match="cannot be read as a file of settings"):
        read_settings()


def test_a_very_long_wrong_value_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(complaint(monkeypatch, "LOGGIONE_WEB_PORT", "8" * 5000)) < 200


@pytest.mark.parametrize(
    "written", ["http://127.0.0.1:8081", "http://127.0.0.1:8081/", "http://127.0.0.1:8081/bot"]
)
def test_a_bot_api_server_may_be_given_with_or_without_its_path(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("LOGGIONE_BOT_API_URL", written)
    assert read_settings().bot_api_url == "http://127.0.0.1:8081/bot"


def test_a_child_reads_the_very_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings(
        bot_token=TOKEN,
        open_early=timedelta(seconds=5),
        zone="Asia/Kathmandu",
        api_id=7,
        data=Path("elsewhere"),
    )
    for name, value in settings.for_children().items():
        monkeypatch.setenv(name, value)
    assert read_settings() == settings


def test_a_child_does_not_read_what_its_parent_has_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGGIONE_API_ID", "7")
    for name, value in read_settings(api_id=None).for_children().items():
        monkeypatch.setenv(name, value)
    assert read_settings().api_id is None


def test_processes_that_are_not_given_the_settings_inherit_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGGIONE_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("loggione_session_key", KEY)  # taken as well
    monkeypatch.setenv("OTHER", "stays")
    settings = read_settings()
    forget_environment()
    inherited = subprocess.run(["env"], capture_output=True, text=True, check=True).stdout
    assert TOKEN not in inherited
    assert KEY not in inherited
    assert "OTHER=stays" in inherited
    assert settings.for_children()["LOGGIONE_BOT_TOKEN"] == TOKEN


def test_a_value_is_shown_as_one_would_write_it() -> None:
    settings = read_settings(open_early=timedelta(seconds=90.5), bot_token=TOKEN)
    assert settings.written("open_early") == "90.5"
    assert settings.written("api_id") == ""
    assert settings.written("zone") == "Europe/Rome"
    assert TOKEN not in settings.written("bot_token")


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGGIONE_BOT_TOKEN", TOKEN)
    assert TOKEN not in repr(read_settings())


def test_the_example_names_every_setting_with_its_default(
    tmp_path: Path,
) -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text()
    for field in Settings.model_fields:
        assert f"{Settings.variable(field)}=" in example
    defaults = read_settings()
    (tmp_path / ".env").write_text(example)
    assert read_settings() == defaults
