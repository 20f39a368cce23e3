const percent = (x) => `${(100 * x).toFixed(1).padStart(5)} %`;

/** Figures of one half as a person reads them. */
export function reportDesk(name, judged) {
  const { cases, customers, suggested, rules, messages } = judged;
  const lines = [
    '',
    `${name}: ${messages} messages`,
    line('cases', cases),
    line('customers', customers),
    `  with right suggestions followed: recall of cases ${percent(suggested.recall)}` +
      ` (by case suggestions alone ${percent(suggested.byCaseSuggestions)}),` +
      ` of customers ${percent(suggested.customersRecall)}`,
    `  suggestions: ${Object.entries(suggested.kinds)
      .map(([kind, { given, right }]) => `${kind} ${right} of ${given} right`)
      .join(', ')}; precision ${percent(suggested.precision)}`,
    ...suggested.incidents.map(
      ({ cases: n, ofTheOutage }) => `  incident suggested: ${n} cases, ${ofTheOutage} of an outage`,
    ),
    '  rule                 messages  joined  wrong  should have joined',
    ...Object.entries(rules)
      .sort(([, a], [, b]) => b.messages - a.messages)
      .map(
        ([rule, r]) =>
          `  ${rule.padEnd(20)} ${pad(r.messages, 8)} ${pad(r.joined, 7)} ${pad(r.wrong, 6)} ${pad(r.missed, 19)}`,
      ),
  ];
  return lines.join('\n');
}

/** What went wrong, message by message. For the half that is tuned on; the other one is only reported. */
export function reportFailures({ falseJoins, falseCustomers, missed, falseSuggestions, tags }, most = 40) {
  const lines = [];
  const list = (title, rows, show) => {
    lines.push('', `${title}: ${rows.length}`, ...rows.slice(0, most).map(show));
    if (rows.length > most) lines.push(`  … and ${rows.length - most} more`);
  };
  list('false joins', falseJoins, ({ message, mate }) => pair(message, mate));
  list('missed joins', missed, ({ message, home, suggested }) =>
    pair(message, home, suggested ? '   (suggested)' : ''),
  );
  list('put to a wrong customer', falseCustomers, ({ message, customerMate }) => pair(message, customerMate));
  list(
    'wrong suggestions',
    falseSuggestions,
    ({ kind, score, sides, evidence }) =>
      `  ${kind} ${score.toFixed(2)} ${sides.join(' ≠ ')}: ${why(evidence)}`,
  );
  lines.push('', 'phenomenon           messages  wrong  missed');
  for (const [tag, t] of Object.entries(tags).sort(([a], [b]) => a.localeCompare(b)))
    lines.push(`${tag.padEnd(20)} ${pad(t.messages, 8)} ${pad(t.wrong, 6)} ${pad(t.missed, 7)}`);
  return lines.join('\n');
}

/** Everything about one message: where it landed and why, and what else lies there. */
export function explain(id, { messages, suggestions }) {
  const own = messages.find((m) => m.line.id === id);
  if (!own) return `There is no message ${id} in this set.`;
  const { line: l, rule, score, evidence, caseId, customerId } = own;
  const others = (rows) => rows.filter((m) => m !== own).map((m) => `    ${describe(m)}`);
  const touching = suggestions.filter(
    (s) => s.caseIds.includes(caseId) || s.customerIds.includes(customerId),
  );
  return [
    describe(own),
    `  true case ${l.case}, true customer ${l.customer}`,
    `  rule ${rule}, score ${score}`,
    ...evidence.map((e) => `    ${e.code} ${JSON.stringify(e.data ?? {})}`),
    '  in the same case:',
    ...others(messages.filter((m) => m.caseId === caseId)),
    '  truly in the same case:',
    ...others(messages.filter((m) => m.line.case === l.case)),
    '  suggestions about its case or customer:',
    ...touching.map((s) => `    ${s.kind} ${s.state} ${s.score.toFixed(2)}: ${why(s.evidence)}`),
  ].join('\n');
}

function line(name, { precision, recall, f1, b3, pairs }) {
  return (
    `  ${name.padEnd(10)} precision ${percent(precision)}  recall ${percent(recall)}  F1 ${percent(f1)}` +
    `   B³ ${percent(b3.precision)} ${percent(b3.recall)} ${percent(b3.f1)}` +
    `   (${pairs.found - pairs.together} of ${pairs.found} pairs wrong, ${pairs.truth - pairs.together} of ${pairs.truth} missed)`
  );
}

const pair = (message, other, end = '') =>
  `  ${describe(message)}\n      ${message.rule} ${message.score?.toFixed(2)}: ${why(message.evidence)}${end}\n    with ${other ? describe(other) : '—'}`;

const describe = ({ line: l }) =>
  `${l.id} ${l.at.slice(5, 16)} ${l.channel} [${l.case}] ${short([l.subject, l.text || '(files)'].filter(Boolean).join(' | '))}`;

const why = (evidence) =>
  evidence
    .map(({ code, data }) => (data ? `${code} ${JSON.stringify(data)}` : code))
    .join('; ')
    .slice(0, 300);

const short = (text) => {
  const flat = text.replaceAll(/\s+/g, ' ');
  return flat.length > 90 ? `${flat.slice(0, 89)}…` : flat;
};

const pad = (n, width) => String(n).padStart(width);
