"""The tables of the history, and how an older version is updated to this one."""

APPLICATION_ID = 0x756E6372
"""`uncr`, which marks an SQLite file as ours."""

MIGRATIONS = (
    """
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('run', 'cramp', 'calm')),
        at_s INTEGER NOT NULL,
        offset_min INTEGER NOT NULL,
        night TEXT NOT NULL,
        deleted_s INTEGER
    ) STRICT;
    CREATE INDEX entries_by_time ON entries (deleted_s, at_s DESC, id DESC);
    CREATE INDEX entries_by_night ON entries (night, kind) WHERE deleted_s IS NULL;
    CREATE TABLE runs (
        entry_id INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
        routine_id TEXT NOT NULL,
        title TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        ended_s INTEGER NOT NULL,
        ended_offset_min INTEGER NOT NULL,
        ending TEXT NOT NULL,
        is_urgent INTEGER NOT NULL CHECK (is_urgent IN (0, 1)),
        side TEXT NOT NULL,
        steps INTEGER NOT NULL,
        steps_done INTEGER NOT NULL,
        steps_skipped INTEGER NOT NULL,
        lengthened INTEGER NOT NULL,
        shortened INTEGER NOT NULL,
        active_ms INTEGER NOT NULL,
        paused_ms INTEGER NOT NULL,
        conditions TEXT NOT NULL,
        skipped TEXT NOT NULL
    ) STRICT;
    CREATE INDEX runs_by_routine ON runs (routine_id, entry_id DESC);
    CREATE TABLE cramps (
        entry_id INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
        leg TEXT,
        place TEXT,
        pain INTEGER CHECK (pain BETWEEN 0 AND 10),
        lasted_s INTEGER CHECK (lasted_s >= 0),
        helped TEXT NOT NULL,
        note TEXT NOT NULL,
        run_id INTEGER REFERENCES entries (id) ON DELETE SET NULL
    ) STRICT;
    CREATE INDEX cramps_by_run ON cramps (run_id);
    CREATE TABLE advice_shown (
        cause TEXT PRIMARY KEY,
        at_s INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE taken_over (
        source TEXT PRIMARY KEY,
        bytes INTEGER NOT NULL
    ) STRICT;
    """,
)
"""The statements that update version N to N + 1, beginning with an empty file."""

VERSION = len(MIGRATIONS)
