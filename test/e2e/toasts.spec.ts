import { expect, test } from '@playwright/test';
import { axe, open, presentOf, useSample } from './lab.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`long work that ends in another tab is told of, and leads there: ${colorScheme}`, async ({
    page,
  }) => {
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/Content.Security|Trusted|violates/i.test(message.text()))
        violations.push(message.text());
    });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 360, height: 740 });
    await open(page);
    await useSample(page);
    const tab = (name: string) => page.getByRole('tab', { name, exact: true });
    await tab('Search').click();
    for (const steps of await presentOf(page.getByLabel('Steps'))) await steps.fill('30');
    await page.getByRole('button', { name: 'Run the search' }).click();
    await tab('History').click();
    const told = page.getByRole('region', { name: /^Messages/ }).getByRole('listitem');
    await expect(told).toContainText('Search finished.', { timeout: 60_000 });
    await expect(page.getByRole('tab', { name: 'History' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(await axe(page)).toEqual([]);
    const [box, size] = [await told.boundingBox(), page.viewportSize()!];
    expect(box!.x).toBeGreaterThanOrEqual(0);
    expect(box!.x + box!.width).toBeLessThanOrEqual(size.width);
    await told.getByRole('button', { name: 'Show' }).click();
    await expect(tab('Search')).toHaveAttribute('aria-selected', 'true');
    await expect(told).toHaveCount(0);
    expect(violations).toEqual([]);
  });
}
