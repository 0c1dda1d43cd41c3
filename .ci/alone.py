"""alone LOCK COMMAND...: runs the command once every other `alone` on the same lock file has ended, however it ended."""

import fcntl
import os
import sys

lock = os.open(sys.argv[1], os.O_CREAT | os.O_RDWR)
fcntl.flock(lock, fcntl.LOCK_EX)
os.set_inheritable(lock, True)
os.execvp(sys.argv[2], sys.argv[2:])
