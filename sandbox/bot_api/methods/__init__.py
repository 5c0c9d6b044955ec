"""The methods of the Bot API, one file for each family; names in lower case."""

from collections.abc import Mapping

from sandbox.bot_api.methods import (
    account,
    answers,
    chats,
    commands,
    forwarding,
    general,
    media,
    members,
    messages,
    standing,
    topics,
    updates,
)
from sandbox.bot_api.query import Method

METHODS: Mapping[str, Method] = {
    **account.METHODS,
    **answers.METHODS,
    **chats.METHODS,
    **commands.METHODS,
    **forwarding.METHODS,
    **general.METHODS,
    **media.METHODS,
    **members.METHODS,
    **messages.METHODS,
    **standing.METHODS,
    **topics.METHODS,
    **updates.METHODS,
}
