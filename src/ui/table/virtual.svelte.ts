import {
  type VirtualItem,
  Virtualizer,
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
} from '@tanstack/virtual-core';
import type { Attachment } from 'svelte/attachments';

/** Pixels of a row before any was measured. */
const usual = 29;
/** Rows that stand there before the region is measured. */
const atFirst = 30;

/** A row on the page, and how many pixels of rows that are not there are before it. */
export interface PlacedRow {
  readonly place: number;
  readonly gap: number;
}

interface Region {
  readonly element: HTMLElement;
  readonly rows: number;
  /** The row at each place, where they are sorted. */
  readonly order: Uint32Array | null;
  /** Pixels that the head covers on top and the total at the bottom. */
  readonly head: number;
  readonly foot: number;
}

/**
 * Of the rows of a long table those that are in sight, a few beyond, and the one that has the focus, which would else
 * be lost as it scrolls out of sight. Places count rows from 0, as they are sorted.
 */
export class VirtualRows {
  #items = $state.raw<readonly VirtualItem[] | null>(null);
  #total = $state(0);
  #head = 0;
  #focused: number | null = null;
  #of: Virtualizer<HTMLElement, HTMLElement> | null = null;

  /** Watches a region; returns what ends that. */
  watch({ element, rows, order, head, foot }: Region): () => void {
    // Most rows are as high as the first: what differs from that is laid out anew, for all rows below.
    const [first] = element.querySelectorAll('[data-place]');
    const height = first?.getBoundingClientRect().height || usual;
    const of = new Virtualizer<HTMLElement, HTMLElement>({
      count: rows,
      getItemKey: order ? (place) => order[place]! : (place) => place,
      getScrollElement: () => element,
      estimateSize: () => height,
      measureElement: heightOf,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      overscan: 8,
      scrollMargin: head,
      scrollPaddingStart: head,
      scrollPaddingEnd: foot,
      indexAttribute: 'data-place',
      rangeExtractor: (range) => {
        const places = defaultRangeExtractor(range);
        const kept = this.#focused;
        return kept === null || kept >= rows || places.includes(kept)
          ? places
          : [...places, kept].sort((a, b) => a - b);
      },
      onChange: () => this.#take(),
    });
    this.#of = of;
    this.#head = head;
    const end = of._didMount();
    of._willUpdate();
    this.#take();
    return () => {
      end();
      this.#of = null;
      this.#items = null;
    };
  }

  /** The rows to draw of so many. */
  placed(rows: number): readonly PlacedRow[] {
    if (this.#items === null)
      return Array.from({ length: Math.min(rows, atFirst) }, (_, place) => ({ place, gap: 0 }));
    let end = this.#head;
    return this.#items.map(({ index, start, end: next }) => {
      const gap = start - end;
      end = next;
      return { place: index, gap };
    });
  }

  /** Pixels of the rows below the last that is drawn. */
  below(rows: number): number {
    if (this.#items === null) return Math.max(rows - atFirst, 0) * usual;
    return Math.max(this.#total - ((this.#items.at(-1)?.end ?? this.#head) - this.#head), 0);
  }

  /** Tells how high a row is, once it is on the page. */
  readonly measured: Attachment<HTMLElement> = (row) => {
    this.#of?.measureElement(row);
    return () => this.#of?.measureElement(null);
  };

  /** Scrolls just so far that a row is in sight. */
  reveal(place: number): void {
    this.#of?.scrollToIndex(place, { align: 'auto' });
  }

  /** Keeps the row that has the focus. */
  focus(on: EventTarget | null): void {
    const row = on instanceof Element ? on.closest<HTMLElement>('[data-place]') : null;
    this.#focused = row === null ? null : Number(row.dataset['place']);
  }

  #take(): void {
    if (this.#of === null) return;
    this.#items = this.#of.getVirtualItems();
    this.#total = this.#of.getTotalSize();
  }
}

/** With what stands below it. */
function heightOf(row: HTMLElement): number {
  const next = row.nextElementSibling;
  const more = next?.classList.contains('more') === true ? next.getBoundingClientRect().height : 0;
  return row.getBoundingClientRect().height + more;
}
