/** Files as vendors write them: two rows each in the vendor’s own format, and where the header was taken from. */
import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { float64, int32 } from '../../workers/services/columns.ts';
import { barLines, file, importAll } from '../unit/import/importing.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

interface Vendor {
  readonly vendor: string;
  /** The documentation, download or public file that the header was taken from. */
  readonly source: string;
  readonly name?: string;
  readonly lines: readonly string[];
  readonly bars: readonly string[];
  readonly reading?: Partial<InputFile>;
}

const vendors: readonly Vendor[] = [
  {
    vendor: 'Yahoo',
    source: 'https://finance.yahoo.com/quote/AAPL/history/',
    lines: [
      'Date,Open,High,Low,Close,Adj Close,Volume',
      '2020-01-02,74.059998,75.150002,73.797501,75.087502,37.543751,135480400',
    ],
    bars: ['A 2020-01-02 37.029999 37.575001 36.8987505 37.543751 135480400'],
  },
  {
    vendor: 'Yahoo’s page, copied',
    source: 'https://finance.yahoo.com/quote/AAPL/history/',
    lines: [
      'Date\tOpen\tHigh\tLow\tClose*\tAdj Close**\tVolume',
      'Jan 3, 2020\t11.00\t13.00\t10.00\t12.00\t12.00\t1,234,567',
    ],
    bars: ['A 2020-01-03 11 13 10 12 1234567'],
  },
  {
    vendor: 'yfinance, several tickers',
    source: 'https://ranaroussi.github.io/yfinance/reference/api/yfinance.download.html',
    lines: [
      'Price,Close,Close,High,High,Low,Low,Open,Open,Volume,Volume',
      'Ticker,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT',
      'Date,,,,,,,,,,',
      '2020-01-02,12,22,13,23,10,20,11,21,100,200',
      '2020-01-03,12,,13,,10,,11,,100,',
    ],
    bars: [
      'AAPL 2020-01-02 11 13 10 12 100',
      'AAPL 2020-01-03 11 13 10 12 100',
      'MSFT 2020-01-02 21 23 20 22 200',
    ],
  },
  {
    vendor: 'yfinance, grouped by ticker',
    source: 'https://ranaroussi.github.io/yfinance/advanced/multi_level_columns.html',
    lines: [
      'Ticker,AAPL,AAPL,AAPL,AAPL,AAPL,BRK-B,BRK-B,BRK-B,BRK-B,BRK-B',
      'Price,Open,High,Low,Close,Volume,Open,High,Low,Close,Volume',
      'Date,,,,,,,,,,',
      '2020-01-02,11,13,10,12,100,21,23,20,22,200',
    ],
    bars: ['AAPL 2020-01-02 11 13 10 12 100', 'BRK-B 2020-01-02 21 23 20 22 200'],
  },
  {
    vendor: 'pandas, its two levels of names in one',
    source: 'https://pandas.pydata.org/docs/reference/api/pandas.MultiIndex.to_flat_index.html',
    lines: [
      `Date,"('Close', 'A')","('High', 'A')","('Low', 'A')","('Open', 'A')","('Volume', 'A')"`,
      '2020-01-02,12,13,10,11,100',
    ],
    bars: ['A 2020-01-02 11 13 10 12 100'],
  },
  {
    vendor: 'quantmod',
    source: 'https://www.quantmod.com/documentation/getSymbols.yahoo.html',
    lines: [
      '"","BRK.B.Open","BRK.B.High","BRK.B.Low","BRK.B.Close","BRK.B.Volume","BRK.B.Adjusted"',
      '"2020-01-02",11,13,10,12,100,6',
    ],
    bars: ['BRK.B 2020-01-02 5.5 6.5 5 6 100'],
  },
  {
    vendor: 'Stooq',
    source: 'https://stooq.com/q/d/l/?s=aapl.us&i=d',
    lines: ['Date,Open,High,Low,Close,Volume', '2020-01-02,11,13,10,12,100.5'],
    bars: ['A 2020-01-02 11 13 10 12 100.5'],
  },
  {
    vendor: 'Stooq in Polish',
    source: 'https://stooq.pl/q/d/l/?s=wig20&i=d',
    lines: [
      'Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen',
      '2026-01-02,495.79,499.99,492.3,498.39,31756',
    ],
    bars: ['A 2026-01-02 495.79 499.99 492.3 498.39 31756'],
  },
  {
    vendor: 'Alpha Vantage, adjusted',
    source: 'https://www.alphavantage.co/documentation/#dailyadj',
    lines: [
      'timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient',
      '2020-01-02,11,13,10,12,6,100,0.0000,1.0',
    ],
    bars: ['A 2020-01-02 5.5 6.5 5 6 100'],
  },
  {
    vendor: 'Tiingo: its adjusted bars, not scaled ones',
    source: 'https://www.tiingo.com/documentation/end-of-day',
    lines: [
      'date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume,divCash,splitFactor',
      '2020-01-02 00:00:00+00:00,12,13,10,11,100,6.1,6.5,5,5.5,200,0.0,1.0',
    ],
    bars: ['A 2020-01-02 5.5 6.5 5 6.1 200'],
  },
  {
    vendor: 'Quandl’s WIKI prices',
    source: 'https://data.nasdaq.com/databases/WIKIP/documentation',
    lines: [
      'ticker,date,open,high,low,close,volume,ex-dividend,split_ratio,adj_open,adj_high,adj_low,adj_close,adj_volume',
      'AA,2018-03-27,11,13,10,12,100,0,1,5.5,6.5,5,6,200',
    ],
    bars: ['AA 2018-03-27 5.5 6.5 5 6 200'],
  },
  {
    vendor: 'Binance, without names, microseconds since 2025',
    source: 'https://github.com/binance/binance-public-data#klines',
    lines: [
      '1735689600000000,93576.00,95151.15,92888.00,94591.79,10373.32,1735775999999999,975444950.33,1571656,5097.28,479284107.05,0',
      '1735776000000000,94591.78,97839.50,94392.00,96984.79,21970.48,1735862399999999,2118186612.81,2870951,10919.62,1052731222.05,0',
    ],
    bars: [
      'A 2025-01-01 93576 95151.15 92888 94591.79 10373.32',
      'A 2025-01-02 94591.78 97839.5 94392 96984.79 21970.48',
    ],
  },
  {
    vendor: 'CryptoDataDownload',
    source: 'https://www.cryptodatadownload.com/cdd/Binance_BTCUSDT_d.csv',
    lines: [
      'https://www.CryptoDataDownload.com',
      'Unix,Date,Symbol,Open,High,Low,Close,Volume BTC,Volume USDT,tradecount',
      '1633996800000,2021-10-12 00:00:00,BTC/USDT,11,13,10,12,7.5,90,300',
    ],
    bars: ['BTC/USDT 2021-10-12 11 13 10 12 7.5'],
  },
  {
    vendor: 'CoinGecko: closes alone',
    source: 'https://www.coingecko.com/en/coins/bitcoin/historical_data',
    lines: [
      'snapped_at,price,market_cap,total_volume',
      '2013-04-28 00:00:00 UTC,135.3,1500517590,0',
      '2025-05-08 00:00:00 UTC,97026.49,1927134557858.27,64376174032.08',
    ],
    bars: [
      'A 2013-04-28 135.3 135.3 135.3 135.3 0',
      'A 2025-05-08 97026.49 97026.49 97026.49 97026.49 64376174032.08',
    ],
    reading: { closesAlone: true },
  },
  {
    vendor: 'TradingView',
    source: 'https://www.tradingview.com/support/solutions/43000537255/',
    lines: ['time,open,high,low,close,Volume,MA', '1577923200,11,13,10,12,100,11.5'],
    bars: ['A 2020-01-02 11 13 10 12 100'],
  },
  {
    vendor: 'Investing.com',
    source: 'https://www.investing.com/indices/us-spx-500-historical-data',
    lines: [
      '"Date","Price","Open","High","Low","Vol.","Change %"',
      '"01/13/2020","1,012.00","1,011.00","1,013.00","1,010.00","2.34B","0.12%"',
    ],
    bars: ['A 2020-01-13 1011 1013 1010 1012 2340000000'],
  },
  {
    vendor: 'Investing.com in German',
    source: 'https://de.investing.com/indices/germany-30-historical-data',
    lines: [
      '"Datum","Zuletzt","Eröffn.","Hoch","Tief","Vol.","+/- %"',
      '"13.01.2020","13.451,52","13.490,11","13.524,53","13.417,24","64,69M","-0,24%"',
    ],
    bars: ['A 2020-01-13 13490.11 13524.53 13417.24 13451.52 64690000'],
  },
  {
    vendor: 'Investing.com in Portuguese',
    source: 'https://br.investing.com/indices/bovespa-historical-data',
    lines: [
      '"Data","Último","Abertura","Máxima","Mínima","Vol.","Var%"',
      '"16.08.2023","115.592","116.171","117.338","115.534","18,86M","-0,50%"',
    ],
    bars: ['A 2023-08-16 116171 117338 115534 115592 18860000'],
  },
  {
    vendor: 'Investing.com in French',
    source: 'https://fr.investing.com/indices/france-40-historical-data',
    lines: [
      '"Date","Dernier","Ouv."," Plus Haut","Plus Bas","Vol.","Variation %"',
      '"13/01/2020","6.036,14","6.044,93","6.055,08","6.014,15","62,50M","-0,02%"',
    ],
    bars: ['A 2020-01-13 6044.93 6055.08 6014.15 6036.14 62500000'],
  },
  {
    vendor: 'Investing.com in Spanish',
    source: 'https://es.investing.com/indices/spain-35-historical-data',
    lines: [
      '"Fecha","Último","Apertura","Máximo","Mínimo","Vol.","% var."',
      '"22.07.2019","10,074","10,060","10,148","9,987","10,36M","-0,08%"',
    ],
    bars: ['A 2019-07-22 10.06 10.148 9.987 10.074 10360000'],
  },
  {
    vendor: 'Nasdaq',
    source: 'https://www.nasdaq.com/market-activity/stocks/aapl/historical',
    lines: [
      'Date,Close/Last,Volume,Open,High,Low',
      '01/13/2020,$1011.50,"1,234,567",$1010.00,$1012.25,$1009.00',
    ],
    bars: ['A 2020-01-13 1010 1012.25 1009 1011.5 1234567'],
  },
  {
    vendor: 'WSJ: years of two digits',
    source: 'https://www.wsj.com/market-data/quotes/AAPL/historical-prices',
    lines: ['Date, Open, High, Low, Close, Volume', '12/31/99, 11.5, 13, 10, 12, 100'],
    bars: ['A 1999-12-31 11.5 13 10 12 100'],
  },
  {
    vendor: 'Barchart: a line below the data',
    source: 'https://www.barchart.com/stocks/quotes/AAPL/price-history/historical',
    lines: [
      'Time,Open,High,Low,Latest,Change,%Change,Volume',
      '01/13/2020,11,13,10,12,0.5,+4.35%,100',
      '"Downloaded from Barchart.com as of 01-14-2020 05:00pm CST"',
    ],
    bars: ['A 2020-01-13 11 13 10 12 100'],
  },
  {
    vendor: 'NSE: series, lakh grouping',
    source: 'https://www.nseindia.com/get-quotes/equity?symbol=INFY',
    lines: [
      '"Date ","series ","OPEN ","HIGH ","LOW ","PREV. CLOSE ","ltp ","close ","vwap ","52W H ","52W L ","VOLUME ","VALUE ","No of trades "',
      '"03-Jan-2020","EQ","1,011.00","1,013.00","1,010.00","1,005.00","1,012.50","1,012.00","1,011.85","1,100.00","600.00","10,00,000","1,01,18,50,000.00","45,678"',
    ],
    bars: ['A 2020-01-03 1011 1013 1010 1012 1000000'],
  },
  {
    vendor: 'NSE, all stocks of a day',
    source: 'https://www.nseindia.com/all-reports',
    lines: [
      'SYMBOL,SERIES,OPEN,HIGH,LOW,CLOSE,LAST,PREVCLOSE,TOTTRDQTY,TOTTRDVAL,TIMESTAMP,TOTALTRADES,ISIN,',
      'INFY,EQ,11,13,10,12,12.1,11,100,1200,03-JAN-2020,45,INE009A01021,',
      'TCS,EQ,21,23,20,22,22.1,21,200,4400,03-JAN-2020,46,INE467B01029,',
    ],
    bars: ['INFY 2020-01-03 11 13 10 12 100', 'TCS 2020-01-03 21 23 20 22 200'],
  },
  {
    vendor: 'BSE',
    source: 'https://www.bseindia.com/markets/equity/EQReports/StockPrcHistori.html',
    lines: [
      'Date,Open Price,High Price,Low Price,Close Price,WAP,No.of Shares,No. of Trades,Total Turnover (Rs.),Deliverable Quantity,% Deli. Qty to Traded Qty,Spread High-Low,Spread Close-Open,',
      '3-January-2020,11.00,13.00,10.00,12.00,11.85,100,45,1185.00,50,50.00,3.00,1.00,',
    ],
    bars: ['A 2020-01-03 11 13 10 12 100'],
  },
  {
    vendor: 'MetaTrader 4, without names',
    source: 'https://www.mql5.com/en/forum/137564',
    lines: [
      '2020.01.02,00:00,1.1213,1.1225,1.1163,1.1171,98431',
      '2020.01.03,00:00,1.1171,1.1180,1.1125,1.1160,117239',
    ],
    bars: [
      'A 2020-01-02 1.1213 1.1225 1.1163 1.1171 98431',
      'A 2020-01-03 1.1171 1.118 1.1125 1.116 117239',
    ],
  },
  {
    vendor: 'MetaTrader 5',
    source: 'https://www.metatrader5.com/en/terminal/help/trading_advanced/custom_instruments',
    lines: [
      '<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<SPREAD>',
      '2020.01.02\t1.1213\t1.1225\t1.1163\t1.1171\t98431\t2',
    ],
    bars: ['A 2020-01-02 1.1213 1.1225 1.1163 1.1171 98431'],
  },
  {
    vendor: 'HistData, without names',
    source: 'https://www.histdata.com/f-a-q/data-files-detailed-specification/',
    lines: [
      '20120201 000000;1.306600;1.306700;1.306560;1.306561;0',
      '20120202 000000;1.306570;1.306600;1.306500;1.306556;0',
    ],
    bars: [
      'A 2012-02-01 1.3066 1.3067 1.30656 1.306561 NaN',
      'A 2012-02-02 1.30657 1.3066 1.3065 1.306556 NaN',
    ],
  },
  {
    vendor: 'Kraken, without names',
    source:
      'https://support.kraken.com/articles/360047124832-downloadable-historical-ohlcvt-open-high-low-close-volume-trades-data',
    lines: ['1577923200,11,13,10,12,7.5,30', '1578009600,12,14,11,13,8.5,31'],
    bars: ['A 2020-01-02 11 13 10 12 7.5', 'A 2020-01-03 12 14 11 13 8.5'],
  },
  {
    vendor: 'Polygon: nanoseconds',
    source: 'https://polygon.io/docs/flat-files/stocks/day-aggregates',
    lines: [
      'ticker,volume,open,close,high,low,window_start,transactions',
      'A,100,11,12,13,10,1577941200000000000,30',
    ],
    bars: ['A 2020-01-02 11 13 10 12 100'],
  },
  {
    vendor: 'Dukascopy',
    source: 'https://www.dukascopy.com/swiss/english/marketwatch/historical/',
    lines: [
      'Gmt time,Open,High,Low,Close,Volume',
      '13.01.2020 00:00:00.000,1.1121,1.1146,1.1112,1.1134,145324.91',
    ],
    bars: ['A 2020-01-13 1.1121 1.1146 1.1112 1.1134 145324.91'],
  },
  {
    vendor: 'Ariva: shares, not their value',
    source: 'https://www.ariva.de/sap-aktie/kurse/historische-kurse',
    lines: [
      'Datum;Erster;Hoch;Tief;Schlusskurs;Stuecke;Volumen',
      '2020-01-13;11,5;13;10;12,25;1.234;15.000',
    ],
    bars: ['A 2020-01-13 11.5 13 10 12.25 1234'],
  },
  {
    vendor: 'the Moscow exchange',
    source: 'https://iss.moex.com/iss/engines/stock/markets/shares/securities/SBER/candles.csv',
    lines: [
      'candles',
      '',
      'open;close;high;low;value;volume;begin;end',
      '11;12;13;10;1200;100;2020-01-03 00:00:00;2020-01-03 23:59:59',
    ],
    bars: ['A 2020-01-03 11 13 10 12 100'],
  },
  {
    vendor: 'AKShare',
    source: 'https://akshare.akfamily.xyz/data/stock/stock.html',
    lines: ['日期,开盘,收盘,最高,最低,成交量,成交额', '2020-01-03,11,12,13,10,100,1200'],
    bars: ['A 2020-01-03 11 13 10 12 100'],
  },
  {
    vendor: 'a table of Kaggle, all symbols long',
    source: 'https://www.kaggle.com/datasets/camnugent/sandp500',
    lines: ['date,open,high,low,close,volume,Name', '2013-02-08,11,13,10,12,100,AAL'],
    bars: ['AAL 2013-02-08 11 13 10 12 100'],
  },
  {
    vendor: 'a table of closes, a column per symbol',
    source: 'https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.pivot.html',
    lines: ['Date,AAPL,MSFT', '2020-01-02,12,22', '2020-01-03,13,'],
    bars: [
      'AAPL 2020-01-02 12 12 12 12 NaN',
      'AAPL 2020-01-03 13 13 13 13 NaN',
      'MSFT 2020-01-02 22 22 22 22 NaN',
    ],
    reading: { role: 'bars', closesAlone: true },
  },
];

