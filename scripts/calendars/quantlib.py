"""Carries holidays over from QuantLib, for a test that compares the exchange calendars with them.

    python3 -m venv venv
    venv/bin/pip install QuantLib==1.44
    venv/bin/python scripts/calendars/quantlib.py
"""

import datetime
import json
import pathlib

import QuantLib as ql

CALENDARS = {
    "XNYS": ql.UnitedStates(ql.UnitedStates.NYSE),
    "XTSE": ql.Canada(ql.Canada.TSX),
    "XLON": ql.UnitedKingdom(ql.UnitedKingdom.Exchange),
    "XETR": ql.Germany(ql.Germany.Xetra),
    "XTKS": ql.Japan(),
}
FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2025, 12, 31)


def holidays_of(calendar):
    """Weekdays that are none of its business days, 'MM-DD' by year."""
    years, day = {}, FIRST
    while day <= LAST:
        if day.weekday() < 5 and not calendar.isBusinessDay(ql.Date(day.day, day.month, day.year)):
            years.setdefault(str(day.year), []).append(day.strftime("%m-%d"))
        day += datetime.timedelta(days=1)
    return {year: " ".join(days) for year, days in years.items()}


fixture = {
    "version": ql.__version__,
    "span": [str(FIRST), str(LAST)],
    "holidays": {code: holidays_of(calendar) for code, calendar in CALENDARS.items()},
}
file = pathlib.Path(__file__).parents[2] / "test/golden/exchanges/quantlib.json"
file.write_text(json.dumps(fixture, indent=1) + "\n")
