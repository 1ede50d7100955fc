"""Pack: all files for one area, built in memory, and the check of what came out."""
