/** A market with sessions of its own: what is small of it. Its days and hours are in tables, which are read when they are asked for. */
interface Exchange {
  /** MIC by ISO 10383; CMES, FOREX and CRYPTO are none. */
  readonly code: string;
  readonly name: string;
  /** In which its days and hours are told. */
  readonly zone: string;
  /** How symbols of it end, as Yahoo Finance and others write them. */
  readonly suffixes: readonly string[];
  /** Other names that people know it by, in capitals. */
  readonly aliases: readonly string[];
  /** The exchange whose sessions it shares. */
  readonly as?: string;
}

export const exchanges = [
  exchange('XNYS', 'New York Stock Exchange', 'America/New_York', '', 'NYSE ARCX XASE'),
  exchange('XNAS', 'Nasdaq', 'America/New_York', '', 'NASDAQ', 'XNYS'),
  exchange('CMES', 'CME equity futures', 'America/Chicago', '', 'CME'),
  exchange('XTSE', 'Toronto Stock Exchange', 'America/Toronto', '.TO', 'TSX'),
  exchange('BVMF', 'B3, São Paulo', 'America/Sao_Paulo', '.SA', 'B3 BOVESPA'),
  exchange('XLON', 'London Stock Exchange', 'Europe/London', '.L', 'LSE'),
  exchange('XPAR', 'Euronext Paris', 'Europe/Paris', '.PA', ''),
  exchange('XAMS', 'Euronext Amsterdam', 'Europe/Amsterdam', '.AS', ''),
  exchange('XBRU', 'Euronext Brussels', 'Europe/Brussels', '.BR', ''),
  exchange('XMIL', 'Borsa Italiana, Milan', 'Europe/Rome', '.MI', ''),
  exchange('XMAD', 'Bolsa de Madrid', 'Europe/Madrid', '.MC', 'BME'),
  exchange('XETR', 'Xetra, Frankfurt', 'Europe/Berlin', '.DE', 'XETRA'),
  exchange('XSWX', 'SIX Swiss Exchange', 'Europe/Zurich', '.SW', 'SIX'),
  exchange('XSTO', 'Nasdaq Stockholm', 'Europe/Stockholm', '.ST', ''),
  exchange('XTKS', 'Tokyo Stock Exchange', 'Asia/Tokyo', '.T', 'JPX'),
  exchange('XHKG', 'Hong Kong Stock Exchange', 'Asia/Hong_Kong', '.HK', 'HKEX'),
  exchange('XSHG', 'Shanghai Stock Exchange', 'Asia/Shanghai', '.SS', 'SSE'),
  exchange('XSHE', 'Shenzhen Stock Exchange', 'Asia/Shanghai', '.SZ', 'SZSE', 'XSHG'),
  exchange('XKRX', 'Korea Exchange', 'Asia/Seoul', '.KS .KQ', 'KRX'),
  exchange('XTAI', 'Taiwan Stock Exchange', 'Asia/Taipei', '.TW', 'TWSE'),
  exchange('XSES', 'Singapore Exchange', 'Asia/Singapore', '.SI', 'SGX'),
  exchange('XASX', 'Australian Securities Exchange', 'Australia/Sydney', '.AX', 'ASX'),
  exchange('XBOM', 'BSE, Mumbai', 'Asia/Kolkata', '.BO', 'BSE'),
  exchange('XNSE', 'National Stock Exchange of India', 'Asia/Kolkata', '.NS', 'NSE', 'XBOM'),
  exchange('XJSE', 'Johannesburg Stock Exchange', 'Africa/Johannesburg', '.JO', 'JSE'),
  exchange('XSAU', 'Saudi Exchange', 'Asia/Riyadh', '.SR', 'TADAWUL'),
  exchange('FOREX', 'Foreign exchange, 24/5', 'America/New_York', '=X', 'FX 24/5'),
  exchange('CRYPTO', 'Crypto, 24/7', 'UTC', '', '24/7'),
] as const;

export type ExchangeCode = (typeof exchanges)[number]['code'];

/** The exchanges that have sessions of their own, which others may share. */
export type TableCode = Exclude<ExchangeCode, 'XNAS' | 'XSHE' | 'XNSE'>;

function exchange<const Code extends string>(
  code: Code,
  name: string,
  zone: string,
  suffixes: string,
  aliases: string,
  as?: string,
): Exchange & { readonly code: Code } {
  const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
  return {
    ...{ code, name, zone, suffixes: words(suffixes), aliases: words(aliases) },
    ...(as !== undefined && { as }),
  };
}

export const exchangeOf = (code: ExchangeCode): (typeof exchanges)[number] =>
  exchanges.find((one) => one.code === code)!;

/** By code or another name, in any case: 'XNYS', 'nyse', '24/7'; null where there is none. */
export function exchangeNamed(name: string): ExchangeCode | null {
  const wanted = name.trim().toUpperCase();
  const found = exchanges.find(({ code, aliases }) => code === wanted || aliases.includes(wanted));
  return found?.code ?? null;
}

/** Whose table its sessions are in: XNYS of XNAS. */
export const tableCodeOf = (code: ExchangeCode): TableCode =>
  (exchangeOf(code).as ?? code) as TableCode;
