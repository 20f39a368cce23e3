import { Transform, type TransformCallback } from 'node:stream';
import { MailParser, type SplitChunk, type SplitNode, type TreeNode } from 'mailparser';
import { decodeBytes, metaCharset } from './charset.js';
import type { MailWarning } from './warnings.js';

/** A leaf that is not body text. */
export interface MimeFile {
  mediaType: string;
  /** decoded, not yet made safe */
  name: string | null;
  contentId: string | null;
  bytes: Buffer;
}

export interface MimeMail {
  tree: TreeNode | null;
  files: MimeFile[];
  warnings: Set<MailWarning>;
}

export const limits = { parts: 1_000, depth: 64, headBytes: 1_000_000 };

/** Labels under which senders put plain text. */
const plainTypes = /^(?:text|text\/(?:ascii|text|plain.*|unknown)|plain|plain\/text|(?:no|text)\/?type)$/;

interface FilePart {
  contentType: string | false;
  filename?: string;
  cid?: string;
  content: NodeJS.ReadableStream;
  release: () => void;
}

class LimitError extends Error {
  constructor(readonly warning: MailWarning) {
    super(warning);
  }
}

/**
 * The parser, bent where real mail needs it: charset labels are checked against the bytes, attached mails stay files,
 * text files stay files, and no time goes into what we do not use (links, addresses).
 */
class LenientParser extends MailParser {
  readonly warnings = new Set<MailWarning>();
  private readonly depths = new WeakMap<SplitNode, number>();
  private seenText = false;
  private parts = 0;

  constructor() {
    super({
      ignoreEmbedded: true,
      keepDeliveryStatus: true,
      maxHeadSize: limits.headBytes,
      maxChildNodes: 100_000,
    });
  }

  override getDecoder(): { decodeStream(charset: string): Transform } {
    return {
      decodeStream: (label) => new CharsetDecoder(label, () => this.warnings?.add('charset_guessed')),
    };
  }

  override processChunk(chunk: SplitChunk, done: (error?: unknown) => void): void {
    if (chunk.type === 'node') {
      const depth = chunk.parentNode ? (this.depths.get(chunk.parentNode) ?? 0) + 1 : 0;
      this.depths.set(chunk, depth);
      if (depth > limits.depth) return done(new LimitError('depth_over_limit'));
      // Counted here, where the parts before are already taken in; the splitter runs ahead.
      if (++this.parts > limits.parts) return done(new LimitError('parts_over_limit'));
    }
    // What throws in here would otherwise surface outside of any stream and take the thread with it.
    try {
      super.processChunk(chunk, done);
    } catch (error) {
      done(error);
    }
  }

  override createNode(node: SplitNode): TreeNode {
    const declared = node.contentType === false ? '' : node.contentType;
    const typed = node.headers.lines.some((l) => l.key === 'content-type');
    if (node.parentNode && node.parentNode.contentType === 'multipart/digest' && !typed)
      node.contentType = 'message/rfc822';
    else if (declared === '' || plainTypes.test(declared)) node.contentType = 'text/plain';
    else if (declared === 'application/xhtml+xml') node.contentType = 'text/html';

    if (node.contentType === 'text/plain' || node.contentType === 'text/html') {
      // A text file sent along is a file, also when it says `inline` (Apple Mail).
      if (node.filename !== false && node.filename !== '' && this.seenText) node.disposition = 'attachment';
      if (node.disposition !== 'attachment') this.seenText = true;
    }
    const created = super.createNode(node);
    // Every body passes our decoder: the label may lie.
    if (created.isAttachment === false) created.charset = `${String(node.contentType)};${node.charset || ''}`;
    return created;
  }

  override processHeaders(lines: { key: string; line: string }[]): Map<string, unknown> {
    const id = lines.find((l) => l.key === 'content-id');
    return new Map(id ? [['content-id', id.line.slice(id.line.indexOf(':') + 1).trim()]] : []);
  }

  override getTextContent(): { type: 'text' } {
    return { type: 'text' };
  }
}

/** Collects a body and decodes it at the end, when all bytes can be looked at. */
class CharsetDecoder extends Transform {
  private readonly chunks: Buffer[] = [];

  constructor(
    private readonly label: string,
    private readonly onGuess: () => void,
  ) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.chunks.push(chunk);
    done();
  }

  override _flush(done: TransformCallback): void {
    const bytes = Buffer.concat(this.chunks);
    const [type = '', label = ''] = this.label.split(';');
    const { text, guessed } = decodeBytes(bytes, label || (type === 'text/html' ? metaCharset(bytes) : null));
    if (guessed) this.onGuess();
    done(null, Buffer.from(text));
  }
}

/**
 * Takes a mail apart. Stops at the limits with a warning and keeps what it has until then.
 *
 * @throws Error when nothing can be read
 */
export async function parseMime(raw: Buffer): Promise<MimeMail> {
  const parser = new LenientParser();
  parser.setMaxListeners(50);
  const files: MimeFile[] = [];
  await new Promise<void>((resolve, reject) => {
    parser.once('error', (error: Error) => {
      const warning = error instanceof LimitError ? error.warning : null;
      if (warning === null || parser.tree === false) return reject(error);
      parser.warnings.add(warning);
      // Lets the bodies before the limit come to their end.
      setTimeout(() => {
        parser.destroy();
        resolve();
      }, 20);
    });
    parser.on('data', (part: FilePart | { type: 'text' }) => {
      if (!('content' in part)) return;
      const chunks: Buffer[] = [];
      part.content.on('data', (chunk: Buffer) => chunks.push(chunk));
      part.content.on('end', () => {
        files.push({
          mediaType: mediaType(part.contentType),
          name: part.filename ?? null,
          contentId: part.cid && part.cid.length <= 998 ? part.cid : null,
          bytes: Buffer.concat(chunks),
        });
        part.release();
      });
      part.content.on('error', reject);
    });
    parser.on('error', () => undefined);
    parser.on('end', resolve);
    parser.end(raw);
  });
  return { tree: parser.tree === false ? null : parser.tree, files, warnings: parser.warnings };
}

export function mediaType(written: string | false): string {
  const type = (written || '').trim().toLowerCase();
  return /^[a-z0-9][\w!#$&^.+-]{0,126}\/[a-z0-9][\w!#$&^.+-]{0,126}$/.test(type)
    ? type
    : 'application/octet-stream';
}
