import type { Finding } from '../../domain/validation/finding.ts';
import { verdictOf } from '../findings/verdict.ts';
import { type Html, html } from './html.ts';
import { levelMark } from './level.ts';
import { type Section, paragraph } from './section.ts';
import type { Subject } from './subject.ts';

/** What was examined of the run: level, finding, threshold, source, and what would change it. */
export const findings = ({ findings: all }: Subject): Section => ({
  id: 'findings',
  title: 'Audit findings',
  content:
    all.length === 0
      ? paragraph('The run was not audited.')
      : [
          paragraph(verdictOf(all).sentence),
          html`<ul class="findings">
            ${all.map(findingItem)}
          </ul>`,
        ],
});

const findingItem = ({ level, title, text, threshold, source, change }: Finding): Html =>
  html`<li>
    <div class="head">
      <h3>${title}</h3>
      ${levelMark(level)}
    </div>
    <p>${text}</p>
    ${
      change === ''
        ? null
        : html`<p><span class="muted">What would change this:</span> ${change}</p> `
    }
    <p class="muted small">${threshold} Source: ${source.replace(/\.$/, '')}.</p>
  </li> `;
