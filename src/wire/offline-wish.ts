/** From the page to its service worker. */
export type OfflineWish =
  /** These of its addresses were used: they are wanted without a network, too. */
  | { readonly hold: readonly string[] }
  /** Take the older one's place, unless other tabs live by that; the port is told how many do. */
  | { readonly takeOver: MessagePort };
