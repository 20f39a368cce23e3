import type { Locator, Page } from 'playwright-core';

/** The console's screens by their accessible names, in English. */
export const caseList = (page: Page): Locator => page.getByRole('listbox', { name: 'Case list' });

export const caseRow = (page: Page, words: string | RegExp): Locator =>
  caseList(page).getByRole('option').filter({ hasText: words });

/** One message of the open case. */
export const messageOf = (page: Page, words: string): Locator =>
  page.getByRole('region', { name: 'Timeline' }).getByRole('article').filter({ hasText: words });

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: 'Reply', exact: true });

/** Makes the list show what has come in since; it waits for that, because rows never move by themselves. */
export async function showArrivals(page: Page): Promise<void> {
  await page.getByRole('button', { name: /\bnew cases?\b|\bnew messages\b/ }).click();
}

/** What the list says now, a line per row, without what depends on the clock. */
export async function listText(page: Page): Promise<string[]> {
  return textOf(caseList(page).getByRole('option'));
}

/** What the open case says now, a line per item of its timeline. */
export async function timelineText(page: Page): Promise<string[]> {
  return textOf(page.getByRole('region', { name: 'Timeline' }).getByRole('listitem'));
}

function textOf(rows: Locator): Promise<string[]> {
  return rows.evaluateAll((elements) =>
    elements.map((element) => {
      const copy = element.cloneNode(true) as HTMLElement;
      for (const time of copy.querySelectorAll('time')) time.replaceWith(time.dateTime);
      for (const mark of copy.querySelectorAll('[role=img]')) mark.replaceWith(mark.ariaLabel ?? '');
      return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
    }),
  );
}
