"""The world's refusals, in the words that Telegram uses at each of its doors."""


class ApiError(Exception):
    """A refusal of the Bot API: an HTTP status, a description, and parameters such as `retry_after`."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


class CallError(Exception):
    """A refusal of MTProto's phone functions: a code and a name such as GROUPCALL_FORBIDDEN."""

    def __init__(self, code: int, name: str) -> None:
        super().__init__(f"{code} {name}")
        self.code = code
        self.name = name
