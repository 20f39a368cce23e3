/** What the journeys use of a package that carries no types, beside what the adapter declares. */
declare module 'mailparser' {
  export interface ReadAddresses {
    value: { address?: string; name: string }[];
  }
  export interface ReadMail {
    messageId?: string;
    inReplyTo?: string;
    references?: string | string[];
    subject?: string;
    from?: ReadAddresses;
    to?: ReadAddresses;
    replyTo?: ReadAddresses;
    text?: string;
    /** false when there is none */
    html?: string | false;
    headers: Map<string, unknown>;
    attachments: { filename?: string; contentType: string; content: Uint8Array }[];
  }
  export function simpleParser(raw: string | Uint8Array): Promise<ReadMail>;
}
