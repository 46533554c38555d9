"""The tables as peewee models; migrations/ holds the schema itself. Times are milliseconds since the epoch."""

from peewee import (
    BigIntegerField,
    BlobField,
    BooleanField,
    CompositeKey,
    FloatField,
    IntegerField,
    Model,
    TextField,
)

from models.engine import proxy


class Table(Model):
    class Meta:
        database = proxy
        legacy_table_names = False


class Account(Table):
    id = TextField(primary_key=True)
    email = TextField(unique=True)
    name = TextField()
    role = TextField()
    password_hash = TextField()
    # Raised by everything that must end all sign-ins of the account; tokens carry the value they were made with.
    ver = IntegerField(default=1)
    created_at = BigIntegerField()
    deactivated_at = BigIntegerField(null=True)
    # Since when an admin is to let them in; None for everybody who was, or never had to be.
    waiting_since = BigIntegerField(null=True)
    # Within a few minutes; None: never signed in.
    seen_at = BigIntegerField(null=True)
    # Name and e-mail as they are searched and sorted.
    sought = TextField(default="")


class SignIn(Table):
    """One device that somebody is signed in on: its token counts as long as this row is there."""

    jti = TextField(primary_key=True)
    account_id = TextField()
    device = TextField()
    at = BigIntegerField()
    seen_at = BigIntegerField()
    expires_at = BigIntegerField()


class AccountLink(Table):
    """An address that works once: an invitation, with the role it gives, or a new password for an account."""

    id = TextField(primary_key=True)
    kind = TextField()
    token_hash = TextField(unique=True)
    account_id = TextField(null=True)
    role = TextField(null=True)
    # The account that is made with it has this address; None: any.
    email = TextField(null=True)
    note = TextField()
    # The admin's account; None for one that was asked for by e-mail.
    made_by = TextField(null=True)
    at = BigIntegerField()
    expires_at = BigIntegerField()
    used_at = BigIntegerField(null=True)
    used_by = TextField(null=True)


class SetupKey(Table):
    id = IntegerField(primary_key=True)
    key_hash = TextField()


class Quiz(Table):
    id = TextField(primary_key=True)
    # None: a sample that nobody has claimed yet (the first account does).
    owner_id = TextField(null=True)
    title = TextField()
    content = TextField()
    questions = IntegerField()
    # False: a draft that its author has to finish before it can be played.
    ready = BooleanField(default=True)
    revision = IntegerField(default=1)
    created_at = BigIntegerField()
    updated_at = BigIntegerField()
    deleted_at = BigIntegerField(null=True)
    # Title, description, tags and prompts as they are searched; the title first, so that they sort by it.
    words = TextField(default="")
    # Of its questions, as its author said it.
    language = TextField(default="en")
    # Kept here, since rooms are deleted.
    runs = IntegerField(default=0)
    last_played_at = BigIntegerField(null=True)


class QuizTag(Table):
    """A tag as its author wrote it, and as tags are compared."""

    quiz_id = TextField()
    key = TextField()
    tag = TextField()

    class Meta:
        primary_key = CompositeKey("quiz_id", "key")


class QuizQuestion(Table):
    """A question as it is searched, in the place (from 0) that it has in its quiz, where the rest of it stands."""

    quiz_id = TextField()
    place = IntegerField()
    kind = TextField()
    # All the texts in it.
    words = TextField()

    class Meta:
        primary_key = CompositeKey("quiz_id", "place")


class Room(Table):
    id = TextField(primary_key=True)
    pin = TextField()
    owner_id = TextField()
    quiz_id = TextField()
    title = TextField()
    settings = TextField()
    phase = TextField()
    round = IntegerField()
    rounds = IntegerField()
    seq = BigIntegerField()
    epoch = TextField()
    locked = BooleanField()
    opens_at = BigIntegerField(null=True)
    opened_at = BigIntegerField(null=True)
    closes_at = BigIntegerField(null=True)
    # When any node may move the room on by itself: opening, closing, advancing.
    due_at = BigIntegerField(null=True)
    created_at = BigIntegerField()
    started_at = BigIntegerField(null=True)
    ended_at = BigIntegerField(null=True)
    # Gone for everybody; until it is removed its owner may take that back.
    deleted_at = BigIntegerField(null=True)
    anonymised_at = BigIntegerField(null=True)
    # Counts nowhere and is in no list: its teacher tried the quiz with a class that is made up.
    is_rehearsal = BooleanField(default=False)


