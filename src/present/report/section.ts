import { type Content, type Html, html } from './html.ts';

/** A part of the report under its heading. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Content;
}

export const sectionOf = ({ id, title, content }: Section): Html =>
  html`<section id="${id}" aria-labelledby="${id}-heading">
    <h2 id="${id}-heading">${title}</h2>
    ${content}
  </section> `;

export const paragraph = (content: Content): Html => html`<p>${content}</p> `;

/** What qualifies the numbers beside it. */
export const remark = (content: Content): Html => html`<p class="muted small">${content}</p> `;
