"""Operations that are functions which exist (`run: {python: package.module:function}`)."""
