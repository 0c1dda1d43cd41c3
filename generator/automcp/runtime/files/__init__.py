"""Operations that are about files below one folder (`run: {file: ...}`)."""
