/** What the journeys use of a package that carries no types, beside what the adapter declares. */
declare module 'mailparser' {
  export interface ReadMail {
    messageId?: string;
    inReplyTo?: string;
    references?: string | string[];
    subject?: string;
    from?: { value: { address?: string; name: string }[] };
    text?: string;
    headers: Map<string, unknown>;
    attachments: { filename?: string; contentType: string; content: Uint8Array }[];
  }
  export function simpleParser(raw: string | Uint8Array): Promise<ReadMail>;
}
