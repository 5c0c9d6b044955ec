"""On top: which announcements are pinned."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the data to this version."""
    op.add_column("cards", sa.Column("is_on_top", sa.Boolean(), nullable=True, server_default=sa.true()))