class RoomContent(Table):
    room_id = TextField(primary_key=True)
    content = TextField()


class RoomEvent(Table):
    room_id = TextField()
    seq = BigIntegerField()
    name = TextField()
    params = TextField()
    at = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("room_id", "seq")


class Participant(Table):
    id = TextField(primary_key=True)
    room_id = TextField()
    nickname = TextField()
    # The nickname as compared; None once the seat is removed, so that the name is free again.
    nickname_key = TextField(null=True)
    client_id = TextField(null=True)
    joined_at = BigIntegerField()
    removed_at = BigIntegerField(null=True)
    banned = BooleanField(default=False)


class Answer(Table):
    room_id = TextField()
    round = IntegerField()
    participant_id = TextField()
    submission_id = TextField()
    answer = TextField()
    received_at = BigIntegerField()
    response_ms = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("room_id", "round", "participant_id")


class GivenAnswer(Answer):
    """A view of all there are: those of open rounds too, which SQLite keeps in a log (answer_log.py)."""


class Grade(Table):
    """What a round was worth to a participant, and where it left them; written once, when the round closes."""

    room_id = TextField()
    round = IntegerField()
    participant_id = TextField()
    correct = BooleanField()
    credit = FloatField()
    points = IntegerField()
    score = IntegerField()
    correct_count = IntegerField()
    streak = IntegerField()
    streak_best = IntegerField()
    time_ms = BigIntegerField()
    rank = IntegerField()

    class Meta:
        primary_key = CompositeKey("room_id", "round", "participant_id")


class Node(Table):
    id = TextField(primary_key=True)
    started_at = BigIntegerField()
    seen_at = BigIntegerField()


class AuditEntry(Table):
    """Something that an admin did, or that took data away; never changed. `details` is JSON."""

    id = TextField(primary_key=True)
    at = BigIntegerField()
    actor_id = TextField()
    actor_name = TextField()
    action = TextField()
    room = TextField(null=True)
    target = TextField(null=True)
    details = TextField()


class Notification(Table):
    """Something that another system has to say to an account. `payload` is JSON."""

    id = TextField(primary_key=True)
    account_id = TextField()
    type = TextField()
    payload = TextField()
    at = BigIntegerField()
    read_at = BigIntegerField(null=True)


class Media(Table):
    """An image or a sound, once for everybody who shows it; `id` is the hash of `data` and its ending."""

    id = TextField(primary_key=True)
    type = TextField()
    # Of an image; 0 of a sound.
    width = IntegerField()
    height = IntegerField()
    # Of a sound; 0 of an image.
    duration_ms = IntegerField()
    bytes = IntegerField()
    # The last time, by anybody.
    uploaded_at = BigIntegerField()
    data = BlobField()


class MediaOwner(Table):
    media_id = TextField()
    account_id = TextField()
    uploaded_at = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("media_id", "account_id")


class QuizMedia(Table):
    media_id = TextField()
    quiz_id = TextField()

    class Meta:
        primary_key = CompositeKey("media_id", "quiz_id")


class RoomMedia(Table):
    """What a room shows stays as long as the room does, whatever becomes of its quiz."""

    media_id = TextField()
    room_id = TextField()

    class Meta:
        primary_key = CompositeKey("media_id", "room_id")


class ImportPreview(Table):
    """What was found in a file, until its owner has chosen what to save of it. JSON in `content` and `saved`."""

    id = TextField(primary_key=True)
    owner_id = TextField()
    filename = TextField()
    # None once something was saved.
    content = TextField(null=True)
    # The quizzes that were saved.
    saved = TextField(null=True)
    created_at = BigIntegerField()
    expires_at = BigIntegerField()