describe('bars of vendors', () => {
  it.each(vendors)('$vendor', async ({ name = 'A.csv', lines, bars, reading }) => {
    const given = file(name, lines.join('\n'), reading);
    const imported = await importAll(engine, [given]);
    expect(barLines(imported)).toEqual(bars);
    // Said again, it is read so without being looked at.
    const { role, found } = imported.summary.files[0]!;
    expect(barLines(await importAll(engine, [{ ...given, role, ...found }]))).toEqual(bars);
  });
});

/** A series of macro values or attention, 'day value' each. */
async function valuesOf(table: 'macro' | 'attention'): Promise<string[]> {
  const found = await engine.query(`SELECT day, value FROM ${table} ORDER BY day`);
  const [days, values] = [int32(found, 'day'), float64(found, 'value')];
  return [...days].map((day, i) => `${isoFromDay(day)} ${values[i]}`);
}

const beside: readonly (Omit<Vendor, 'bars'> & { readonly values: readonly string[] })[] = [
  {
    vendor: 'FRED',
    source: 'https://fred.stlouisfed.org/graph/fredgraph.csv?id=VIXCLS',
    name: 'fredgraph.csv',
    lines: ['observation_date,VIXCLS', '2020-01-02,12.47', '2020-01-03,.'],
    values: ['2020-01-02 12.47'],
  },
  {
    vendor: 'CBOE',
    source: 'https://cdn.cboe.com/api/global/us_indices/daily_prices/VIX_History.csv',
    name: 'VIX_History.csv',
    lines: ['DATE,OPEN,HIGH,LOW,CLOSE', '01/13/2020,13.46,13.72,12.42,12.47'],
    values: ['2020-01-13 12.47'],
  },
  {
    vendor: 'CBOE, until 2020',
    source: 'https://www.cboe.com/publish/scheduledtask/mktdata/datahouse/vixcurrent.csv',
    name: 'vixcurrent.csv',
    lines: [
      '"*** Any copying, reproduction or use of this material is subject to terms ***",,,,',
      'Date,VIX Open,VIX High,VIX Low,VIX Close',
      '1/13/2020,13.46,13.72,12.42,12.47',
    ],
    values: ['2020-01-13 12.47'],
  },
  {
    vendor: 'Google Trends',
    source: 'https://trends.google.com/trends/explore',
    name: 'multiTimeline.csv',
    lines: [
      'Category: All categories',
      '',
      'Week,A: (Worldwide)',
      '2019-12-29,<1',
      '2020-01-05,17',
    ],
    values: ['2019-12-29 0', '2020-01-05 17'],
  },
  {
    vendor: 'Wikipedia’s page views',
    source: 'https://pageviews.wmcloud.org/',
    name: 'A.csv',
    lines: ['Date,A', '2020-01-02,1234', '2020-01-03,4321'],
    values: ['2020-01-02 1234', '2020-01-03 4321'],
    reading: { role: 'attention' },
  },
  {
    vendor: 'Wikipedia’s page views by API',
    source:
      'https://doc.wikimedia.org/generated-data-platform/aqs/analytics-api/reference/page-views.html',
    name: 'views.csv',
    lines: [
      'project,article,granularity,timestamp,access,agent,views',
      'en.wikipedia,A,daily,2020010200,all-access,user,1234',
      'en.wikipedia,A,daily,2020010300,all-access,user,4321',
    ],
    values: ['2020-01-02 1234', '2020-01-03 4321'],
  },
];

describe('series of vendors', () => {
  const bars = file('A.csv', 'date,open,high,low,close\n2020-01-02,1,1,1,1\n2020-01-13,1,1,1,1\n');
  it.each(beside)('$vendor', async ({ name, lines, values, reading }) => {
    const { summary } = await importAll(engine, [bars, file(name!, lines.join('\n'), reading)]);
    const role = summary.files[1]!.role;
    expect(await valuesOf(role === 'macro' ? 'macro' : 'attention')).toEqual(values);
  });
});
