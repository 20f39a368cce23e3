import { lazy, type ComponentType } from 'react';
import { moreTexts } from './i18n.js';

const page = <K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K) =>
  lazy(() => load().then((module) => ({ default: module[name] })));

/** Its texts are not among those of the first screens (`app/texts`). */
const pageWithTexts = <K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K) =>
  page(() => Promise.all([load(), moreTexts()]).then(([module]) => module), name);

/** Screens that few people open often: loaded when asked for. The inbox is in the first load. */
export const SignInPage = page(() => import('../features/access/SignInPage.js'), 'SignInPage');
export const SetupPage = page(() => import('../features/access/SetupPage.js'), 'SetupPage');
export const InvitationPage = page(() => import('../features/access/InvitationPage.js'), 'InvitationPage');
export const NewPasswordPage = page(() => import('../features/access/NewPasswordPage.js'), 'NewPasswordPage');
export const ForgotPage = page(() => import('../features/access/ForgotPage.js'), 'ForgotPage');
export const OnboardingPage = pageWithTexts(
  () => import('../features/settings/OnboardingPage.js'),
  'OnboardingPage',
);
export const SettingsPage = pageWithTexts(
  () => import('../features/settings/SettingsPage.js'),
  'SettingsPage',
);
export const QuarantinePage = pageWithTexts(
  () => import('../features/quarantine/QuarantinePage.js'),
  'QuarantinePage',
);
export const SuggestionsPage = page(
  () => import('../features/suggestions/SuggestionsPage.js'),
  'SuggestionsPage',
);
export const OperationDialogs = pageWithTexts(
  () => import('../features/operations/OperationDialogs.js'),
  'OperationDialogs',
);
export const IncidentsPage = pageWithTexts(
  () => import('../features/incidents/IncidentsPage.js'),
  'IncidentsPage',
);
export const LinkIncidentDialog = pageWithTexts(
  () => import('../features/incidents/LinkIncidentDialog.js'),
  'LinkIncidentDialog',
);
export const ViewDialogs = page(() => import('../features/views/ViewDialogs.js'), 'ViewDialogs');
export const BoardPage = page(() => import('../features/board/BoardPage.js'), 'BoardPage');
export const WhisperDialog = page(() => import('../features/board/WhisperDialog.js'), 'WhisperDialog');
export const CallDock = page(() => import('../features/calls/CallDock.js'), 'CallDock');
