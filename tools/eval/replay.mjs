import { isMessage } from './sets.mjs';
import { majority } from './measure.mjs';

/**
 * Lives a labelled set through, line by line, at its own times.
 *
 * @returns `{messages, suggestions}`: each message of the set with where it landed, each suggestion with its two sides
 */
export async function replay(desk, { lines }) {
  const landed = new Map();
  const numbers = new Map();
  for (const line of lines) {
    desk.now = line.at;
    if (isMessage(line)) {
      const result = await desk.receive(line, (text) => withNumbers(text, numbers));
      if (result.status !== 'accepted') throw new Error(`${line.id} was ${result.status}: ${result.reason}`);
      landed.set(line.id, { line, result });
      if (!numbers.has(line.case)) numbers.set(line.case, result.caseNumber);
      await desk.settle();
    } else await act(desk, line, landed);
  }
  await desk.settle();
  return { messages: await whereabouts(desk, landed), suggestions: await suggestions(desk) };
}

async function act(desk, { action, id, case: truth, text }, landed) {
  const all = [...landed.values()];
  const own = all.filter(({ line }) => line.case === truth);
  // An agent answers what a person wrote, not the machine after him.
  const last = own.findLast(({ line }) => !line.automatic) ?? own.at(-1);
  if (action === 'reply') return desk.reply(last.result.caseId, id, text);
  if (action === 'note') return desk.note(last.result.caseId, text);
  for (const caseId of new Set(own.map(({ result }) => result.caseId))) {
    const inside = all.filter(({ result }) => result.caseId === caseId);
    if (majority(inside.map(({ line }) => line.case)) === truth) await desk.resolve(caseId);
  }
}

function withNumbers(text, numbers) {
  return text.replaceAll(/\{\{number:([^}]+)\}\}/g, (_, name) => {
    if (!numbers.has(name)) throw new Error(`no number yet for ${name}`);
    return numbers.get(name);
  });
}

/** Where everything lies in the end; what was merged meanwhile counts as what it was merged into. */
async function whereabouts(desk, landed) {
  const rows = await desk.database.query(
    `SELECT m.id, coalesce(c.merged_into_id, c.id) AS case_id, coalesce(k.merged_into_id, k.id) AS customer_id,
            m.match_rule AS rule, m.match_score AS score, m.match_evidence AS evidence
     FROM messages m JOIN cases c ON c.id = m.case_id JOIN customers k ON k.id = m.customer_id
     WHERE m.direction = 'inbound'`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...landed.values()].map(({ line, result }) => {
    const row = byId.get(result.messageId);
    return {
      line,
      number: result.caseNumber,
      caseId: row.case_id,
      customerId: row.customer_id,
      rule: row.rule,
      score: row.score,
      evidence: row.evidence ?? [],
    };
  });
}

async function suggestions(desk) {
  const rows = await desk.database.query(
    `SELECT id, kind, state, score, evidence, case_ids, customer_ids FROM suggestions ORDER BY created_at, id`,
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    state: row.state,
    score: row.score,
    evidence: row.evidence,
    caseIds: row.case_ids,
    customerIds: row.customer_ids,
  }));
}
