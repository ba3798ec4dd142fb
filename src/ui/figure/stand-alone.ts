const namespace = 'http://www.w3.org/2000/svg';

/** What stands around a drawing when it leaves the page. */
export interface FigureWords {
  readonly title: string;
  readonly summary: string;
  readonly keys: readonly FigureKey[];
}

export interface FigureKey {
  readonly words: string;
  readonly colour: string;
  readonly dashed: boolean;
  /** A sign in place of a line. */
  readonly sign: string | null;
}

/** What a file that knows no style sheet must say of itself. */
const properties = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width', 'stroke-dasharray'],
  ...['stroke-linecap', 'stroke-linejoin', 'opacity', 'font-family', 'font-size', 'font-weight'],
  ...['font-style', 'font-variant-numeric', 'text-anchor', 'white-space'],
];

const margin = 16;
const lineHeight = 18;

/** The drawing as a file of its own: colours and type of the page as it is now, its title, key and summary around it. */
export function standAlone(svg: SVGSVGElement, words: FigureWords): SVGElement {
  const { width, height } = svg.viewBox.baseVal;
  const outer = make('svg', { xmlns: namespace });
  const style = getComputedStyle(svg);
  const text = { fill: token('--text'), 'font-size': '15', 'font-weight': '600' };
  const small = { fill: plain(style.color), 'font-size': '12' };
  outer.setAttribute('font-family', style.fontFamily);

  const lines = wrapped(words.summary, width / 6.2);
  const top = margin + (words.keys.length > 0 ? 2 : 1) * (lineHeight + 4);
  const total = top + height + lines.length * lineHeight + margin;
  const size = { width: String(width + 2 * margin), height: String(total) };
  for (const [name, value] of Object.entries(size)) outer.setAttribute(name, value);
  outer.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);

  const drawing = svg.cloneNode(true) as SVGSVGElement;
  dress(svg, drawing);
  for (const [name, value] of Object.entries({ x: margin, y: top, width, height }))
    drawing.setAttribute(name, String(value));
  drawing.setAttribute('overflow', 'visible');
  for (const name of ['class', 'role', 'aria-labelledby', 'aria-describedby'])
    drawing.removeAttribute(name);

  outer.append(
    said('title', words.title),
    said('desc', words.summary),
    make('rect', { ...size, fill: token('--surface') }),
    label(words.title, margin, margin + 12, text),
    ...keyMarks(words.keys, margin + lineHeight + 16, { ...small, fill: text.fill }),
    drawing,
    ...lines.map((line, i) => label(line, margin, top + height + (i + 0.8) * lineHeight, small)),
  );
  return outer;
}

/** Writes what style sheets say of the one into attributes of the other, which is its copy. */
function dress(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  const above = from.parentElement === null ? null : getComputedStyle(from.parentElement);
  const isRoot = from instanceof SVGSVGElement;
  for (const name of properties) {
    const value = style.getPropertyValue(name);
    const inherited = !isRoot && above?.getPropertyValue(name) === value && name !== 'opacity';
    if (value === '' || inherited || (name === 'opacity' && value === '1'))
      to.removeAttribute(name);
    else to.setAttribute(name, name === 'fill' || name === 'stroke' ? plain(value) : value);
  }
  to.removeAttribute('class');
  to.removeAttribute('style');
  for (let i = 0; i < from.children.length; i++) dress(from.children[i]!, to.children[i]!);
}

/** A colour as every program reads it: rgb() in place of oklab(), color() and the like. */
function plain(colour: string): string {
  if (colour === 'none' || colour.startsWith('url(')) return colour;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d');
  if (context === null) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 255] = context.getImageData(0, 0, 1, 1).data;
  return a === 255 ? `rgb(${r},${g},${b})` : `rgba(${r},${g},${b},${Math.round(a / 2.55) / 100})`;
}

/** A colour of the page in the scheme of now. */
function token(name: string): string {
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return plain(color);
}

function keyMarks(
  keys: readonly FigureKey[],
  y: number,
  text: Readonly<Record<string, string>>,
): SVGElement[] {
  let x = margin;
  return keys.flatMap(({ words, colour, dashed, sign }) => {
    const stroke = plain(colour);
    const mark =
      sign === null
        ? make('line', {
            ...{ x1: String(x), x2: String(x + 20), y1: String(y - 4), y2: String(y - 4) },
            ...{ stroke, 'stroke-width': '2', ...(dashed && { 'stroke-dasharray': '4,3' }) },
          })
        : label(sign, x + 4, y, { ...text, fill: stroke });
    const name = label(words, x + 28, y, text);
    x += 28 + words.length * 7 + 20;
    return [mark, name];
  });
}

function make(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function said(name: string, words: string): SVGElement {
  const element = make(name, {});
  element.textContent = words;
  return element;
}

function label(
  words: string,
  x: number,
  y: number,
  attributes: Readonly<Record<string, string>>,
): SVGElement {
  const element = make('text', { ...attributes, x: String(x), y: String(y) });
  element.textContent = words;
  return element;
}

/** Words in lines of at most so many characters. */
function wrapped(words: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(/\s+/).filter(Boolean)) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
