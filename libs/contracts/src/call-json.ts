/** A call as JSON, as telephone systems and scripts hand it in. Channels that take it take calls. */
export const callJsonMediaType = 'application/vnd.loket.call+json';
