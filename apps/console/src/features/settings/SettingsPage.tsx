import { Redirect, Route, Switch } from 'wouter';
import { useMe } from '../../api/session.js';
import { ChannelPage } from './components/ChannelPage.js';
import { ChannelsPage } from './components/ChannelsPage.js';
import { MatchingPage } from './components/MatchingPage.js';
import { NewChannelPage } from './components/NewChannelPage.js';
import { PeoplePage } from './components/PeoplePage.js';
import { ProfilePage } from './components/ProfilePage.js';
import { SettingsNav } from './components/SettingsNav.js';
import { TokensPage } from './components/TokensPage.js';
import { NoticeSettingsPage } from './notices/NoticeSettingsPage.js';
import s from './components/settings.module.css';

/** Everything below /settings. Who is not an admin finds only the own profile there. */
export function SettingsPage() {
  const admin = useMe().role === 'admin';
  return (
    <div className={s.frame}>
      <SettingsNav />
      <div className={s.body}>
        <Switch>
          <Route path="/settings/profile">
            <ProfilePage />
          </Route>
          <Route path="/settings/notices">
            <NoticeSettingsPage />
          </Route>
          {!admin && (
            <Route>
              <Redirect to="/settings/profile" replace />
            </Route>
          )}
          <Route path="/settings/channels">
            <ChannelsPage />
          </Route>
          <Route path="/settings/channels/new/:kind?">
            {({ kind }) => <NewChannelPage key={kind ?? ''} kind={kind} />}
          </Route>
          <Route path="/settings/channels/:id">{({ id }) => <ChannelPage key={id} id={id} />}</Route>
          <Route path="/settings/people">
            <PeoplePage />
          </Route>
          <Route path="/settings/matching">
            <MatchingPage />
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
