import { Redirect, Route, Switch } from 'wouter';
import { useMe } from '../../api/session.js';
import { CannedAnswerPage } from './canned/CannedAnswerPage.js';
import { CannedAnswersPage } from './canned/CannedAnswersPage.js';
import { AppearancePage } from './components/AppearancePage.js';
import { ChannelPage } from './components/ChannelPage.js';
import { ChannelsPage } from './components/ChannelsPage.js';
import { MatchingPage } from './components/MatchingPage.js';
import { NewChannelPage } from './components/NewChannelPage.js';
import { ProfilePage } from './components/ProfilePage.js';
import { SettingsNav } from './components/SettingsNav.js';
import { TokensPage } from './components/TokensPage.js';
import { SecurityPage } from './security/SecurityPage.js';
import { SignInRulesPage } from './security/SignInRulesPage.js';
import s from './components/settings.module.css';
import { HoursPage } from './hours/HoursPage.js';
import { PeoplePage } from './people/PeoplePage.js';
import { PersonPage } from './people/PersonPage.js';
import { TagsPage } from './tags/TagsPage.js';
import { TeamPage } from './teams/TeamPage.js';
import { TeamsPage } from './teams/TeamsPage.js';
import { GeneralPage } from './workspace/GeneralPage.js';
import { LanguagesPage } from './workspace/LanguagesPage.js';

/** Everything below /settings, as far as a role reaches: whoever goes beyond finds his own profile. */
export function SettingsPage() {
  const { role } = useMe();
  return (
    <div className={s.frame}>
      <SettingsNav />
      <div className={s.body}>
        <Switch>
          <Route path="/settings/profile">
            <ProfilePage />
          </Route>
          <Route path="/settings/security">
            <SecurityPage />
          </Route>
          <Route path="/settings/appearance">
            <AppearancePage />
          </Route>
          <Route path="/settings/canned-answers">
            <CannedAnswersPage />
          </Route>
          <Route path="/settings/canned-answers/:id">
            {({ id }) => <CannedAnswerPage key={id} id={id} />}
          </Route>
          {role === 'agent' && (
            <Route>
              <Redirect to="/settings/profile" replace />
            </Route>
          )}
          <Route path="/settings/tags">
            <TagsPage />
          </Route>
          <Route path="/settings/people">
            <PeoplePage />
          </Route>
          <Route path="/settings/people/:id">{({ id }) => <PersonPage key={id} id={id} />}</Route>
          {role !== 'admin' && (
            <Route>
              <Redirect to="/settings/profile" replace />
            </Route>
          )}
          <Route path="/settings/general">
            <GeneralPage />
          </Route>
          <Route path="/settings/hours">
            <HoursPage />
          </Route>
          <Route path="/settings/languages">
            <LanguagesPage />
          </Route>
          <Route path="/settings/teams">
            <TeamsPage />
          </Route>
          <Route path="/settings/teams/:id">{({ id }) => <TeamPage key={id} id={id} />}</Route>
          <Route path="/settings/channels">
            <ChannelsPage />
          </Route>
          <Route path="/settings/channels/new/:kind?">
            {({ kind }) => <NewChannelPage key={kind ?? ''} kind={kind} />}
          </Route>
          <Route path="/settings/channels/:id">{({ id }) => <ChannelPage key={id} id={id} />}</Route>
          <Route path="/settings/matching">
            <MatchingPage />
          </Route>
          <Route path="/settings/sign-in">
            <SignInRulesPage />
          </Route>
          <Route path="/settings/tokens">
            <TokensPage />
          </Route>
          <Route>
            <Redirect to="/settings/channels" replace />
          </Route>
        </Switch>
      </div>
    </div>
  );
}
