import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { root } from '../shell.mjs';

/** What each channel of the sets is in Loket. */
export const channelKinds = { mail: 'email', wa: 'whatsapp', chat: 'webchat', phone: 'phone' };

/**
 * Reads a labelled set (the format stands in test/eval/README.md).
 *
 * @param name `tune`, `second`, `test`, or the path of a .jsonl file of one's own
 * @returns `{name, header, lines}`
 * @throws Error that says which line is not usable
 */
export function readDesk(name) {
  const file = /\.jsonl$/.test(name)
    ? isAbsolute(name)
      ? name
      : join(process.cwd(), name)
    : join(root, 'test/eval/desk', `${name}.jsonl`);
  const headerFile = file.replace(/\.jsonl$/, '.header.json');
  const header = existsSync(headerFile) ? JSON.parse(readFileSync(headerFile, 'utf8')) : {};
  const lines = readJsonLines(file);
  check(file, lines);
  return { name, header: { desks: {}, customers: [], ...header }, lines };
}

export function readJsonLines(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at) => {
      try {
        return JSON.parse(line);
      } catch (error) {
        throw new Error(`${file}, line ${at + 1}: ${error.message}`, { cause: error });
      }
    });
}

export const isMessage = (line) => line.action === undefined;

function check(file, lines) {
  const seen = { ids: new Set(), cases: new Set() };
  let before = '';
  lines.forEach((line, at) => {
    const wrong = whatIsWrong(line, seen, before);
    if (wrong) throw new Error(`${file}, line ${at + 1} (${line.id ?? line.action}): ${wrong}`);
    if (line.id) seen.ids.add(line.id);
    seen.cases.add(line.case);
    before = line.at;
  });
}

function whatIsWrong(line, { ids, cases }, before) {
  if (Number.isNaN(Date.parse(line.at))) return 'at is no instant';
  if (line.at < before) return 'lines must stand in order of time';
  if (ids.has(line.id)) return 'this id was there before';
  if (!line.case) return 'case is missing';
  if (!isMessage(line)) {
    if (!['reply', 'resolve', 'note'].includes(line.action)) return `no such action: ${line.action}`;
    return cases.has(line.case) ? null : 'nobody wrote in this case yet';
  }
  if (!line.id) return 'id is missing';
  if (!line.customer) return 'customer is missing';
  if (!(line.channel in channelKinds)) return `no such channel: ${line.channel}`;
  if (!line.sender?.kind || !line.sender.value) return 'sender needs kind and value';
  if (typeof line.text !== 'string') return 'text is missing';
  const unknown = (line.thread?.references ?? []).find((ref) => !ids.has(ref) && !ref.includes('@'));
  return unknown ? `refers to ${unknown}, which is not an earlier line` : null;
}
