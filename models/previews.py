"""Queries of import previews. To be called inside Database.read or .write."""

from collections.abc import Mapping
from typing import Any

from models.tables import ImportPreview


def insert_preview(row: Mapping[str, Any], keep: int) -> None:
    """Of one person the newest `keep` stay; the oldest make room."""
    ImportPreview.insert(**row).execute()
    of_owner = ImportPreview.select(ImportPreview.id).where(ImportPreview.owner_id == row["owner_id"])
    newest = of_owner.order_by(ImportPreview.created_at.desc(), ImportPreview.id.desc())
    too_many = [old.id for old in newest.offset(keep).limit(1000)]
    if too_many:
        ImportPreview.delete().where(ImportPreview.id.in_(too_many)).execute()


def preview_of(preview_id: str, owner_id: str, now: int) -> ImportPreview | None:
    """None when it is unknown, somebody else's or over."""
    row: ImportPreview | None = ImportPreview.get_or_none(_is_valid(preview_id, owner_id, now))
    return row


def set_content(preview_id: str, owner_id: str, now: int, content: str) -> bool:
    """False when it is over, or something of it was saved."""
    changed = ImportPreview.update(content=content).where(
        _is_valid(preview_id, owner_id, now) & ImportPreview.saved.is_null()
    )
    return bool(changed.execute())


def mark_saved(preview_id: str, owner_id: str, now: int, saved: str) -> bool:
    """False when that was done before or the preview is over; whoever comes second waits here for the first."""
    first = ImportPreview.update(saved=saved, content=None).where(
        _is_valid(preview_id, owner_id, now) & ImportPreview.saved.is_null()
    )
    return bool(first.execute())


def delete_preview(preview_id: str, owner_id: str) -> None:
    ImportPreview.delete().where((ImportPreview.id == preview_id) & (ImportPreview.owner_id == owner_id)).execute()


def delete_expired(now: int) -> int:
    deleted: int = ImportPreview.delete().where(ImportPreview.expires_at <= now).execute()
    return deleted


def _is_valid(preview_id: str, owner_id: str, now: int) -> Any:
    is_owned = (ImportPreview.id == preview_id) & (ImportPreview.owner_id == owner_id)
    return is_owned & (ImportPreview.expires_at > now)
