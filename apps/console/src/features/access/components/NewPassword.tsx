import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The server takes no shorter ones (`passwordSchema`). */
export const passwordLength = 10;

/** A password that is being chosen, with what it lacks. */
export function NewPassword({
  label,
  value,
  onChange,
  asked,
  autoFocus = false,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** whether to say that it is too short, rather than how long it has to be */
  asked: boolean;
  autoFocus?: boolean;
}) {
  const { t } = useTranslation();
  const short = value.length < passwordLength;
  const description = () => {
    if (asked && short) return null;
    return short ? t('access.setup.length', { count: passwordLength }) : t('access.setup.longEnough');
  };
  return (
    <PasswordInput
      label={label}
      description={description()}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      size="md"
      autoComplete="new-password"
      autoFocus={autoFocus}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={asked && short && t('access.need.longPassword', { count: passwordLength })}
      visibilityToggleButtonProps={{ 'aria-label': t('access.showPassword') }}
    />
  );
}
