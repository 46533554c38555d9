"""The first schema: accounts, quizzes, rooms with their event log, participants, answers, grades, nodes.

Times are milliseconds since the epoch, ids UUID strings, JSON is text. Plain SQL that SQLite and PostgreSQL read alike.
"""

STATEMENTS = """
CREATE TABLE account (
    id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
    password_hash TEXT NOT NULL, ver INTEGER NOT NULL DEFAULT 1, created_at BIGINT NOT NULL);
CREATE TABLE revoked_token (jti TEXT PRIMARY KEY, expires_at BIGINT NOT NULL);
CREATE TABLE setup_key (id INTEGER PRIMARY KEY, key_hash TEXT NOT NULL);
CREATE TABLE quiz (
    id TEXT PRIMARY KEY, owner_id TEXT REFERENCES account (id), title TEXT NOT NULL, content TEXT NOT NULL,
    questions INTEGER NOT NULL, revision INTEGER NOT NULL DEFAULT 1, created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL, deleted_at BIGINT);
CREATE INDEX quiz_owner ON quiz (owner_id, updated_at);
CREATE TABLE room (
    id TEXT PRIMARY KEY, pin TEXT NOT NULL, owner_id TEXT NOT NULL REFERENCES account (id),
    quiz_id TEXT NOT NULL REFERENCES quiz (id), title TEXT NOT NULL, settings TEXT NOT NULL,
    phase TEXT NOT NULL, round INTEGER NOT NULL, rounds INTEGER NOT NULL, seq BIGINT NOT NULL,
    epoch TEXT NOT NULL, locked BOOLEAN NOT NULL, opens_at BIGINT, opened_at BIGINT, closes_at BIGINT,
    due_at BIGINT, created_at BIGINT NOT NULL, started_at BIGINT, ended_at BIGINT);
CREATE UNIQUE INDEX room_live_pin ON room (pin) WHERE ended_at IS NULL;
CREATE INDEX room_pin ON room (pin, created_at);
CREATE INDEX room_due ON room (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX room_owner ON room (owner_id, created_at);
CREATE TABLE room_content (room_id TEXT PRIMARY KEY REFERENCES room (id), content TEXT NOT NULL);
CREATE TABLE room_event (
    room_id TEXT NOT NULL REFERENCES room (id), seq BIGINT NOT NULL, name TEXT NOT NULL,
    params TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (room_id, seq));
CREATE TABLE participant (
    id TEXT PRIMARY KEY, room_id TEXT NOT NULL REFERENCES room (id), nickname TEXT NOT NULL,
    nickname_key TEXT, client_id TEXT, joined_at BIGINT NOT NULL, removed_at BIGINT,
    banned BOOLEAN NOT NULL DEFAULT FALSE);
CREATE UNIQUE INDEX participant_nickname ON participant (room_id, nickname_key);
CREATE UNIQUE INDEX participant_client ON participant (room_id, client_id);
CREATE TABLE answer (
    room_id TEXT NOT NULL REFERENCES room (id), round INTEGER NOT NULL,
    participant_id TEXT NOT NULL REFERENCES participant (id), submission_id TEXT NOT NULL,
    answer TEXT NOT NULL, received_at BIGINT NOT NULL, response_ms BIGINT NOT NULL,
    PRIMARY KEY (room_id, round, participant_id));
CREATE UNIQUE INDEX answer_submission ON answer (room_id, participant_id, submission_id);
CREATE TABLE grade (
    room_id TEXT NOT NULL REFERENCES room (id), round INTEGER NOT NULL,
    participant_id TEXT NOT NULL REFERENCES participant (id), correct BOOLEAN NOT NULL,
    credit DOUBLE PRECISION NOT NULL, points INTEGER NOT NULL, score INTEGER NOT NULL,
    correct_count INTEGER NOT NULL, streak INTEGER NOT NULL, streak_best INTEGER NOT NULL,
    time_ms BIGINT NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (room_id, round, participant_id));
CREATE TABLE node (id TEXT PRIMARY KEY, started_at BIGINT NOT NULL, seen_at BIGINT NOT NULL);
"""


def up(migrator, db):
    for statement in STATEMENTS.split(";\n"):
        if statement.strip():
            db.execute_sql(statement.strip().rstrip(";"))
