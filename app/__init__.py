"""ShotSift finds photographs that show the same picture and helps to keep the best of each.

The map of the house, from the top; imports point down, and lint-imports says so:

    cli         the command line; without a command it starts main
    main        builds the window's parts and joins them
    ui          the window, the only room that knows Qt's widgets
    api         the local endpoint (extra): IMM's protocol on 127.0.0.1, signatures, what it may open
    workers     how work is run: runner of tasks, watcher of folders; the desk is the window's door to both, the
                attendant that of a program without a window
    services    the operations of the contract: verbs on nouns (services/operations.py lists them by their names);
                services/clustering.py is the path of a photograph
    store       the catalogue: SQLAlchemy, SQLite, Alembic       | three rooms that do not
    matching    which files belong together: arrays in, values out | know each other;
    imaging     pixels, headers, and the isolated readers          | services join them
    events, progress, settings, resources, logs
    contract    what is asked and answered, in the names, sizes and limits of IMM
    domain      values and rules
    errors      what may go wrong

A photograph walks: scan (services/scanning) - read and index (services/indexing, imaging/reading) - first clusters by
hashes alone (services/relating, grouping) - describe (services/describing, imaging/describing) - candidates and relate
(services/relating, matching) - group (services/grouping, matching/groups) - measure (services/measuring,
imaging/qualities, faces) - score (services/scoring, domain/parts) - announce (events, ui). What a person sets or says
of clusters regroups them from the evidence that is kept (services/alikeness, corrections) or ranks them by the parts
that are kept (services/ranking). What a person or a ladder of rules chooses comes first in its cluster
(services/choosing, domain/ladders). services/explaining tells why two photographs are together or apart,
services/opinions why one is the best; services/companions tells which files of a folder are one photograph;
services/bequests offers to a keeper what the rejected say.
"""

__version__ = "0.1.0"
