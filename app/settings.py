"""Settings: the only reader of the environment; a wrong one is refused by name with what to write instead."""

import difflib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from voice.accounts.session_keys import read_key

PREFIX = "LOGGIONE_"
FILE = ".env"
_NOT_SETTINGS = {"LOGGIONE_IN_NETNS"}
_GONE = {"LOGGIONE_RELAY_SESSION": "take it out, and run `loggione login`."}
"""What older versions had, and what to do now."""


class WrongSettings(Exception):
    """Settings cannot be used; each complaint names a variable and says what to write."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__("\n".join(complaints))
        self.complaints = complaints


def _zone(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("no such time zone") from error


def _web_address(value: Any) -> Any:
    parts = urlsplit(str(value))
    is_whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    if not is_whole or re.search(r"[\s?#]", str(value)):
        raise ValueError("not a web address")
    return str(value).rstrip("/")


def _bot_address(value: Any) -> Any:
    address = str(_web_address(value))
    return address if address.endswith("/bot") else f"{address}/bot"


def _file_address(value: Any) -> Any:
    address = str(_web_address(value))
    return address if address.endswith("/bot") else f"{address}/file/bot"


def _duration(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return timedelta(seconds=float(value))
    except OverflowError as error:
        raise ValueError("not a number of seconds") from error


def _shaped(pattern: str) -> Callable[[SecretStr], SecretStr]:
    def check(secret: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, secret.get_secret_value(), re.ASCII):
            raise ValueError("of another shape")
        return secret

    return check


def _session_key(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value():
        read_key(secret.get_secret_value())
    return secret


Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
Seconds = Annotated[timedelta, BeforeValidator(_duration)]


class Settings(BaseSettings):
    """Everything that can be set, from the environment or from a file `.env` in the working folder."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=FILE,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        arbitrary_types_allowed=True,
    )

    bot_token: Annotated[SecretStr, AfterValidator(_shaped(r"(\d+:[\w-]+)?"))] = Field(
        default=SecretStr(""),
        description="the token that @BotFather gave you, for example 123456789:AAE-abc",
    )
    bot_api_url: Annotated[str, BeforeValidator(_bot_address)] = Field(
        default="https://api.telegram.org/bot",
        description="the address of the Bot API server, for example http://127.0.0.1:8081/bot",
    )
    bot_api_file_url: Annotated[str, BeforeValidator(_file_address)] = Field(
        default="https://api.telegram.org/file/bot",
        description="where that server offers files, for example http://127.0.0.1:8081/file/bot",
    )
    api_id: int | None = Field(
        default=None, gt=0, description="the number under App api_id on my.telegram.org, for example 1234567"
    )
    api_hash: Annotated[SecretStr, AfterValidator(_shaped(r"([0-9a-f]{32})?"))] = Field(
        default=SecretStr(""),
        description="the 32 hexadecimal digits under App api_hash on my.telegram.org",
    )
    session_key: Annotated[SecretStr, AfterValidator(_session_key)] = Field(
        default=SecretStr(""),
        description="32 random bytes in base64, as `openssl rand -base64 32` makes them, or leave it out: "
        "then a file in the data folder holds the key",
    )
    sandbox_mtproto: Path | None = Field(
        default=None, description="the path of a sandbox's MTProto socket; leave it out for the real Telegram"
    )
    sandbox_accounts: int = Field(
        default=1, ge=1, le=2, description="how many of a sandbox's relay accounts to use, 1 or 2"
    )
    data: Path = Field(default=Path("var"), description="the folder for all data, for example ./var")
    operator: int | None = Field(
        default=None,
        gt=0,
        description="your own number in Telegram, to which the bot writes of what only you can mend once you "
        "have sent it /start, for example 123456789",
    )
    allows_private_addresses: bool = Field(
        default=False,
        description="true if sounds may come from, and go to, addresses of private networks, else false",
    )
    web_host: str = Field(
        default="127.0.0.1", min_length=1, description="the address to serve on, for example 127.0.0.1"
    )
    web_port: int = Field(
        default=8080, ge=0, le=65535, description="a port number from 1 to 65535, for example 8080"
    )
    public_url: Annotated[str, BeforeValidator(_web_address)] = Field(
        default="http://127.0.0.1:8080",
        description="the address under which listeners reach the gallery, for example https://talks.example.org",
    )
    tls_certificate: Path | None = Field(
        default=None,
        description="the path of the certificate with its chain, in PEM, for example "
        "/etc/loggione/fullchain.pem, or leave it out where a proxy speaks TLS",
    )
    tls_key: Path | None = Field(
        default=None,
        description="the path of the certificate's key, in PEM, for example /etc/loggione/privkey.pem",
    )
    listener_limit: int = Field(
        default=2000, ge=1, le=5000, description="how many may listen at once, from 1 to 5000"
    )
    zone: Zone = Field(
        default=ZoneInfo("Europe/Rome"), description="a time zone for new groups, for example Europe/Rome"
    )
    language: Literal["en", "it"] = Field(default="en", description="the language for new groups: en or it")
    open_early: Seconds = Field(
        default=timedelta(minutes=1),
        ge=timedelta(0),
        le=timedelta(hours=1),
        description="how many seconds before a talk the call opens, from 0 to 3600",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="debug, info, warning or error"
    )
    log_format: Literal["text", "json"] = Field(default="text", description="text or json")

    @property
    def database(self) -> Path:
        """The file of data."""
        return self.data / "loggione.db"

    @property
    def recordings(self) -> Path:
        """The folder with one folder for each recorded room."""
        return self.data / "recordings"

    @property
    def sounds(self) -> Path:
        """The folder for what people have played in talks, until those are over."""
        return self.data / "sounds"

    @property
    def accounts(self) -> Path:
        """The folder with one locked file for each relay account."""
        return self.data / "accounts"

    @property
    def session_key_file(self) -> Path:
        """The file that holds the key to them when no setting does."""
        return self.data / "session.key"

    @staticmethod
    def variable(field: str) -> str:
        """The name of the environment variable that sets a field."""
        return PREFIX + field.upper()

    def written(self, field: str) -> str:
        """A field as one would write it, empty when there is nothing; a secret stays hidden."""
        match getattr(self, field):
            case None:
                return ""
            case timedelta() as length:
                return str(length.total_seconds()).removesuffix(".0")
            case value:
                return str(value)

    def for_children(self) -> dict[str, str]:
        """The environment for a process of ours that shall read the very same settings; secrets in plain."""
        ours = {}
        for field, value in self:
            text = value.get_secret_value() if isinstance(value, SecretStr) else self.written(field)
            ours[self.variable(field)] = text
        return {**os.environ, **ours}


