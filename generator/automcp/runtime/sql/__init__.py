"""Operations that are SQL statements (`run: {sql: ...}`): SQLite and PostgreSQL."""
