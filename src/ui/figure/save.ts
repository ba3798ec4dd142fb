import { download } from '../download.ts';
import { type FigureKey, type FigureWords, standAlone } from './stand-alone.ts';

/** Saves a chart as it looks now. Throws where the browser cannot paint it. */
export async function saveFigure(
  figure: HTMLElement,
  words: Pick<FigureWords, 'title' | 'summary'>,
  as: 'svg' | 'png',
): Promise<void> {
  const svg = figure.querySelector<SVGSVGElement>('svg.plot');
  if (svg === null) return;
  const made = standAlone(svg, { ...words, keys: keysOf(figure) });
  const text = new XMLSerializer().serializeToString(made);
  const name = `${fileName(words.title)}.${as}`;
  if (as === 'svg') download(name, 'image/svg+xml', [text]);
  else download(name, 'image/png', [await painted(text, sizeOf(made))]);
}

const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'chart';

const sizeOf = (svg: SVGElement): readonly [number, number] => [
  Number(svg.getAttribute('width')),
  Number(svg.getAttribute('height')),
];

/** The key beside a chart’s title, but for what is switched off. */
function keysOf(figure: HTMLElement): FigureKey[] {
  return [...figure.querySelectorAll<HTMLElement>('.legend > *')].flatMap((item) => {
    const mark = item.querySelector('i');
    const off = item.querySelector<HTMLInputElement>('input[type=checkbox]')?.checked === false;
    if (mark === null || off) return [];
    const { borderTopStyle, borderTopColor, color } = getComputedStyle(mark);
    const sign = mark.textContent.trim();
    return [
      {
        words: item.textContent.replace(mark.textContent, '').trim(),
        colour: sign === '' ? borderTopColor : color,
        dashed: borderTopStyle === 'dashed',
        sign: sign === '' ? null : sign,
      },
    ];
  });
}

/** Two pixels for each of the page's, for screens and paper that show them. */
const scale = 2;

async function painted(svg: string, [width, height]: readonly [number, number]): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob === null) reject(new Error('The browser made no picture of it.'));
        else resolve(blob);
      }, 'image/png');
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
