import type { Drawing } from '../../present/charts/frame.ts';
import type { AxisKind } from '../../present/ticks.ts';
import type { Span } from '../../present/timeline/ranges.ts';
import type { Step } from '../../domain/units.ts';

/** A value at the crosshair, in words. */
export interface Reading {
  readonly label: string;
  readonly words: string;
  /** The CSS variable of what it is drawn in. */
  readonly colour?: string;
  readonly dashed?: boolean;
  /** In place of a line. */
  readonly sign?: string;
}

/** How much is drawn of how much is shown. */
export interface Drawn {
  readonly drawn: number;
  readonly total: number;
}

/** Where and with what a layer draws: canvas pixels. */
export interface Pen {
  readonly context: CanvasRenderingContext2D;
  /** Whole sessions that are shown. */
  readonly shown: Span;
  /** The same, and one more at each side. */
  readonly span: Span;
  /** Pixel columns of the page. */
  readonly columns: number;
  /** Canvas pixels for one of the page's. */
  readonly scale: number;
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  readonly x: (session: Step) => number;
  readonly y: (value: number) => number;
  /** The colour that a CSS variable stands for. */
  readonly colour: (variable: string) => string;
}

/** One of the charts over the same sessions. */
export interface Pane {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Pixels. */
  readonly height: number;
  readonly axis: AxisKind;
  readonly logarithmic?: boolean;
  /** Lowest and highest of what a span shows; null where there is nothing. */
  readonly extent: (span: Span) => readonly [low: number, high: number] | null;
  readonly draw: (pen: Pen) => Drawn;
  /** What is drawn more than once for a point of data has words of its own. */
  readonly extentWords?: (drawn: Drawn) => string;
  readonly read: (session: Step) => readonly Reading[];
  /** A click on a session. */
  readonly take?: (session: Step) => void;
  /** The same as a drawing of Plot, to be saved. */
  readonly saved?: (
    charts: typeof import('../../present/charts/index.ts'),
    width: number,
    height: number,
  ) => Drawing;
}
