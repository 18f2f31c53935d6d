"""How work is run: the runner of tasks, the watcher of folders, and for the window Qt's threads and signals.

Only ``desk`` knows Qt; the command line and tests use the others on a plain executor.
"""
