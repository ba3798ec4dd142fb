/** Tabs of the page, in their order, by the names that they have in addresses. */
export const places = [
  'overview',
  'search',
  'walk-forward',
  'audit',
  'live',
  'sql',
  'share',
  'history',
] as const;
export type Place = (typeof places)[number];

/** The place that the fragment of an address names: #/audit; null where it names something else. */
function placeIn(hash: string): Place | null {
  if (hash === '' || hash === '#') return 'overview';
  return places.find((place) => hash === `#/${place}`) ?? null;
}

/** Which tab is shown. It stands in the address, so that the browser's Back leads to the one before. */
export class PlaceState {
  shown = $state<string>('overview');

  /** A page whose address is something else, as that of a shared run, keeps it. */
  constructor(private readonly isFixed: () => boolean) {
    this.shown = placeIn(location.hash) ?? 'overview';
    addEventListener('popstate', () => {
      this.shown = placeIn(location.hash) ?? this.shown;
    });
  }

  /** The page's address without a fragment, but for the tab that is shown. */
  get address(): string {
    const page = location.href.replace(/#.*$/, '');
    return this.shown === 'overview' ? page : `${page}#/${this.shown}`;
  }

  show(place: string): void {
    if (place === this.shown) return;
    this.shown = place;
    if (!this.isFixed()) history.pushState(null, '', this.address);
  }

  /** Takes what the address had beside the tab off it. */
  clean(): void {
    history.replaceState(null, '', this.address);
  }
}
