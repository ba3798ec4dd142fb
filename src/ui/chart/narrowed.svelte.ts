import type { Span } from '../../present/timeline/ranges.ts';
import type { ChartView } from '../../state/chart-view.svelte.ts';

/** Milliseconds that a zoom rests before figures follow it. */
const rest = 150;

/** The sessions that figures and trades are narrowed to, first and last; null while they are of all. */
export class Narrowed {
  span = $state.raw<Span | null>(null);

  /** To be made as a component is: it watches for as long as that lives. */
  constructor(view: () => ChartView) {
    $effect(() => {
      const { narrowed, shown } = view();
      if (!narrowed) {
        this.span = null;
        return;
      }
      const timer = setTimeout(() => (this.span = shown), rest);
      return () => clearTimeout(timer);
    });
  }
}
