import { TextInput, type TextInputProps } from '@mantine/core';
import s from './second-factor.module.css';

type CodeFieldProps = Omit<TextInputProps, 'value' | 'onChange'> & {
  value: string;
  onChange: (code: string) => void;
  /** six digits are in: whoever types or pastes them need not press anything more */
  onComplete?: (code: string) => void;
};

/** Six digits of an authenticator app; phones and password managers offer to fill them in. */
export function CodeField({ value, onChange, onComplete, ...field }: CodeFieldProps) {
  return (
    <TextInput
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      classNames={{ input: s.code ?? '' }}
      {...field}
      value={value}
      onChange={(event) => {
        const digits = event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 6);
        onChange(digits);
        if (digits.length === 6 && digits !== value) onComplete?.(digits);
      }}
    />
  );
}
