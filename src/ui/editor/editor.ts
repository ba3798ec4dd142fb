import {
  type Completion,
  type CompletionSource,
  acceptCompletion,
  autocompletion,
  closeCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { Compartment, type Extension, Prec } from '@codemirror/state';
import { Decoration, EditorView, keymap } from '@codemirror/view';
import { theme } from './theme.ts';

/** A stretch of the text, in UTF-16 units from 0. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

export interface Options {
  readonly label: string;
  readonly text: string;
  /** What may stand at the cursor, and where the word begins that it takes the place of. A language has its own. */
  readonly complete?: Complete;
  /** What Ctrl or ⌘ with Enter does in place of running the study. */
  readonly submit?: () => void;
  readonly changed: (text: string) => void;
}
export type Complete = (
  text: string,
  cursor: number,
) => { from: number; options: readonly Completion[] };

export interface Editor {
  /** Puts another text in place of what stands there. */
  show(text: string): void;
  /** Marks what is wrong and says it to who does not see the mark; '' where nothing is. */
  fault(said: string, at: Span | null): void;
  /** Reads the text as this language from now on: its colours, and what may stand where. */
  read(language: Extension): void;
  focus(): void;
  destroy(): void;
}

/**
 * A small editor in a shadow root: there CodeMirror adopts style sheets, where a document’s head would need style
 * elements, which the page’s policy does not allow.
 */
export function textEditor(host: HTMLElement, options: Options): Editor {
  const { complete, submit } = options;
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open', delegatesFocus: true });
  const about = document.createElement('span');
  about.id = 'about';
  about.hidden = true;
  const fault = new Compartment();
  const language = new Compartment();
  const view = new EditorView({
    root,
    parent: root,
    doc: options.text,
    extensions: [
      theme,
      history(),
      EditorView.lineWrapping,
      language.of([]),
      autocompletion({ icons: false, ...(complete && { override: [sourceOf(complete)] }) }),
      // The page runs the study at Mod-Enter; the editor’s own binding would add a line first.
      Prec.highest(
        keymap.of([
          {
            key: 'Mod-Enter',
            run: (view) => {
              closeCompletion(view); // Else it would take the next Escape.
              submit?.();
              return true;
            },
            stopPropagation: submit !== undefined,
          },
        ]),
      ),
      keymap.of([{ key: 'Tab', run: acceptCompletion }, ...historyKeymap, ...defaultKeymap]),
      EditorView.contentAttributes.of({
        'aria-label': options.label,
        'aria-describedby': about.id,
      }),
      typedOver,
      fault.of([]),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) options.changed(state.doc.toString());
      }),
    ],
  });
  root.append(about);
  return {
    show(text) {
      const doc = view.state.doc.toString();
      if (doc !== text) view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
    },
    fault(said, at) {
      about.textContent = said;
      view.dispatch({
        effects: fault.reconfigure(said === '' ? [] : faulty(at, view.state.doc.length)),
      });
    },
    read(extension) {
      view.dispatch({ effects: language.reconfigure(extension) });
    },
    focus: () => view.focus(),
    destroy() {
      view.destroy();
      root.replaceChildren();
    },
  };
}

/**
 * Where a selection with colours is typed over, Chromium itself would keep the colour by a style in the page, which the
 * page's policy does not allow: the editor takes the text before that.
 */
const typedOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType, isComposing } = event;
    if (inputType !== 'insertText' || data === null || isComposing) return false;
    if (view.state.selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(data), {
      userEvent: 'input.type',
      scrollIntoView: true,
    });
    return true;
  },
});

/** As typed, a word is looked for; on demand everything that may stand there. */
const sourceOf =
  (complete: Complete): CompletionSource =>
  ({ state, pos, explicit }) => {
    const { from, options } = complete(state.doc.toString(), pos);
    return explicit || from < pos ? { from, options: options.map(named), filter: false } : null;
  };

/** A function shows its signature, which begins with what is put in. */
const named = ({ detail = '', ...completion }: Completion): Completion =>
  detail.startsWith(completion.label)
    ? { ...completion, displayLabel: detail }
    : { ...completion, detail };

/** At the end of the text the last character stands for what is missing. */
function faulty(at: Span | null, length: number): Extension {
  const invalid = EditorView.contentAttributes.of({ 'aria-invalid': 'true' });
  if (at === null || length === 0) return invalid;
  const from = Math.min(at.offset, length - 1);
  const to = Math.min(Math.max(at.offset + at.length, from + 1), length);
  const mark = Decoration.mark({ class: 'problem' }).range(from, to);
  return [invalid, EditorView.decorations.of(Decoration.set(mark))];
}
