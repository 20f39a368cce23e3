import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import type { Agent } from '@loket/contracts/access.js';
import { useAgentRefs } from '../api/cases.js';
import { onSignedOut } from '../api/client.js';
import { sessionKey, useSession, useSetupState } from '../api/session.js';
import { createFormat } from '../ui/format.js';
import { usePhone } from '../ui/media.js';
import { usePhoneNumbers } from '../ui/phone-numbers.js';
import { PicturesContext } from '../ui/pictures.js';
import { Toasts } from '../ui/Toasts.js';
import { FormatContext } from '../ui/useFormat.js';
import { setLocale } from './i18n.js';
import { ErrorBoundary } from './ErrorBoundary.js';
import { useLive } from './live.js';
import { useLooks } from './preferences.js';
import { InboxScreen } from './InboxScreen.js';
import {
  BoardPage,
  ForgotPage,
  IncidentsPage,
  InvitationPage,
  NewPasswordPage,
  OnboardingPage,
  QuarantinePage,
  SettingsPage,
  SetupPage,
  SignInPage,
  SuggestionsPage,
} from './routes.js';
import { Lost } from './shell/Lost.js';
import { Shell } from './shell/Shell.js';
import { Splash } from './shell/Splash.js';
import { resolver, theme } from './theme.js';

const colorScheme = localStorageColorSchemeManager({ key: 'loket-theme' });

export function App({ client }: { client: QueryClient }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolver}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={client}>
        <ErrorBoundary>
          <Suspense fallback={<Splash />}>
            <Gate />
          </Suspense>
        </ErrorBoundary>
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Where one stands before the console knows where to go. */
const landings = ['/', '/signin', '/forgot'];

const keptWhenOut = new Set<unknown>([...sessionKey, 'setup', 'open-link']);

/** Decides between first set-up, sign-in and the console. */
function Gate() {
  const client = useQueryClient();
  const session = useSession();
  const signedOut = session.data === null;
  const setup = useSetupState(signedOut);
  const [path] = useLocation();
  useEffect(() => onSignedOut(() => client.setQueryData(sessionKey, null)), [client]);
  // whoever comes next at this browser must not see what was loaded for somebody else
  useEffect(() => {
    if (signedOut) client.removeQueries({ predicate: ({ queryKey }) => !keptWhenOut.has(queryKey[0]) });
  }, [client, signedOut]);

  // links from outside lead to whoever they are for, whoever is signed in here
  if (path === '/invitation') return <InvitationPage />;
  if (path === '/password') return <NewPasswordPage />;
  if (session.data) return <SignedIn agent={session.data.agent} />;
  if (session.error || setup.error) {
    return (
      <Splash
        error={session.error ?? setup.error}
        retry={() => void (session.error ? session : setup).refetch()}
      />
    );
  }
  if (session.data === undefined || setup.data === undefined) return <Splash />;
  if (setup.data.required) return path === '/setup' ? <SetupPage /> : <Redirect to="/setup" replace />;
  if (path === '/signin') return <SignInPage />;
  if (path === '/forgot') return <ForgotPage />;
  const next =
    path === '/' || path === '/setup' ? '' : `?next=${encodeURIComponent(path + window.location.search)}`;
  return <Redirect to={`/signin${next}`} replace />;
}

function SignedIn({ agent }: { agent: Agent }) {
  useLive(agent);
  useLooks();
  useEffect(() => setLocale(agent.locale), [agent.locale]);
  return (
    <Formats timeZone={agent.timeZone}>
      <Faces>
        <Switch>
          <Route path="/setup/:step?/:kind?">
            {agent.role === 'admin' ? <OnboardingPage /> : <Landing />}
          </Route>
          <Route path="/settings/*?">
            <Shell rail="mini">
              <SettingsPage />
            </Shell>
          </Route>
          <Route path="/quarantine">
            <Shell rail="mini">
              <QuarantinePage />
            </Shell>
          </Route>
          <Route path="/board">
            {agent.role === 'agent' ? (
              <Landing />
            ) : (
              <Shell rail="mini">
                <BoardPage />
              </Shell>
            )}
          </Route>
          <Route path="/suggestions">
            <Shell rail="full">
              <SuggestionsPage />
            </Shell>
          </Route>
          <Route path="/incidents/:id?">
            {(params) => <IncidentsScreen open={params.id !== undefined} />}
          </Route>
          <Route path="/inbox/:view?/:number?">
            {(params) => <InboxScreen view={params.view} number={params.number} />}
          </Route>
          {landings.map((path) => (
            <Route key={path} path={path}>
              <Landing />
            </Route>
          ))}
          <Route>
            <Shell rail="full">
              <Lost />
            </Shell>
          </Route>
        </Switch>
      </Faces>
    </Formats>
  );
}

function IncidentsScreen({ open }: { open: boolean }) {
  const phone = usePhone();
  return (
    <Shell rail="full" hideNav={phone && open}>
      <IncidentsPage />
    </Shell>
  );
}

/** After signing in: where one wanted to go, if that is a place of ours. */
function Landing() {
  const next = new URLSearchParams(window.location.search).get('next');
  // a second slash of either kind would lead to another host
  return <Redirect to={next && /^\/(?![/\\])/.test(next) ? next : '/inbox/all'} replace />;
}

/** Pictures of colleagues, for wherever one of them is shown. */
function Faces({ children }: { children: ReactNode }) {
  const { data } = useAgentRefs();
  const pictures = useMemo(
    () => new Map(data?.flatMap(({ id, picture }) => (picture ? [[id, picture] as const] : []))),
    [data],
  );
  return <PicturesContext value={pictures}>{children}</PicturesContext>;
}

function Formats({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  const { i18n } = useTranslation();
  const locale = i18n.language === 'id' ? 'id' : 'en';
  const numbers = usePhoneNumbers();
  // eslint-disable-next-line react-hooks/exhaustive-deps -- made anew with the numbering plans, so that numbers are shown again
  const format = useMemo(() => createFormat(locale, timeZone), [locale, timeZone, numbers]);
  return <FormatContext value={format}>{children}</FormatContext>;
}
