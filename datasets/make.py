#!/usr/bin/env python3
"""Rebuild the sample datasets from the packages that ship the raw files.

    python3 datasets/make.py            download, write the CSV files and manifest.json
    python3 datasets/make.py --check    download, compare with what is here, exit 1 on any difference

Needs Python >= 3.9 with pip, and npm; nothing is installed and no package code runs. Numbers are copied as text,
digit for digit; only dates are rewritten (M/D/YYYY to YYYY-MM-DD), so equal packages give equal bytes.
"""
import csv, gzip, hashlib, io, json, re, shutil, subprocess, sys, tarfile, tempfile, zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYPI = ["arch==8.0.0", "bokeh-sampledata==2026.1"]
NPM = "vega-datasets@3.2.1"
# Raw file inside its package -> SHA-256 of the bytes as packaged.
RAW = {
    "arch/data/sp500/sp500.csv.gz": "1e028cbb9c400cc018c816ccc439b33c919387e726c3ed5ca2c05c82746059de",
    "arch/data/nasdaq/nasdaq.csv.gz": "b2009535343ebb14e0aa11ed086788d2997a416ffe4f9450eed9a561ae30ac59",
    "arch/data/vix/vix.csv.gz": "410bd07360dc798f7206d681b8347c6150e7fbd8b05fb1ae29bbe2c9985d66ef",
    "arch/data/wti/wti.csv.gz": "b83498894138a65cdc14a67fc1716aa90b3cfda274f976bd3692cc3f1500084d",
    "bokeh_sampledata/_data/stocks.csv.gz": "5abadf99b2d394f920120a27de6f0df129859d71d4cfb0bf661bcc99446ab1fd",
    "package/data/sp500-2000.csv": "9409e9342d0657c747324e4cfabce8a8c7f663bc485b95a3378f36b0a160f8c8",
}
BARS = ["symbol", "date", "open", "high", "low", "close", "volume"]
SHARE = ["Date", "Open", "High", "Low", "Close", "Volume", "Adj Close"]
BLANK = {"", "."}


def download(tmp):
    """Raw file name -> list of rows (dicts of text), each file checked against RAW."""
    # One fixed wheel tag, so that every machine reads the same archive; the CSV files do not depend on it.
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
                    "--python-version", "3.11", "--platform", "manylinux_2_17_x86_64", "-d", tmp, *PYPI], check=True)
    subprocess.run([shutil.which("npm"), "pack", "--silent", NPM], cwd=tmp, check=True, stdout=subprocess.DEVNULL)
    raw = {}
    for wheel in Path(tmp).glob("*.whl"):
        with zipfile.ZipFile(wheel) as z:
            raw.update((name, z.read(name)) for name in z.namelist() if name in RAW)
    with tarfile.open(next(Path(tmp).glob("*.tgz"))) as t:
        raw.update((m.name, t.extractfile(m).read()) for m in t if m.name in RAW)
    for name, want in RAW.items():
        if hashlib.sha256(raw[name]).hexdigest() != want:
            sys.exit(f"{name}: not the bytes this script was written for")
    text = {n: (gzip.decompress(b) if n.endswith(".gz") else b).decode("ascii") for n, b in raw.items()}
    return {n.rsplit("/", 1)[1]: list(csv.DictReader(io.StringIO(t, newline=""))) for n, t in text.items()}


def iso(us_date):
    month, day, year = us_date.split("/")
    return f"{year}-{int(month):02}-{int(day):02}"


def index_bars(rows, symbol):
    return [[symbol, iso(r["Date"]), *(r[c] for c in ("Open", "High", "Low", "Close", "Volume"))]
            for r in rows if "2014-01-02" <= iso(r["Date"]) <= "2018-12-31"]


def series(rows, name, column):
    """From October 2013, where the source has it, so that 7-bar returns are known on the first bar; blanks left out."""
    return [[name, iso(r["Date"]), r[column]] for r in rows
            if "2013-10-01" <= iso(r["Date"]) <= "2018-12-31" and r[column] not in BLANK]


