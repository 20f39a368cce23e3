import { visitorLimits } from '@loket/contracts/visitor-limits.js';
import { siteOf } from './site-origin.js';
import { nameOf, type Question, type WebchatForm } from './webchat-form.js';

/** Sentences: `settings.webchat.problem.…` */
export type WebchatProblem =
  | 'name'
  | 'site'
  | 'wildcard'
  | 'tooManySites'
  | 'colour'
  | 'inset'
  | 'bottom'
  | 'time'
  | 'label'
  | 'options'
  | 'answerName'
  | 'answerTwice'
  | 'types'
  | 'size'
  | 'afterSeconds'
  | 'region'
  | 'reopen';

/** What is missing or cannot be right, by field path as the server would name it (`preChat.1.label`). */
export function problemsIn(form: WebchatForm): Map<string, WebchatProblem> {
  const problems = new Map<string, WebchatProblem>();
  const least = (field: string, holds: boolean, problem: WebchatProblem) => {
    if (!holds) problems.set(field, problem);
  };
  const wrong = form.sites.filter((site) => siteOf(site) !== site);
  least('name', nameOf(form) !== '', 'name');
  least('allowedOrigins', form.sites.length <= 50, 'tooManySites');
  least('allowedOrigins', wrong.length === 0, wrong.some((site) => site.includes('*')) ? 'wildcard' : 'site');
  least('colour', /^#[0-9a-f]{6}$/i.test(form.colour), 'colour');
  least('launcher.inset', isWithin(form.inset, 0, 200), 'inset');
  least('launcher.bottom', isWithin(form.bottom, 0, 400), 'bottom');
  if (form.hours.on) {
    for (const [at, { from, to }] of form.hours.week.entries())
      least(`officeHours.week.${String(at)}`, from !== '' && to !== '', 'time');
  }
  form.preChat.forEach((question, at) => questionProblems(question, `preChat.${String(at)}`, form, least));
  if (form.files.on) {
    least('files.types', form.files.types.length > 0, 'types');
    least('files.maxBytes', isWithin(form.files.maxMegabytes, 0.01, mostMegabytes, false), 'size');
  }
  if (form.continuity.on)
    least('continuity.afterSeconds', isWithin(form.continuity.afterSeconds, 0, 86_400), 'afterSeconds');
  least('defaultRegion', /^[a-z]{2}$/i.test(form.defaultRegion.trim()), 'region');
  least('reopenWithinHours', isWithin(form.reopenWithinHours, 0, 8760), 'reopen');
  return problems;
}

export const mostMegabytes = visitorLimits.fileBytes / 1_000_000;

function questionProblems(
  { id, kind, label, options }: Question,
  path: string,
  { preChat }: WebchatForm,
  least: (field: string, holds: boolean, problem: WebchatProblem) => void,
): void {
  least(`${path}.label`, label.id.trim() !== '' || label.en.trim() !== '', 'label');
  if (kind === 'choice') least(`${path}.options`, options.length > 0, 'options');
  least(`${path}.id`, preChat.filter((other) => other.id === id).length === 1, 'answerTwice');
  least(`${path}.id`, /^[a-z][a-z0-9_]{0,39}$/.test(id), 'answerName');
}

function isWithin(value: number | '', least: number, most: number, whole = true): boolean {
  return value !== '' && value >= least && value <= most && (!whole || Number.isInteger(value));
}

/** Paths of a server's answer (`config.allowedOrigins.2`) as the fields that show them. */
export function fieldOf(path: string): string {
  return path
    .replace(/^config\./, '')
    .replace(/^(allowedOrigins|files\.types|continueBy)\..*$/, '$1')
    .replace(/^(officeHours\.week\.\d+)\..*$/, '$1')
    .replace(/^(preChat\.\d+\.(?:label|options))\..*$/, '$1');
}

export const webchatTabs = ['site', 'look', 'hours', 'start', 'rules', 'signed'] as const;
export type WebchatTab = (typeof webchatTabs)[number];

const tabs: [WebchatTab, RegExp][] = [
  ['site', /^(name|allowedOrigins)$/],
  ['look', /^(title|colour|theme|launcher|greeting|awayGreeting|language|credit)\b/],
  ['hours', /^officeHours\b/],
  ['start', /^(preChat|consentText)\b/],
  ['rules', /^(files|continueBy|continuity|address|defaultRegion|reopenWithinHours)\b/],
  ['signed', /^identity\b/],
];

/** Where a field stands. */
export function tabOf(field: string): WebchatTab | null {
  return tabs.find(([, fields]) => fields.test(field))?.[0] ?? null;
}
