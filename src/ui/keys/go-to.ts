import type { Field } from '../../domain/study/form.ts';

const panel = '[data-study]';
const searchBox = (): HTMLInputElement | null =>
  document.querySelector<HTMLInputElement>(`${panel} input[type="search"]`);

/** What `find` gives, once it gives something; the panel's code may have to be fetched first. */
async function once<T extends Element>(find: () => T | null): Promise<T | null> {
  for (let tries = 0; tries < 100; tries++) {
    const found = find();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return null;
}

/** Brings the focus to the field in which settings are looked for. */
export async function findSetting(): Promise<void> {
  (await once(searchBox))?.focus();
}

/** Brings the focus to a heading, which can take it. */
export async function goToTitle(id: string): Promise<void> {
  const title = await once(() => document.getElementById(id));
  if (title !== null) focus(title);
}

/** Brings the focus to a setting in the panel; the panel's own search shows what its level hides. */
export async function goToSetting(field: Field): Promise<void> {
  const box = await once(searchBox);
  if (box === null) return;
  const id = field.path.replaceAll('/', '-').slice(1);
  const here = document.querySelector<HTMLElement>(`${panel} ${selector(field, id)}`);
  if (here !== null && box.value === '') {
    here.closest('details')?.setAttribute('open', '');
    focus(here);
    return;
  }
  box.value = field.title;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  const found = await once(() =>
    document.querySelector<HTMLElement>(`${panel} ${selector(field, `found-${id}`)}`),
  );
  focus(found ?? box);
}

const selector = ({ kind, path }: Field, id: string): string =>
  kind === 'expression'
    ? `[data-expression="${path.slice(path.lastIndexOf('/') + 1)}"] textarea`
    : `#${CSS.escape(id)}`;

function focus(element: HTMLElement): void {
  element.focus();
  element.scrollIntoView({ block: 'center' });
}
