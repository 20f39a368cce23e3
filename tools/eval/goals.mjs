/** What has to hold on the half that nothing was tuned on. A wrong join is worse than a missed one. */
const goals = [
  ['precision of cases', 0.99, (f) => f.cases.precision],
  ['recall of cases', 0.75, (f) => f.cases.recall],
  ['precision of customers', 0.995, (f) => f.customers.precision],
  ['recall of cases with suggestions', 0.92, (f) => f.suggested.recall],
];

/** @returns one sentence for each goal that was missed */
export function missedGoals(figures) {
  return goals
    .filter(([, least, of]) => of(figures) < least)
    .map(([name, least, of]) => `${name} ${of(figures).toFixed(4)} is below ${least}`);
}

/** The figures of one half, rounded, as scripts read them. */
export function summary({ messages, cases, customers, suggested, rules }) {
  const rounded = ({ precision, recall, f1, b3 }) => ({
    precision: round(precision),
    recall: round(recall),
    f1: round(f1),
    b3: { precision: round(b3.precision), recall: round(b3.recall), f1: round(b3.f1) },
  });
  return {
    messages,
    cases: rounded(cases),
    customers: rounded(customers),
    suggested: {
      recall: round(suggested.recall),
      precision: round(suggested.precision),
      byCaseSuggestions: round(suggested.byCaseSuggestions),
      customersRecall: round(suggested.customersRecall),
    },
    rules,
  };
}

const round = (n) => Math.round(n * 10_000) / 10_000;
