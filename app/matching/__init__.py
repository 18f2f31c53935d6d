"""Which files belong together: candidates, relations, groups. Arrays in, values out; no database, no files."""
