import { Switch, TextInput } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tag, TagUsage } from '@loket/contracts/tags.js';
import { errorText } from '../../../api/error-text.js';
import { useTags, useTagSettings, useTagUsage, useUpdateTagSettings } from '../../../api/tags.js';
import { showToast } from '../../../ui/toasts.js';
import { ListPage } from '../components/ListPage.js';
import s from '../components/settings.module.css';
import { FreeWords } from './FreeWords.js';
import { MergeTag } from './MergeTag.js';
import { matching } from './tag-words.js';
import { TagDialog } from './TagDialog.js';
import { TagRow } from './TagRow.js';
import g from './tags.module.css';

/** From so many tags on there is something to search in. */
const manyTags = 12;

/** The words that the company has agreed on, and the free ones that stand on cases. */
export function TagsPage() {
  const { t } = useTranslation();
  const tags = useTags();
  const usage = useTagUsage();
  const [editing, setEditing] = useState<Tag | 'new' | null>(null);
  const [merging, setMerging] = useState<Tag | null>(null);
  return (
    <>
      <ListPage
        narrow
        title={t('settings.tags.title')}
        intro={t('settings.tags.intro')}
        query={tags}
        add={{ label: t('settings.tags.add'), onClick: () => setEditing('new') }}
        empty={{
          icon: <IconTag size={26} stroke={1.5} />,
          title: t('settings.tags.none'),
          text: t('settings.tags.noneWhy'),
        }}
        below={
          <>
            <FreeRule />
            {usage.data && <FreeWords usage={usage.data} tags={tags.data ?? []} />}
          </>
        }
      >
        {(all) => <TagList tags={all} usage={usage.data} onEdit={setEditing} onMerge={setMerging} />}
      </ListPage>
      {editing && <TagDialog tag={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {merging && (
        <MergeTag
          tag={merging}
          cases={usage.data?.find(({ name }) => name === merging.name)?.cases ?? 0}
          onClose={() => setMerging(null)}
        />
      )}
    </>
  );
}

function TagList({
  tags,
  usage,
  onEdit,
  onMerge,
}: {
  tags: readonly Tag[];
  usage: readonly TagUsage[] | undefined;
  onEdit: (tag: Tag) => void;
  onMerge: (tag: Tag) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const shown = matching(tags, text);
  const row = (tag: Tag) => (
    <TagRow
      key={tag.id}
      tag={tag}
      used={usage?.find(({ name }) => name === tag.name)}
      counted={usage !== undefined}
      alone={tags.length === 1}
      onEdit={() => onEdit(tag)}
      onMerge={() => onMerge(tag)}
    />
  );
  const live = shown.filter(({ archived }) => !archived);
  const archived = shown.filter((tag) => tag.archived);
  return (
    <>
      {tags.length >= manyTags && (
        <TextInput
          className={g.search ?? ''}
          aria-label={t('settings.tags.search')}
          placeholder={t('settings.tags.search')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {live.length > 0 && <ul className={s.tbl}>{live.map(row)}</ul>}
      {shown.length === 0 && <p className={s.dim}>{t('ui.noMatches')}</p>}
      {archived.length > 0 && (
        <details className={`${s.more} ${g.archived}`}>
          <summary>{t('settings.tags.archivedOnes', { count: archived.length })}</summary>
          <ul className={s.tbl}>{archived.map(row)}</ul>
        </details>
      )}
    </>
  );
}

/** Whether agents may put other words on cases. */
function FreeRule() {
  const { t } = useTranslation();
  const settings = useTagSettings();
  const update = useUpdateTagSettings();
  if (!settings.data) return null;
  const free = update.isPending ? update.variables : settings.data.free;
  return (
    <section className={s.panel} style={{ marginBottom: 24 }}>
      <Switch
        label={t('settings.tags.free')}
        description={t(free ? 'settings.tags.freeOn' : 'settings.tags.freeOff')}
        checked={free}
        onChange={(event) =>
          update.mutate(event.currentTarget.checked, {
            onError: (error) => showToast({ tone: 'danger', text: errorText(t, error) }),
          })
        }
      />
    </section>
  );
}
