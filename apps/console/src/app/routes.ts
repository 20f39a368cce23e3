import { lazy, type ComponentType } from 'react';

const page = <K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K) =>
  lazy(() => load().then((module) => ({ default: module[name] })));

/** Screens that few people open often: loaded when asked for. The inbox is in the first load. */
export const SignInPage = page(() => import('../features/access/SignInPage.js'), 'SignInPage');
export const SetupPage = page(() => import('../features/access/SetupPage.js'), 'SetupPage');
export const OnboardingPage = page(() => import('../features/settings/OnboardingPage.js'), 'OnboardingPage');
export const SettingsPage = page(() => import('../features/settings/SettingsPage.js'), 'SettingsPage');
export const QuarantinePage = page(
  () => import('../features/quarantine/QuarantinePage.js'),
  'QuarantinePage',
);
export const SuggestionsPage = page(
  () => import('../features/suggestions/SuggestionsPage.js'),
  'SuggestionsPage',
);
export const OperationDialogs = page(
  () => import('../features/operations/OperationDialogs.js'),
  'OperationDialogs',
);
export const IncidentsPage = page(() => import('../features/incidents/IncidentsPage.js'), 'IncidentsPage');
export const LinkIncidentDialog = page(
  () => import('../features/incidents/LinkIncidentDialog.js'),
  'LinkIncidentDialog',
);
export const BoardPage = page(() => import('../features/board/BoardPage.js'), 'BoardPage');
export const WhisperDialog = page(() => import('../features/board/WhisperDialog.js'), 'WhisperDialog');
export const CallDock = page(() => import('../features/calls/CallDock.js'), 'CallDock');
