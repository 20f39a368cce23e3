import { Button, Popover, Radio, TextInput } from '@mantine/core';
import { IconMessage2Question } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import s from './board.module.css';
import { quickReasons } from './ReasonBar.js';

interface UsualReasonProps {
  /** empty = asked each time */
  reason: string;
  onChoose: (reason: string) => void;
}

/** One reason for all moves of a shift, so that nobody is asked again and again. */
export function UsualReason({ reason, onChoose }: UsualReasonProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const quick = quickReasons.map((name) => t(`board.reason.quick.${name}`));
  const own = reason !== '' && !quick.includes(reason);
  const [text, setText] = useState(own ? reason : '');
  const choose = (next: string) => {
    onChoose(next.trim());
    setOpen(false);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={290} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          className={s.usual}
          data-set={reason !== '' || undefined}
          aria-label={t('board.usual.now', { reason: reason || t('board.usual.ask') })}
          aria-expanded={open}
          leftSection={<IconMessage2Question size={15} stroke={1.8} />}
          onClick={() => setOpen(!open)}
        >
          <span className="cut">{reason || t('board.usual.short')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown data-layer className={s.usualPane}>
        <Radio.Group
          label={t('board.usual.title')}
          description={t('board.usual.about')}
          value={own ? null : reason}
          onChange={choose}
        >
          <div className={s.usualList}>
            <Radio size="xs" value="" label={t('board.usual.ask')} />
            {quick.map((words) => (
              <Radio key={words} size="xs" value={words} label={words} />
            ))}
          </div>
        </Radio.Group>
        <form
          className={s.usualOwn}
          onSubmit={(event) => {
            event.preventDefault();
            choose(text);
          }}
        >
          <TextInput
            className="grow"
            size="xs"
            aria-label={t('board.reason.other')}
            placeholder={t('board.reason.other')}
            maxLength={500}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="default" disabled={text.trim() === ''}>
            {t('board.usual.use')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
