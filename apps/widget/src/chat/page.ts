import { visitorLimits } from '@loket/contracts/visitor-limits.js';
import type { VisitorPage } from '@loket/contracts/visitors.js';

/** Where the visitor is, for the agent. Without the fragment, in which sites keep what is meant for the browser alone. */
export function whereItStands(): VisitorPage {
  return {
    url: (location.href.split('#')[0] ?? '').slice(0, visitorLimits.url),
    title: document.title.slice(0, 300),
    referrer: document.referrer.slice(0, visitorLimits.url),
  };
}
