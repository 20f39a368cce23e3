/** The little that we use of packages that carry no types. */
declare module 'mailparser' {
  import type { Transform } from 'node:stream';

  /** One part as the splitter delivers it. */
  export interface SplitNode {
    type: 'node';
    root: boolean;
    parentNode: SplitNode | false;
    contentType: string | false;
    disposition: string | false;
    charset: string | false;
    filename: string | false;
    headers: { lines: { key: string; line: string }[] };
  }
  export type SplitChunk = SplitNode | { type: 'body' | 'data' };
  /** One part in the parser's tree. */
  export interface TreeNode {
    node: SplitNode;
    headerLines: { key: string; line: string }[];
    contentType: string | false;
    charset?: string;
    isAttachment?: boolean;
    textContent?: string;
    parent?: TreeNode;
    children: TreeNode[];
  }
  export class MailParser extends Transform {
    constructor(options?: {
      ignoreEmbedded?: boolean;
      keepDeliveryStatus?: boolean;
      maxHeadSize?: number;
      maxChildNodes?: number;
    });
    tree: TreeNode | false;
    getDecoder(): { decodeStream(charset: string): Transform };
    processChunk(chunk: SplitChunk, done: (error?: unknown) => void): void;
    createNode(node: SplitNode): TreeNode;
    processHeaders(lines: { key: string; line: string }[]): Map<string, unknown>;
    getTextContent(): { type: 'text' };
  }
}

declare module 'html-to-text' {
  export interface Selector {
    selector: string;
    format?: string;
    options?: Record<string, unknown>;
  }
  export type Formatter = (
    element: { children: unknown[] },
    walk: (children: unknown[], builder: unknown) => void,
    builder: { addInline(text: string): void },
  ) => void;
  export interface Options {
    formatters?: Record<string, Formatter>;
    wordwrap?: number | false;
    preserveNewlines?: boolean;
    selectors?: Selector[];
    limits?: { maxInputLength?: number; maxDepth?: number; ellipsis?: string };
  }
  export function compile(options?: Options): (html: string) => string;
}
