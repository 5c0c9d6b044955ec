"""Both languages, as groups in Rome are spoken to."""

from bot.refusals import Speech
from tests.bot.forum import LANGUAGES, ROME

ENGLISH = Speech(LANGUAGES.of("en"), ROME)
ITALIAN = Speech(LANGUAGES.of("it"), ROME)
BOTH = [ENGLISH, ITALIAN]
