/** Everything at the crosshair in one line, after its date or time: “2016-03-04: equity 101,250.00, drawdown −1.20 %.” */
export const readout = (
  when: string,
  readings: readonly { readonly label: string; readonly words: string }[],
): string =>
  readings.length === 0
    ? `${when}.`
    : `${when}: ${readings.map(({ label, words }) => `${label} ${words}`).join(', ')}.`;
