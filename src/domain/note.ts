/** A plain sentence about data or an assumption, shown with the results that it bears on. */
export interface Note {
  readonly level: 'info' | 'warning';
  readonly text: string;
}

export const info = (text: string): Note => ({ level: 'info', text });
export const warning = (text: string): Note => ({ level: 'warning', text });
