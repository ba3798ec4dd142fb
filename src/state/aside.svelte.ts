/** What lies beside the work and opens over it from anywhere: the log, and what the page is made of. */
export type AsideSheet = 'log' | 'about';

class Aside {
  shown = $state<AsideSheet | null>(null);
}
export const aside = new Aside();
