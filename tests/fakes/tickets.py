"""A mint without mathematics, and a Telegram that vouches for whoever says their name."""

from dataclasses import replace

from rooms.errors.tickets import NotBlinded, NotVouchedFor
from rooms.ids import ChatId
from rooms.roles import Asker


class FakeMint:
    """Fulfils the `Mint` port; keys are numbered."""

    def __init__(self) -> None:
        self.struck = 0
        self.signed: list[tuple[bytes, bytes]] = []

    async def strike(self) -> tuple[bytes, bytes]:
        self.struck += 1
        return f"public-{self.struck}".encode(), f"private-{self.struck}".encode()

    async def sign(self, private: bytes, blinded: bytes) -> bytes:
        if not blinded:
            raise NotBlinded
        self.signed.append((private, blinded))
        return private + b" signed " + blinded


class FakeVouching:
    """Fulfils the `Vouching` port; a proof is a name. Who is given with a chat is in that one alone."""

    def __init__(self, *askers: Asker) -> None:
        self.askers = {asker.name: asker for asker in askers}
        self.asked: list[tuple[str, ChatId]] = []

    async def vouch(self, proof: str, chat: ChatId) -> Asker:
        self.asked.append((proof, chat))
        if proof not in self.askers:
            raise NotVouchedFor
        asker = self.askers[proof]
        if asker.chat in (None, chat):
            return asker
        return replace(asker, chat=chat, is_member=False, is_admin=False)
