/** Lines of several runs by place, from 0: told apart by dashes as well as by colour. */
const lineStyles = [
  { color: 'var(--equity)', dash: '' },
  { color: 'var(--under)', dash: '7,3' },
  { color: 'var(--long)', dash: '2,3' },
  { color: 'var(--text)', dash: '9,3,2,3' },
] as const;

/** The same beside the curve of the run on screen, whose line the first would be taken for. */
export const besideStyleAt = (place: number): { readonly colour: string; readonly dash: string } =>
  place === 1
    ? { colour: 'text', dash: '14,4' }
    : { colour: styleAt(place).color.slice('var(--'.length, -1), dash: styleAt(place).dash };

/** Of a run pinned at that place, from 1. */
export const styleAt = (place: number): (typeof lineStyles)[number] =>
  lineStyles[place - 1] ?? lineStyles[0];
