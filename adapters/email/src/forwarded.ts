import { attributionLength } from './quote-lines.js';

const forwardPrefix =
  /^\s*(?:\[[^\]]{1,40}\]\s*)?(?:fwd?|wg|tr|rv|vb|trs|enc|i|pd|doorst|vs-fwd|terusan|diteruskan|teruskan|meneruskan|转发|轉寄|転送|пересл)\s?\.?\s*(?:\[\d+\]|\(\d+\))?\s*[:\uff1a]/i;
const replyPrefix =
  /^\s*(?:\[[^\]]{1,40}\]\s*)?(?:re|aw|antw?|sv|bls|balas|balasan|tanggapan|res|rif|odp|ynt|r|回复|答复|回覆|返信|отв)\s?\.?\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:\uff1a]/i;

/** What mail programs put above the mail that they pass on. */
const marker =
  /^[ \t*_>]*(?:-{2,}\s*(?:forwarded message|forwarded by .{1,80}|pesan (?:terusan|yang diteruskan|diteruskan)|email terusan|weitergeleitete nachricht|message transféré|mensaje reenviado|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht)\s*-{2,}|begin forwarded message\s*:|mulai (?:pesan (?:terusan|yang diteruskan)|meneruskan pesan)\s*:|awal pesan (?:terusan|yang diteruskan)\s*:|pesan (?:terusan|yang diteruskan)\s*:|anfang der weitergeleiteten nachricht\s*:|début du message (?:transféré|réexpédié)\s*:)\s*[*_]*\s*$/im;

/**
 * Did the sender pass an older message on? By the subject's prefix, by the mark above the forwarded text, or because
 * the program says so; not when it is plainly a reply.
 *
 * @param subject decoded
 * @param body all words, history included
 * @param answers it names a message that it answers (forwards do, too: zammad#4965)
 */
export function isForwarded(
  subject: string,
  body: string,
  answers: boolean,
  forwardedHeader: boolean,
): boolean {
  if (replyPrefix.test(subject)) return false;
  const mark = marker.exec(body);
  const replyAbove = hasAttribution(mark ? body.slice(0, mark.index) : body.slice(0, 20_000));
  if (forwardedHeader || mark) return !(answers && replyAbove);
  if (!forwardPrefix.test(subject)) return false;
  return !(answers && replyAbove);
}

function hasAttribution(text: string): boolean {
  const lines = text.split('\n');
  return lines.some((line, i) => !/^\s*>/.test(line) && attributionLength(lines, i) > 0);
}