def read_settings(**given: object) -> Settings:
    """Read the settings; those given win over the environment, which wins over `.env`.

    Raises:
        WrongSettings: with a sentence for each setting that is wrong or unknown.
    """
    complaints = [*_unknown_names(os.environ), *_unknown_names(_read_file())]
    try:
        settings = Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        complaints += [_complaint(str(problem["loc"][0]), problem.get("input")) for problem in error.errors()]
    if complaints:
        raise WrongSettings(complaints)
    return settings


def forget_environment() -> None:
    """Take the settings out of our environment once they are read, so that no process inherits a secret.

    Those that shall have them are given them; see `Settings.for_children`.
    """
    settings = {Settings.variable(field) for field in Settings.model_fields}
    for name in list(os.environ):
        if name.upper() in settings:  # as they are read
            del os.environ[name]


def _complaint(field: str, value: object) -> str:
    name, setting = Settings.variable(field), Settings.model_fields[field]
    is_secret = setting.annotation is SecretStr
    trouble = "used as it is" if is_secret else f"{os.environ.get(name, str(value))!r:.80}"
    return f"{name} cannot be {trouble}: write {setting.description}."


def _read_file() -> Mapping[str, str | None]:
    try:
        return dotenv_values(FILE)
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSettings([f"{FILE} cannot be read as a file of settings: see .env.example."]) from error


def _unknown_names(given: Iterable[str]) -> list[str]:
    known = {Settings.variable(field) for field in Settings.model_fields}
    complaints = []
    for name in sorted(given):
        if name.startswith(PREFIX) and name not in known | _NOT_SETTINGS:
            near = difflib.get_close_matches(name, known, 1)
            usual = f"did you mean {near[0]}?" if near else "see .env.example for those there are."
            advice = _GONE.get(name, usual)
            complaints.append(f"{name} is no setting: {advice}")
    return complaints
