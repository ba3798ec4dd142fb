import { subjectOf } from '../note-words.ts';
import { html } from './html.ts';
import type { Section } from './section.ts';
import type { Subject } from './subject.ts';

/** What people have remarked on the run; no section where they have not. */
export const notes = ({ remarks, run: { study } }: Subject): readonly Section[] =>
  remarks.length === 0
    ? []
    : [
        {
          id: 'notes',
          title: 'Notes',
          content: html`<ul class="notes">
            ${remarks.map(
              (note) =>
                html`<li><span class="muted">${subjectOf(note, study)}:</span> ${note.text}</li> `,
            )}
          </ul>`,
        },
      ];
