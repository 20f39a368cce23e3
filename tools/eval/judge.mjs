import { compare, groupBy, majority, rates, Unions } from './measure.mjs';

/**
 * The outcome of a replay against the truth.
 *
 * @param replayed what `replay` returned
 */
export function judge({ messages, suggestions }) {
  const cases = compare(messages.map((m) => ({ truth: m.line.case, found: m.caseId })));
  const customers = compare(messages.map((m) => ({ truth: m.line.customer, found: m.customerId })));
  const steps = arrivals(messages);
  const followed = follow(messages, suggestions);
  return {
    messages: messages.length,
    cases,
    customers,
    rules: byRule(steps),
    tags: byTag(steps),
    falseJoins: steps.filter((s) => s.wrong),
    falseCustomers: steps.filter((s) => s.wrongCustomer),
    missed: steps.filter((s) => s.missed).map((s) => ({ ...s, suggested: followed.covers(s) })),
    suggested: followed.figures(cases.pairs.truth),
    falseSuggestions: followed.judged.filter((s) => !s.right),
  };
}

/**
 * Each message as it came: joined to a case or opening one. A join is wrong when the case is so far mostly another true
 * case; a new case is missed when its true case was already there. The same for customers.
 */
function arrivals(messages) {
  const cases = new Groups();
  const customers = new Groups();
  return messages.map((message) => {
    const { line, caseId, customerId } = message;
    const earlier = cases.earlier(caseId, line.case, message);
    const known = customers.earlier(customerId, line.customer, message);
    const joined = earlier.found.length > 0;
    return {
      message,
      joined,
      wrong: joined && majority(earlier.found.map((m) => m.line.case)) !== line.case,
      wrongCustomer:
        known.found.length > 0 && majority(known.found.map((m) => m.line.customer)) !== line.customer,
      missed: !joined && earlier.truth.length > 0,
      // The nearest ones in time, for the reader.
      mate: earlier.found.at(-1) ?? null,
      home: earlier.truth.at(-1) ?? null,
      customerMate: known.found.at(-1) ?? null,
    };
  });
}

class Groups {
  #found = new Map();
  #truth = new Map();

  /** @returns what came before in the same found and in the same true group, and adds this one */
  earlier(found, truth, message) {
    const [a, b] = [this.#found.get(found) ?? [], this.#truth.get(truth) ?? []];
    this.#found.set(found, [...a, message]);
    this.#truth.set(truth, [...b, message]);
    return { found: a, truth: b };
  }
}

function byRule(steps) {
  const rules = {};
  for (const { message, wrong, joined, missed } of steps) {
    const row = (rules[message.rule] ??= { messages: 0, joined: 0, wrong: 0, missed: 0 });
    row.messages += 1;
    row.joined += Number(joined);
    row.wrong += Number(wrong);
    row.missed += Number(missed);
  }
  return rules;
}

function byTag(steps) {
  const tags = {};
  for (const { message, wrong, missed } of steps) {
    for (const tag of message.line.tags ?? ['(none)']) {
      const row = (tags[tag] ??= { messages: 0, wrong: 0, missed: 0 });
      row.messages += 1;
      row.wrong += Number(wrong);
      row.missed += Number(missed);
    }
  }
  return tags;
}

/**
 * What an agent gets who accepts every suggestion that is right and dismisses the others. A `case` suggestion joins its
 * two cases; a `customer` suggestion makes one person of two, whose cases then stand side by side.
 */
function follow(messages, suggestions) {
  const truthOf = (key, truth) => {
    const groups = groupBy(messages, (m) => m[key]);
    return (id) => majority((groups.get(id) ?? []).map((m) => m.line[truth]));
  };
  const trueCase = truthOf('caseId', 'case');
  const trueCustomer = truthOf('customerId', 'customer');
  const cases = new Unions();
  const customers = new Unions();
  const judged = suggestions
    .filter((s) => s.kind !== 'incident')
    .map((s) => {
      const [ids, truth, unions] =
        s.kind === 'case' ? [s.caseIds, trueCase, cases] : [s.customerIds, trueCustomer, customers];
      const right = truth(ids[0]) !== undefined && truth(ids[0]) === truth(ids[1]);
      if (right) unions.union(ids[0], ids[1]);
      return { ...s, right, sides: ids.map((id) => truth(id) ?? '(merged)') };
    });
  const sameCase = (a, b) => cases.find(a.caseId) === cases.find(b.caseId);
  const sameCustomer = (a, b) =>
    a.customerId !== b.customerId && customers.find(a.customerId) === customers.find(b.customerId);

  return {
    judged,
    covers: ({ message, home }) => sameCase(message, home) || sameCustomer(message, home),
    figures: (truePairs) => {
      const pairs = pairsOf(messages, 'case');
      const people = pairsOf(messages, 'customer');
      const byCases = pairs.filter(([a, b]) => sameCase(a, b)).length;
      const all = pairs.filter(([a, b]) => sameCase(a, b) || sameCustomer(a, b)).length;
      const found = people.filter(([a, b]) => a.customerId === b.customerId || sameCustomer(a, b)).length;
      const right = judged.filter((s) => s.right).length;
      return {
        recall: rates(all, all, truePairs).recall,
        precision: rates(right, judged.length, right).precision,
        byCaseSuggestions: rates(byCases, byCases, truePairs).recall,
        customersRecall: rates(found, found, people.length).recall,
        kinds: Object.fromEntries(
          ['case', 'customer'].map((kind) => {
            const own = judged.filter((s) => s.kind === kind);
            return [kind, { given: own.length, right: own.filter((s) => s.right).length }];
          }),
        ),
        incidents: suggestions.filter((s) => s.kind === 'incident').map((s) => outageOf(s, messages)),
      };
    },
  };
}

/** Pairs of messages of one true group. */
function pairsOf(messages, key) {
  return [...groupBy(messages, (m) => m.line[key]).values()].flatMap((group) =>
    group.flatMap((a, at) => group.slice(at + 1).map((b) => [a, b])),
  );
}

function outageOf({ caseIds }, messages) {
  const cases = caseIds.map((id) => messages.filter((m) => m.caseId === id));
  const hit = cases.filter((own) => own.some((m) => m.line.tags?.includes('outage')));
  return { cases: caseIds.length, ofTheOutage: hit.length };
}
