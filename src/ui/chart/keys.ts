import type { ChartView } from '../../state/chart-view.svelte.ts';

/** What a key does to the view; false where there is nothing to do. */
type Act = (view: ChartView) => boolean;

const page = 20;
const step =
  (by: number): Act =>
  (view) => {
    view.point(view.read + by);
    return true;
  };
const zoom =
  (factor: number): Act =>
  (view) => {
    view.zoom(factor);
    return true;
  };

const acts: Readonly<Partial<Record<string, Act | 'take'>>> = {
  ArrowLeft: step(-1),
  ArrowRight: step(1),
  PageUp: step(-page),
  PageDown: step(page),
  Home: step(-Infinity),
  End: step(Infinity),
  '+': zoom(0.5),
  '=': zoom(0.5),
  '-': zoom(2),
  '0': (view) => {
    view.choose('All');
    return true;
  },
  Escape: (view) => {
    const was = view.at !== null;
    view.at = null;
    return was;
  },
  Enter: 'take',
};

/** What a key asks of the charts; null where it is none of theirs. */
export function keyOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: KeyboardEvent): Act | 'take' | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (shiftKey && key === 'ArrowLeft') return step(-page);
  if (shiftKey && key === 'ArrowRight') return step(page);
  return acts[key] ?? null;
}
