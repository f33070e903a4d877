"""Keeps norm groups, worked out in the background: pages read them and compute none."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from smm_academy.measurement.models import Norm
from smm_academy.measurement.norms import NormGroup


def keep_norm(session: Session, key: str, group: NormGroup, at: datetime) -> None:
    """Keep a norm group in place of what was kept of it before."""
    row = session.get(Norm, key)
    if row is None:
        row = Norm(key=key)
        session.add(row)
    row.taken_at, row.people = at, group.people
    row.first_on, row.last_on = group.first, group.last
    row.shares = list(group.shares)
    session.flush()


def forget_norms(session: Session, keys: Collection[str]) -> None:
    """Delete norm groups; keys that are not kept change nothing."""
    session.execute(delete(Norm).where(Norm.key.in_(keys)))
