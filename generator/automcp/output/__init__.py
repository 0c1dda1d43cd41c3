"""From files in memory to files on the disk: tidied, compared, written."""
