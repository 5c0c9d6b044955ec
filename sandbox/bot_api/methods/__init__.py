"""The methods of the Bot API, one file for each family; names in lower case."""

from collections.abc import Mapping

from sandbox.bot_api.methods import account, answers, chats, media, members, messages, topics, updates
from sandbox.bot_api.query import Method

METHODS: Mapping[str, Method] = {
    **account.METHODS,
    **answers.METHODS,
    **chats.METHODS,
    **media.METHODS,
    **members.METHODS,
    **messages.METHODS,
    **topics.METHODS,
    **updates.METHODS,
}
