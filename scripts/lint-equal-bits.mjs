/**
 * What code that reaches a digest may not call, because engines, time zones, locales or clocks give it
 * other bits (ARCHITECTURE.md), and what it calls instead.
 */
const port = 'use DuckDB or a port from @stdlib/math-base-special-*';
const engineBits = `differs in its last bits between engines: ${port}.`;
const noClock = 'reads the clock: take the instant as an argument.';
const noSeed = 'is not seeded: draw from the seeded generator of the trial.';
const noLocale =
  'depends on the locale or its tables: compare by code units (<, >) and format in src/present.';
const noZone = 'depends on the time zone: use Date.UTC and the getUTC… methods.';

/** ECMAScript leaves their precision to the engine; the rest of Math is exact. */
export const inexactMath = [
  ...['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'pow', 'hypot', 'cbrt'],
  ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2'],
  ...['sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'],
];
const localeMethods = [
  ...['localeCompare', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'],
  ...['toLocaleUpperCase', 'toLocaleLowerCase'],
];
const zoneMethods = [
  ...['getFullYear', 'getMonth', 'getDate', 'getDay', 'getHours', 'getMinutes', 'getSeconds'],
  ...['getTimezoneOffset', 'toDateString', 'toTimeString'],
];

const properties = [
  ...inexactMath.map((property) => ({
    object: 'Math',
    property,
    message: `Math.${property} ${engineBits}`,
  })),
  { object: 'Math', property: 'random', message: `Math.random ${noSeed}` },
  ...localeMethods.map((property) => ({ property, message: `${property} ${noLocale}` })),
  ...zoneMethods.map((property) => ({ property, message: `${property} ${noZone}` })),
  { property: 'getRandomValues', message: `getRandomValues ${noSeed}` },
  { property: 'randomUUID', message: `randomUUID ${noSeed}` },
];

const clockProperties = [
  { object: 'Date', property: 'now', message: `Date.now ${noClock}` },
  { object: 'performance', property: 'now', message: `performance.now ${noClock}` },
];

const noIntl = { selector: "Identifier[name='Intl']", message: `Intl ${noLocale}` };

const syntax = [
  {
    selector: ":matches(BinaryExpression[operator='**'], AssignmentExpression[operator='**='])",
    message: `The power operator ${engineBits}`,
  },
  {
    selector: ":not(MemberExpression) > Identifier[name='Math']",
    message: 'Write Math.name where it is called, so that this rule can see which one it is.',
  },
  {
    selector:
      'MemberExpression[object.name=/^(globalThis|self)$/][property.name=/^(Math|Date|Intl|performance|crypto)$/]',
    message: 'Name the global itself, so that the rules on it can see it.',
  },
  noIntl,
  { selector: "NewExpression[callee.name='Date'][arguments.length>1]", message: `It ${noZone}` },
];

const clockSyntax = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: `new Date() ${noClock}`,
  },
  { selector: "CallExpression[callee.name='Date']", message: `Date() ${noClock}` },
];

/** @type {['error', ...object[]]} */
export const equalBitsSyntax = ['error', ...syntax, ...clockSyntax];

/** For the one file that asks Intl for the clocks of a region. @type {['error', ...object[]]} */
export const equalBitsButIntl = [
  'error',
  ...syntax.filter((rule) => rule !== noIntl),
  ...clockSyntax,
];

/**
 * Rules for every path that reaches a digest.
 * @type {import('eslint').Linter.RulesRecord}
 */
export const equalBits = {
  'no-restricted-properties': ['error', ...properties, ...clockProperties],
  'no-restricted-syntax': equalBitsSyntax,
};
