"""Makes the tables of the exchange calendars, and the figures that they are tested with, from exchange-calendars.

    python3 -m venv venv
    venv/bin/pip install exchange-calendars==4.13.2 pandas==2.2.3 numpy==2.2.6
    venv/bin/python scripts/calendars/make.py
    npx prettier --write src/domain/exchanges/tables.ts

With pandas 3 the package forgets, without a word, every session on a Saturday: this script refuses it.
docs/CALENDARS.md says what the tables cover and where they are known to be wrong.
"""

import hashlib
import json
import pathlib
import warnings

import exchange_calendars
import pandas as pd
from exchange_calendars.calendar_utils import global_calendar_dispatcher

assert exchange_calendars.__version__ == "4.13.2", exchange_calendars.__version__
assert pd.__version__ == "2.2.3", pd.__version__
warnings.simplefilter("ignore")

RELEASED = "2026-03-10"  # of the package: what lies beyond was announced or follows from rules
FIRST, LAST = pd.Timestamp("1990-01-01"), pd.Timestamp("2030-12-31")
CODES = """XNYS XTSE BVMF CMES XLON XPAR XAMS XBRU XMIL XMAD XETR XSWX XSTO
XTKS XHKG XSHG XKRX XTAI XSES XASX XBOM XJSE XSAU""".split()

ROOT = pathlib.Path(__file__).parents[2]
DAY = pd.Timedelta(days=1)
COLUMNS = ["open", "break_start", "break_end", "close"]


def calendar_of(code):
    kind = global_calendar_dispatcher._calendar_factories[code]
    start = max(FIRST, kind.bound_min() or FIRST)
    end = min(LAST, kind.bound_max() or LAST)
    return kind(start=start, end=end), start, end


def hours_of(calendar):
    """Of each session, the minutes from its midnight on clocks there: open, break, close; without a break two."""
    schedule, zone = calendar.schedule, str(calendar.tz)
    local = pd.DataFrame(
        {
            name: (schedule[name].dt.tz_convert(zone).dt.tz_localize(None) - schedule.index) / pd.Timedelta(minutes=1)
            for name in COLUMNS
        }
    )
    return {day: tuple(int(at) for at in row if at == at) for day, *row in local.itertuples()}


def text_of(hours):
    sign = lambda at: "-" if at < 0 else ""
    return " ".join(f"{sign(at)}{abs(at) // 60}:{abs(at) % 60:02}" for at in hours)


def base36(number):
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (base36(number // 36) if number >= 36 else "") + digits[number % 36]


def days_text(days, start):
    """Rising days as steps in base 36, the first from the table's first day."""
    steps, last = [], start
    for day in sorted(days):
        steps.append(base36((day - last).days))
        last = day
    return " ".join(steps)


def weeks_of(calendar, start, end):
    """Weekdays with sessions, from a date on."""
    changes = [(start, calendar.weekmask)]
    for begin, until, mask in getattr(calendar, "special_weekmasks", None) or []:
        changes.append((max(begin or start, start), mask))
        if until < end:
            changes.append((until + DAY, calendar.weekmask))
    return sorted(dict(changes).items())


def regimes_of(calendar, hours, start):
    """Usual hours, from a date on: the most frequent between the dates at which the package changes one."""
    changes = {start}
    for times in (calendar.open_times, calendar.break_start_times, calendar.break_end_times, calendar.close_times):
        changes |= {date for date, _ in times or () if date is not None and date > start}
    regimes, rising = [], sorted(changes)
    for at, date in enumerate(rising):
        until = rising[at + 1] if at + 1 < len(rising) else LAST + DAY
        usual = pd.Series([h for day, h in hours.items() if date <= day < until]).mode()[0]
        if not regimes or regimes[-1][1] != usual:
            regimes.append((date, usual))
    return regimes


def at_date(regimes, day):
    return [value for date, value in regimes if date <= day][-1]


def table_of(code):
    calendar, start, end = calendar_of(code)
    hours = hours_of(calendar)
    weeks, regimes = weeks_of(calendar, start, end), regimes_of(calendar, hours, start)
    closures, special = [], {}
    for day in pd.date_range(start, end):
        is_usual = at_date(weeks, day)[day.dayofweek] == "1"
        assert is_usual or day not in hours, (code, day)
        if is_usual and day not in hours:
            closures.append(day)
        elif day in hours and hours[day] != at_date(regimes, day):
            special.setdefault(hours[day], []).append(day)
    return {
        "from": str(start.date()),
        "until": str(end.date()),
        "weeks": {str(date.date()): mask for date, mask in weeks},
        "hours": {str(date.date()): text_of(usual) for date, usual in regimes},
        "closures": days_text(closures, start),
        "special": {text_of(usual): days_text(days, start) for usual, days in special.items()},
    }


def sums_of(code):
    """Of each year, the beginning of the SHA-256 of its sessions: a line each, instants in seconds, '-' for no break."""
    schedule = calendar_of(code)[0].schedule
    lines = {}
    for day, *row in schedule[COLUMNS].itertuples():
        instants = ["-" if pd.isna(at) else str(int(at.timestamp())) for at in row]
        lines.setdefault(day.year, []).append(" ".join([str(day.date()), *instants]) + "\n")
    return {
        "first": min(lines),
        "sums": " ".join(hashlib.sha256("".join(of).encode()).hexdigest()[:8] for _, of in sorted(lines.items())),
    }


def main():
    tables = json.dumps({code: table_of(code) for code in CODES}, indent=2)
    (ROOT / "src/domain/exchanges/tables.ts").write_text(
        f"""import type {{ Table }} from './table.ts';

/** Made by scripts/calendars/make.py from exchange-calendars {exchange_calendars.__version__} (Apache-2.0). Not to be edited by hand. */

/** The day of that package’s release: sessions beyond are projected. */
export const madeOn = '{RELEASED}';

export const tables = {tables} as const satisfies Readonly<Record<string, Table>>;
"""
    )
    sums = {"exchange-calendars": exchange_calendars.__version__, **{code: sums_of(code) for code in CODES}}
    (ROOT / "test/golden/exchanges/sums.json").write_text(json.dumps(sums, indent=1) + "\n")


if __name__ == "__main__":
    main()
