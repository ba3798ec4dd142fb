"""Compares every session that `outsample calendar` tells with those of exchange-calendars, one by one.

    venv/bin/python scripts/calendars/compare.py

The environment is that of make.py. Ends with 1 where one differs.
"""

import json
import subprocess
import sys

import pandas as pd
from make import CODES, COLUMNS, ROOT, calendar_of


def told(code, start, end):
    """Sessions of the command: by date, the instants of open, break and close, None for no break."""
    command = ["node", "bin/outsample.mjs", "calendar", code, "--from", str(start.date()), "--to", str(end.date()), "--json"]
    answer = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    names = ["open", "breakStart", "breakEnd", "close"]
    return {one["date"]: [one[name] for name in names] for one in answer["sessions"]}


def expected(calendar):
    text = lambda at: None if pd.isna(at) else at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {str(day.date()): [text(at) for at in row] for day, *row in calendar.schedule[COLUMNS].itertuples()}


differing = 0
for code in CODES:
    calendar, start, end = calendar_of(code)
    ours, theirs = told(code, start, end), expected(calendar)
    days = sorted(day for day in ours.keys() | theirs.keys() if ours.get(day) != theirs.get(day))
    differing += len(days)
    print(code, f"{len(theirs)} sessions, {len(days)} differ", *days[:5])
sys.exit(1 if differing else 0)
