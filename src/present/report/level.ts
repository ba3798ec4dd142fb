import type { Level } from '../../domain/validation/finding.ts';
import { type Html, html } from './html.ts';

const words: Readonly<Record<Level, string>> = {
  red: 'Red',
  amber: 'Amber',
  open: 'Open',
  green: 'Green',
};

const shapes: Readonly<Record<Level, Html>> = {
  red: html`<path d="M3.5 0h5L12 3.5v5L8.5 12h-5L0 8.5v-5z" />`,
  amber: html`<path d="M6 .5 12 11.5H0z" />`,
  open: html`<circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" stroke-width="2" />`,
  green: html`<circle cx="6" cy="6" r="6" />`,
};

/** A level by shape and word, never by colour alone. */
export const levelMark = (level: Level): Html =>
  html`<strong class="level ${level}"
    ><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">${shapes[level]}</svg>
    ${words[level]}</strong
  >`;
