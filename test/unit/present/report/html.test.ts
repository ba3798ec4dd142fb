import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escaped, html } from '../../../../src/present/report/html.ts';

describe('the template of the report', () => {
  test('escapes what is put in, in elements and in attributes', () => {
    const name = `<img src=x onerror="alert('x')"> & more`;
    expect(String(html`<p title="${name}">${name}</p>`)).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(&#39;x&#39;)&quot;&gt; &amp; more">' +
        '&lt;img src=x onerror=&quot;alert(&#39;x&#39;)&quot;&gt; &amp; more</p>',
    );
  });

  test('takes its own work, lists of it, and nothing', () => {
    const items = ['a', 'b&c'].map((text) => html`<li>${text}</li>`);
    expect(
      String(
        html`<ul>
          ${items}${null}
        </ul>`,
      ),
    ).toBe('<ul>\n<li>a</li><li>b&amp;c</li>\n</ul>');
  });

  test('a place has two decimals at most, and what is no number is a fault, not a text', () => {
    expect(String(html`<rect x="${1 / 3}" y="${-0.001}" />`)).toBe('<rect x="0.33" y="0" />');
    expect(() => html`<rect x="${Number.NaN}" />`).toThrow(RangeError);
    expect(() => html`<rect x="${Infinity}" />`).toThrow(RangeError);
  });

  test('how the source is indented does not get into the text', () => {
    const text = '\n    kept';
    expect(
      String(
        html`<pre>
        ${text}
      </pre>`,
      ),
    ).toBe('<pre>\n\n    kept\n</pre>');
  });

  test('controls and lone surrogates become the sign for what cannot be shown', () => {
    expect(escaped('a\u0000b\ud800c\td😀')).toBe('a\ufffdb\ufffdc\td😀');
  });

  test('no text opens a tag or leaves an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escaped(text)).not.toMatch(/[<>"']/);
      }),
    );
  });
});
