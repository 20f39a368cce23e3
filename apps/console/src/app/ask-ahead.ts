import type { QueryClient } from '@tanstack/react-query';
import { prefetchCaseList } from '../api/cases.js';
import { sessionQuery } from '../api/session.js';
import { parseListParams } from '../features/inbox/list-params.js';

/** Who is signed in, and the list that his address names, are asked for before there is a screen that wants them. */
export function askAhead(client: QueryClient): void {
  const { pathname, search } = window.location;
  const view = /^\/inbox(?:\/([^/]+))?/.exec(pathname);
  void client.fetchQuery(sessionQuery).then(
    (session) => session && view && prefetchCaseList(client, parseListParams(view[1], search)),
    // the screen asks again, and says what is wrong
    () => undefined,
  );
}
