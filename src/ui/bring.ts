/**
 * Brings a heading that has just come into view, and the focus to it, so that it is read out. Whoever is busy with
 * something else than what they started it by keeps the focus; a tab that is not shown stays as it is.
 */
export function bringIntoView(id: string, startedBy: Element | undefined): void {
  const heading = document.getElementById(id);
  if (heading === null || heading.offsetParent === null) return;
  const { activeElement } = document;
  if (activeElement !== document.body && activeElement?.parentElement !== startedBy?.parentElement)
    return;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ behavior: still ? 'auto' : 'smooth', block: 'start' });
}
