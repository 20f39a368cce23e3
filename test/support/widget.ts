import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type {} from '../../apps/widget/src/loket-api.js';
import { HostSite } from './host-site.js';
import { until } from './until.js';
import { VisitorStandIn } from './visitor-stand-in.js';

/** A desk, somebody's site with the chat in it, and a visitor's browser. */
export class WidgetScene {
  private readonly contexts: BrowserContext[] = [];

  private constructor(
    readonly desk: VisitorStandIn,
    readonly site: HostSite,
    private readonly browser: Browser,
  ) {}

  static async open(
    browser: Browser,
    config: ConstructorParameters<typeof VisitorStandIn>[0] = {},
    policy?: (desk: string) => string,
  ): Promise<WidgetScene> {
    const desk = await new VisitorStandIn({ continueBy: [], ...config }).start();
    const site = await new HostSite().start(desk, policy?.(desk.url));
    desk.origins.add(site.url);
    return new WidgetScene(desk, site, browser);
  }

  /** A fresh profile. */
  async profile(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(30_000);
    this.contexts.push(context);
    return context;
  }

  /** A tab on the site; its chat is closed. */
  async tab(context: BrowserContext): Promise<WidgetTab> {
    const tab = new WidgetTab(await context.newPage());
    await tab.page.goto(this.site.url);
    await tab.launcher.waitFor();
    return tab;
  }

  async close(): Promise<void> {
    for (const context of this.contexts) await context.close();
    await this.site.stop();
    await this.desk.stop();
  }
}

/** The chat in one tab, by its accessible names in English. */
export class WidgetTab {
  /** what the page wrote to the console as an error, breaches of its policy among it */
  readonly errors: string[] = [];

  constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  get launcher(): Locator {
    return this.page.locator('.launcher');
  }

  get panel(): Locator {
    return this.page.getByRole('dialog');
  }

  get field(): Locator {
    return this.page.getByRole('textbox', { name: 'Write a message' });
  }

  /** waits for its one bubble */
  bubble(words: string): Locator {
    return this.panel.locator('.item .bubble', { hasText: words });
  }

  async open(): Promise<void> {
    await this.launcher.click();
    await this.field.waitFor();
  }

  /** Writes and sends; returns when it stands in the chat, sent or not. */
  async write(words: string): Promise<void> {
    await this.field.fill(words);
    await this.field.press('Enter');
    await this.bubble(words).waitFor();
  }

  /** All that was said on both sides, from top to bottom, the greeting left out. */
  async texts(): Promise<string[]> {
    return this.panel.locator('.item .bubble').allInnerTexts();
  }

  /** As when the browser notices that the network is back: nobody has to sit through the pauses between tries. */
  async online(): Promise<void> {
    await this.page.evaluate(() => window.dispatchEvent(new Event('online')));
  }

  async untilOnline(holds: () => boolean | Promise<boolean>): Promise<void> {
    await until(async () => {
      await this.online();
      return holds();
    });
  }
}