def build(raw):
    """Dataset id -> (file name, role, header, rows, the file's one symbol or None where column 1 names it)."""
    sp500, nasdaq = raw["sp500.csv.gz"], raw["nasdaq.csv.gz"]
    macro = (series(sp500, "INDEX", "Close") + series(raw["wti.csv.gz"], "OIL", "DCOILWTICO")
             + series(raw["vix.csv.gz"], "VIX", "vix"))
    vega = ["date", "open", "high", "low", "close", "volume"]
    return {
        "us-indices-2014-2018": [
            ("bars.csv", "bars", BARS, index_bars(nasdaq, "NASDAQ") + index_bars(sp500, "SP500"), None),
            ("macro.csv", "macro", ["series", "date", "value"], macro, None),
        ],
        "sp500-2000-2020": [
            ("SP500.csv", "bars", vega, [[r[c] for c in vega] for r in raw["sp500-2000.csv"]], "SP500"),
        ],
        "us-shares-2000-2013": [
            (f"{s}.csv", "bars", SHARE, [[r[c] for c in SHARE] for r in raw["stocks.csv.gz"] if r["Ticker"] == s], s)
            for s in ("AAPL", "GOOG", "IBM", "MSFT")
        ],
    }


ABOUT = {
    "us-indices-2014-2018": {
        "title": "US indices 2014–2018",
        "description": "Daily bars of the S&P 500 and the NASDAQ Composite, with VIX, WTI oil and the index itself as "
                       "macro series for the G-Score.",
        "source": "PyPI arch 8.0.0: arch/data/{sp500,nasdaq,vix,wti}",
        "licence": "NCSA (the package); WTI from FRED, index prices and VIX, by their layout, from Yahoo Finance and FRED",
    },
    "sp500-2000-2020": {
        "title": "S&P 500 2000–2020",
        "description": "Twenty years of daily S&P 500 bars, the data on which other backtesters' results in the tests "
                       "were computed.",
        "source": "npm vega-datasets 3.2.1: data/sp500-2000.csv",
        "licence": "BSD-3-Clause (the package); prices from Yahoo Finance",
    },
    "us-shares-2000-2013": {
        "title": "Four US shares 2000–2013",
        "description": "Raw daily bars of AAPL, GOOG, IBM and MSFT with the splits left in, to show what the import "
                       "report finds.",
        "source": "PyPI bokeh-sampledata 2026.1: bokeh_sampledata/_data/stocks.csv.gz",
        "licence": "BSD-3-Clause (the package); prices from Quandl WIKI, declared public domain by their publisher",
    },
}


def main():
    with tempfile.TemporaryDirectory() as tmp:
        built = build(download(tmp))
    out, manifest = {}, []
    for dataset, files in built.items():
        entries, dates = [], []
        for name, role, header, rows, symbol in files:
            path = f"{dataset}/{name}"
            out[path] = "".join(",".join(line) + "\n" for line in [header, *rows]).encode("ascii")
            date = 0 if symbol else 1
            if role == "bars":
                dates += [r[date] for r in rows]
            entries.append({"path": path, "role": role, "sha256": hashlib.sha256(out[path]).hexdigest(),
                            "bytes": len(out[path]), "rows": len(rows), "columns": header,
                            "symbols": [symbol] if symbol else sorted({r[0] for r in rows})})
        about = ABOUT[dataset]
        manifest.append({"id": dataset, "title": about["title"], "description": about["description"],
                         "span": [min(dates), max(dates)], "default": dataset == "us-indices-2014-2018",
                         "source": about["source"], "licence": about["licence"], "files": entries})
    # Those that another script makes stay.
    if (HERE / "manifest.json").is_file():
        manifest += [e for e in json.loads((HERE / "manifest.json").read_text("utf-8")) if e["id"] not in built]
    text = re.sub(r"\[\s+(\"[^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s*\n\s*", " ", m[1]) + "]",
                  json.dumps(manifest, indent=2, ensure_ascii=False))  # lists of words on one line
    out["manifest.json"] = (text + "\n").encode("utf-8")

    if sys.argv[1:] == ["--check"]:
        wrong = [p for p, b in out.items() if not (HERE / p).is_file() or (HERE / p).read_bytes() != b]
        sys.exit("differs: " + ", ".join(wrong) if wrong else 0)
    for path, data in out.items():
        (HERE / path).parent.mkdir(exist_ok=True)
        (HERE / path).write_bytes(data)
        print(f"{len(data):>8}  {path}")


if __name__ == "__main__":
    main()
