import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

/**
 * Somebody's own site on another origin than the desk, with a page as strict as pages get: no inline script or style,
 * no eval, Trusted Types, and of the desk only what the widget's README asks for. It keeps a copy of the script, so that
 * a page can be loaded while the desk is down, as from a browser's cache.
 */
export class HostSite {
  /** attributes of the `html` element */
  html = 'lang="en"';
  /** further attributes of the script tag */
  attributes = '';
  private server: Server | null = null;

  get url(): string {
    return `http://127.0.0.1:${(this.server!.address() as AddressInfo).port}`;
  }

  static policy(desk: string): string {
    return [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'none'",
      `connect-src ${desk} ${desk.replace('http', 'ws')}`,
      `img-src ${desk} blob:`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ].join('; ');
  }

  async start(desk: { url: string; channelId: string }, policy = HostSite.policy(desk.url)): Promise<this> {
    const script = await readFile(resolve('apps/widget/dist/widget.js'));
    this.server = createServer((request, response) => {
      if (request.url === '/widget.js') {
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
        return;
      }
      if (request.url === '/favicon.ico') {
        response.writeHead(204).end();
        return;
      }
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy,
      });
      response.end(`<!doctype html><html ${this.html}><meta charset="utf-8"><title>Toko</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><h1>Toko</h1><p><a href="#a">Link</a></p>
<script src="/widget.js" data-server="${desk.url}" data-channel="${desk.channelId}" ${this.attributes} async></script>`);
    });
    await new Promise<void>((done) => this.server!.listen(0, '127.0.0.1', done));
    return this;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => this.server?.close(done));
  }
}
