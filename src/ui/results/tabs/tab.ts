import type { Snippet } from 'svelte';

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly panel: Snippet;
}
