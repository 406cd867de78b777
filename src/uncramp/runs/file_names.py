"""What the files of the history are called in its folder."""

FILE_NAME = "runs.jsonl"
"""The name of the file, in the history's folder."""

DATABASE_NAME = "history.sqlite3"
"""The name of the database that takes in what this file holds, beside it."""
