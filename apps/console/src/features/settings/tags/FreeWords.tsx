import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tag, TagUsage } from '@loket/contracts/tags.js';
import { ApiError } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { useCreateTag } from '../../../api/tags.js';
import { showToast } from '../../../ui/toasts.js';
import s from '../components/settings.module.css';
import { MergeTag } from './MergeTag.js';
import { freeWords, meant } from './tag-words.js';
import g from './tags.module.css';

/** So many are shown before one asks for more. */
const firstShown = 8;

/** What agents have written on cases by themselves: each can be agreed on, or joined with what it means. */
export function FreeWords({ usage, tags }: { usage: readonly TagUsage[]; tags: readonly Tag[] }) {
  const { t } = useTranslation();
  const create = useCreateTag();
  const [merging, setMerging] = useState<TagUsage | null>(null);
  const [all, setAll] = useState(false);
  const words = freeWords(usage, tags);
  if (words.length === 0) return null;
  const adopt = (name: string) =>
    create.mutate(
      { name, colour: 'grey', description: '' },
      {
        onSuccess: () => showToast({ text: t('settings.tags.saved', { name }) }),
        onError: (error) => {
          // another spelling of an agreed one: joining is what is meant
          const other = error instanceof ApiError && error.code === 'tag_name_taken';
          if (other) setMerging(words.find((word) => word.name === name) ?? null);
          else showToast({ tone: 'danger', text: errorText(t, error) });
        },
      },
    );
  return (
    <section aria-labelledby="free-words">
      <h2 id="free-words" className={s.sub}>
        {t('settings.tags.words')}
      </h2>
      <p className={s.dim} style={{ marginBottom: 12 }}>
        {t('settings.tags.wordsWhy')}
      </p>
      <ul className={s.tbl}>
        {(all ? words : words.slice(0, firstShown)).map((word) => {
          const { name, cases, open } = word;
          const same = meant(name, tags);
          return (
            <li key={name} className={`${s.r} ${g.wordRow}`}>
              <b className="cut">{name}</b>
              <span className={`${s.dim} ${g.used}`}>{t('settings.tags.used', { count: cases, open })}</span>
              <span className={s.end}>
                {tags.length > 0 && (
                  <Button
                    size="xs"
                    variant="subtle"
                    aria-label={`${t('settings.tags.merge')}: ${name}`}
                    onClick={() => setMerging(word)}
                  >
                    {same ? t('settings.tags.mergeWith', { name: same.name }) : t('settings.tags.merge')}
                  </Button>
                )}
                {!same && (
                  <Button
                    size="xs"
                    variant="subtle"
                    aria-label={`${t('settings.tags.adopt')}: ${name}`}
                    onClick={() => adopt(name)}
                  >
                    {t('settings.tags.adopt')}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {!all && words.length > firstShown && (
        <Button variant="default" onClick={() => setAll(true)}>
          {t('settings.tags.moreWords', { count: words.length - firstShown })}
        </Button>
      )}
      {merging && (
        <MergeTag
          tag={{ name: merging.name }}
          into={meant(merging.name, tags)}
          cases={merging.cases}
          onClose={() => setMerging(null)}
        />
      )}
    </section>
  );
}
