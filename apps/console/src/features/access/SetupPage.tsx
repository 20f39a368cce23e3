import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client.js';
import { errorText } from '../../api/error-text.js';
import { currentLocale } from '../../app/i18n.js';
import { useSetUp } from './api.js';
import { AuthFrame } from './components/AuthFrame.js';
import { NewPassword, passwordLength } from './components/NewPassword.js';
import s from './components/auth.module.css';

/** The first admin of a fresh installation. The gate goes on to the onboarding. */
export function SetupPage() {
  const { t } = useTranslation();
  const setUp = useSetUp();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const refused = setUp.error instanceof ApiError ? setUp.error.issues.map((issue) => issue.path) : [];
  const wrong = {
    name: !name.trim(),
    email: !/^\S+@\S+\.\S+$/.test(email.trim()),
    password: password.length < passwordLength,
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (wrong.name || wrong.email || wrong.password || setUp.isPending) return;
    setUp.mutate({ name: name.trim(), email: email.trim(), password, locale: currentLocale() });
  };
  return (
    <AuthFrame title={t('access.setup.title')} intro={t('access.setup.intro')}>
      <form className={s.stack} onSubmit={submit} noValidate>
        <div role="alert">{setUp.error && <p className={s.problem}>{errorText(t, setUp.error)}</p>}</div>
        <TextInput
          label={t('access.name')}
          size="md"
          autoComplete="name"
          autoFocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={((asked && wrong.name) || refused.includes('name')) && t('access.need.name')}
        />
        <TextInput
          label={t('access.email')}
          type="email"
          size="md"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={((asked && wrong.email) || refused.includes('email')) && t('access.need.email')}
        />
        <NewPassword
          label={t('access.password')}
          value={password}
          onChange={setPassword}
          asked={asked || refused.includes('password')}
        />
        <Button type="submit" size="md" fullWidth loading={setUp.isPending}>
          {t('access.setup.do')}
        </Button>
      </form>
    </AuthFrame>
  );
}
