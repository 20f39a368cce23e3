/**
 * What a visitor's browser and the server agree on in numbers. Apart from the schemas, so that the widget can have the
 * numbers without the validator's weight.
 */
export const visitorLimits = {
  /** characters of one message */
  text: 8000,
  /** files of one message */
  files: 5,
  /** bytes of one file, whatever a channel's settings say */
  fileBytes: 25_000_000,
  /** characters of a file's name */
  fileName: 255,
  /** characters of one answer of the form before the chat */
  answer: 500,
  /** characters of a URL */
  url: 2000,
  /** characters of a token, ours or the host site's */
  token: 4096,
  /** digits of a one-time code */
  code: 6,
  /** bytes of one packet of the socket; the server closes a socket that sends more */
  packetBytes: 64_000,
  /** messages on one page of the history */
  page: 30,
} as const;

/** Media types that a visitor may send unless the channel says otherwise. What a browser would run is never among them. */
export const visitorFileTypes = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;

/**
 * Why something of a visitor's was refused. `retry` = true: the same may be taken later, the browser keeps it and sends
 * it again; otherwise it is shown as failed and waits for the visitor.
 */
export const visitorErrors = {
  /** not of the shape, or empty */
  invalid: { retry: false },
  too_large: { retry: false },
  file_type: { retry: false },
  /** the file that a message names was not uploaded by this visitor, or is gone */
  file_unknown: { retry: false },
  /** same clientId as before, other content */
  conflict: { retry: false },
  /** page of a site that the channel does not serve */
  origin: { retry: false },
  /** the channel is switched off or is no web chat */
  closed: { retry: false },
  /** the company does not want this visitor's messages */
  blocked: { retry: false },
  /** one-time code or signed identity that does not hold; deliberately no more is told */
  not_proven: { retry: false },
  /** token missing, unknown or used up: exchange it, then come again */
  token: { retry: true },
  rate_limited: { retry: true },
  unavailable: { retry: true },
} as const;
export type VisitorErrorCode = keyof typeof visitorErrors;
