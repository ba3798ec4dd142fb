/** Lines of several runs by place, from 0: told apart by dashes as well as by colour. */
const lineStyles = [
  { color: 'var(--equity)', dash: '' },
  { color: 'var(--under)', dash: '7,3' },
  { color: 'var(--long)', dash: '2,3' },
  { color: 'var(--text)', dash: '9,3,2,3' },
] as const;

/** Of a run pinned at that place, from 1. */
export const styleAt = (place: number): (typeof lineStyles)[number] =>
  lineStyles[place - 1] ?? lineStyles[0];
