/** Tabs in their order. */
export const tabKeys = [
  { id: 'overview', keys: '1', title: 'Overview' },
  { id: 'search', keys: '2', title: 'Search' },
  { id: 'walk-forward', keys: '3', title: 'Walk-forward' },
  { id: 'audit', keys: '4', title: 'Audit' },
  { id: 'live', keys: '5', title: 'Live' },
  { id: 'sql', keys: '6', title: 'SQL' },
  { id: 'share', keys: '7', title: 'Share' },
  { id: 'history', keys: '8', title: 'History' },
] as const;

/** Keys of the whole page: what listens to them, the sheet that lists them and the palette read them here. */
export const shortcuts = [
  { id: 'run', keys: 'Mod+Enter', title: 'Run the study; in a query, the query' },
  { id: 'stop', keys: 'Escape', title: 'Stop what is under way, close what is open' },
  { id: 'palette', keys: 'Mod+K', title: 'Find an action' },
  { id: 'help', keys: '?', title: 'Shortcuts' },
  { id: 'undo', keys: 'Mod+Z', title: 'Undo the last change of settings' },
  { id: 'redo', keys: 'Mod+Shift+Z', title: 'Redo it' },
  { id: 'settings', keys: 'S', title: 'Show or hide the settings' },
  { id: 'find', keys: '/', title: 'Find a setting' },
  { id: 'dataset', keys: 'D', title: 'Dataset' },
  { id: 'later', keys: 'J', title: 'Later trade' },
  { id: 'earlier', keys: 'K', title: 'Earlier trade' },
  ...tabKeys,
] as const;
export type ShortcutId = (typeof shortcuts)[number]['id'];

/** Keys of a chart that has the focus. */
export const chartKeys = [
  { keys: '← →', title: 'Move the crosshair; with Shift, or Page Up and Down, 20 sessions' },
  { keys: 'Home End', title: 'First and last session' },
  { keys: '+ − 0', title: 'Zoom in, out, show all' },
  { keys: 'Enter', title: 'Look at the trade under the crosshair' },
] as const;

/** Keys of a replay’s buttons and slider. */
export const replayKeys = [
  { keys: '← →', title: 'One bar back and on' },
  { keys: 'Home End', title: 'First and last bar' },
  { keys: 'Space', title: 'Play and pause' },
] as const;

/** A key alone: it can be turned off, as some programs and hands press keys without meaning to. */
export const isSingle = (keys: string): boolean => keys.length === 1;

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The shortcut of a key press. */
export function shortcutOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: Pressed): (typeof shortcuts)[number] | undefined {
  if (altKey) return undefined;
  const name = key.length === 1 ? key.toUpperCase() : key;
  const pressed = ctrlKey || metaKey ? `Mod+${shiftKey ? 'Shift+' : ''}${name}` : name;
  return shortcuts.find(({ keys }) => keys === pressed);
}

/** Keys as they stand on the keyboard. */
export const keyWords = (keys: string, isApple: boolean): string =>
  keys
    .replace('Mod+', isApple ? '⌘ ' : 'Ctrl ')
    .replace('Shift+', isApple ? '⇧ ' : 'Shift ')
    .replace('Enter', '↵')
    .replace('Escape', 'Esc');

export const keysOf = (id: string): string | undefined =>
  shortcuts.find((one) => one.id === id)?.keys;
