"""Operations that are commands (`run: {command: ...}`), started without a shell."""
