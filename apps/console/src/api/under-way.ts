/** Answers of mine that the server has not confirmed yet, by case. */
const answers = new Map<string, Promise<unknown>>();

/** What is done to the case after it waits for this. */
export function answering<T>(caseId: string, answer: Promise<T>): Promise<T> {
  const all = Promise.allSettled([answers.get(caseId), answer]);
  answers.set(caseId, all);
  void all.then(() => answers.get(caseId) === all && answers.delete(caseId));
  return answer;
}

/** @returns whether an answer was under way; it is through now, taken or refused */
export async function afterAnswers(caseId: string): Promise<boolean> {
  const all = answers.get(caseId);
  await all;
  return all !== undefined;
}
