"""The duties of a day besides its inbox: watch, calendar, targeting, requests, report.

One rule file per duty. A duty's state is nothing but the fold of the moves (`work`); what a move
brings, how it is judged and how it looks at the desk are functions of plans, moves and minute.
"""

from simulator.duties.constants import number, table, title
from simulator.duties.naming import titles
from simulator.duties.possible import REPORT_OPENS, at_all, options, refusal
from simulator.duties.sheets import Ideal, Line, Part, Sheet, part_score
from simulator.duties.shown import DeskDuties
from simulator.duties.standing import (
    Inbox,
    Standing,
    creatives,
    deliveries,
    gained,
    measures,
    member_of,
    on_page,
    report_figures,
    report_minute,
    sheets,
    stirred,
)
from simulator.duties.view import view

DUTY_CRITERIA = table("criteria")
"""The criteria beyond the reply: id -> title, source, strength, weight."""

DUTY_TABLES = {
    name: table(name)
    for name in ("formats", "actions", "bids", "periods", "topics", "measures", "kpis")
}
"""The words of the trade by table: id -> what it is called, for packs and pages."""

__all__ = [
    "DUTY_CRITERIA",
    "DUTY_TABLES",
    "REPORT_OPENS",
    "DeskDuties",
    "Ideal",
    "Inbox",
    "Line",
    "Part",
    "Sheet",
    "Standing",
    "at_all",
    "creatives",
    "deliveries",
    "gained",
    "measures",
    "member_of",
    "number",
    "on_page",
    "options",
    "part_score",
    "refusal",
    "report_figures",
    "report_minute",
    "sheets",
    "stirred",
    "table",
    "title",
    "titles",
    "view",
]
