import { EditorView } from '@codemirror/view';

/** The page’s tokens reach into the shadow root; its rules do not. */
export const theme = EditorView.theme({
  '&': {
    minHeight: '3.5rem',
    border: '1px solid var(--control)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    fontSize: 'var(--t-s)',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-content': { padding: 'var(--s-2) 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 var(--s-2)' },
  '.problem': {
    textDecoration: 'underline wavy var(--danger)',
    textUnderlineOffset: '3px',
    backgroundColor: 'var(--danger-soft)',
  },
  '.cm-tooltip': {
    border: '1px solid var(--control)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    boxShadow: '0 4px 16px rgb(0 0 0 / 0.14)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    maxHeight: '13rem',
    borderRadius: 'var(--radius)',
    minWidth: '0',
    maxWidth: 'min(22rem, calc(100vw - 2rem))',
    fontFamily: 'var(--mono)',
    fontSize: 'var(--t-xs)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    padding: 'var(--s-1) var(--s-2)',
    lineHeight: '1.5',
    textOverflow: 'ellipsis',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent)',
  },
  '.cm-completionDetail': { color: 'var(--muted)', fontStyle: 'normal' },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-tooltip.cm-completionInfo': {
    padding: 'var(--s-2) var(--s-3)',
    maxWidth: 'min(17rem, calc(100vw - 2rem))',
    fontFamily: 'var(--font)',
    fontSize: 'var(--t-xs)',
    lineHeight: '1.4',
  },
});
