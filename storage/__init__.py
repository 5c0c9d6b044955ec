"""What is remembered: SQLAlchemy Core over SQLite, migrations, repositories."""
