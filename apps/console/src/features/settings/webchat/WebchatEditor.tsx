import { Tabs } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { ChannelForm } from '../components/ChannelForm.js';
import c from '../components/settings.module.css';
import { webchatTabs, type WebchatTab } from '../webchat-problems.js';
import { HoursTab } from './HoursTab.js';
import { LookTab } from './LookTab.js';
import { Preview } from './Preview.js';
import { RulesTab } from './RulesTab.js';
import { SignedTab } from './SignedTab.js';
import { SiteTab } from './SiteTab.js';
import { StartTab } from './StartTab.js';
import { useWebchatForm } from './useWebchatForm.js';
import s from './webchat.module.css';

/** Settings of a site's chat, with the chat as it will look beside them. Without `channel` it makes a new one. */
export function WebchatEditor({
  channel,
  onSaved,
  aside,
}: {
  channel?: Channel;
  onSaved: (channel: Channel) => void;
  /** stands above the preview */
  aside?: ReactNode;
}) {
  const { t } = useTranslation();
  // what the form started from; live changes of the status do not touch it
  const [base, setBase] = useState(channel);
  const state = useWebchatForm(base);
  const restart = (from: Channel) => {
    setBase(from);
    state.reset(from);
  };
  /** A key is made at once, apart from the form: it is no change of somebody else's, and whatever is typed stays. */
  const onKey = () => {
    setBase((before) => before && withKey(before));
    state.change({ signed: true });
  };
  const tabs: Record<WebchatTab, ReactNode> = {
    site: <SiteTab state={state} channel={base} />,
    look: <LookTab state={state} />,
    hours: <HoursTab state={state} />,
    start: <StartTab state={state} />,
    rules: <RulesTab state={state} />,
    signed: <SignedTab state={state} channel={channel} onKey={onKey} />,
  };
  return (
    <div className={c.two}>
      <ChannelForm
        kind="webchat"
        base={base}
        latest={channel}
        state={state}
        onSaved={(saved) => {
          restart(saved);
          onSaved(saved);
        }}
        onTheirs={restart}
      >
        <Tabs
          value={state.tab}
          onChange={(tab) => state.setTab((tab ?? 'site') as WebchatTab)}
          keepMounted={false}
          classNames={{ list: s.tabs ?? '', tab: s.tab ?? '' }}
        >
          <Tabs.List aria-label={t('settings.webchat.tabs')}>
            {webchatTabs.map((tab) => (
              <Tabs.Tab key={tab} value={tab} data-wrong={state.wrongTabs.has(tab) || undefined}>
                {t(`settings.webchat.tab.${tab}`)}
                {state.wrongTabs.has(tab) && <span className="sr">: {t('settings.wrong.other')}</span>}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {webchatTabs.map((tab) => (
            <Tabs.Panel key={tab} value={tab} className={`${c.form} ${s.body}`}>
              {tabs[tab]}
            </Tabs.Panel>
          ))}
        </Tabs>
      </ChannelForm>
      <div className={`${c.column} ${s.side}`}>
        {aside}
        <Preview form={state.form} title={state.form.title.trim() || state.name} />
      </div>
    </div>
  );
}

function withKey(channel: Channel): Channel {
  const identity = channel.config['identity'] as object | undefined;
  return { ...channel, config: { ...channel.config, identity: { ...identity, on: true, hasSecret: true } } };
}
