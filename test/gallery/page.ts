import '../../src/ui/tokens.css';
import '../../src/ui/base.css';
import '../../src/ui/parts.css';
import './page.css';
import { type Example, nameOf } from './example.ts';
import { examples } from './examples/index.ts';
import { svgOf } from './svg.ts';

function element(tag: string, className: string, ...inside: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...inside);
  return made;
}

/** Goes from what the system says to the other theme, and back. */
function themeButton(): HTMLElement {
  const button = element('button', '', 'Other theme');
  let dark = matchMedia('(prefers-color-scheme: dark)').matches;
  button.addEventListener('click', () => {
    dark = !dark;
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  });
  return button;
}

const card = (example: Example) =>
  element(
    'figure',
    'card',
    element('h2', '', nameOf(example)),
    element('figcaption', 'muted small', example.shows),
    svgOf(example.drawing, document),
  );

document
  .querySelector('main')!
  .append(element('div', 'bar', element('h1', '', 'Charts'), themeButton()), ...examples.map(card));
