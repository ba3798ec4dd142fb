import { html } from './html.ts';
import { type Section, paragraph } from './section.ts';
import type { Subject } from './subject.ts';

/** What the run assumed and left out; warnings first. */
export function assumptions({ run: { notes } }: Subject): Section {
  const ordered = [
    ...notes.filter(({ level }) => level === 'warning'),
    ...notes.filter(({ level }) => level === 'info'),
  ];
  return {
    id: 'assumptions',
    title: 'Assumptions',
    content:
      ordered.length === 0
        ? paragraph('The run says nothing of assumptions.')
        : html`<ul class="notes">
            ${ordered.map(
              ({ level, text }) =>
                html`<li class="${level}">
                  ${level === 'warning' ? html`<strong>Warning:</strong> ` : null}${text}
                </li> `,
            )}
          </ul>`,
  };
}
