/** Currencies that a column or series name such as EURUSD may hold; pence, cents and agorot beside their units. */
const codes = new Set(
  (
    'AED ARS AUD BRL CAD CHF CLP CNH CNY COP CZK DKK EGP EUR GBP GBX HKD HUF IDR ILA ILS INR ISK JPY KRW KWD ' +
    'MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAC ZAR'
  ).split(' '),
);

/** 'EUR/USD', 'eurusd' or Yahoo’s 'EURUSD=X' → 'EURUSD': the price of 1 EUR in USD. */
export function pairName(label: string): string | undefined {
  const match = /^([A-Z]{3})[/ _-]?([A-Z]{3})(=X)?$/.exec(label.trim().toUpperCase());
  const [, of = '', to = ''] = match ?? [];
  return codes.has(of) && codes.has(to) && of !== to ? of + to : undefined;
}

/** 'usd' → 'USD'; 'GBp', as London’s shares are quoted, → 'GBX'. */
export function currencyCode(text: string): string | undefined {
  const code = text.trim();
  if (!/^[A-Za-z]{3,5}$/.test(code)) return undefined;
  return code === 'GBp' ? 'GBX' : code.toUpperCase();
}
