// A text that can be changed where it stands: Enter or the tick saves, Escape leaves it as it was; what was typed stays when it is refused.
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act } from '../api/act';
import { useNotices } from '../app/notices';
import { CommandsButton } from './CommandsButton';
import { failureText } from './Failure';

interface EditInPlaceProps {
  /** What it is: "name". */
  label: string;
  value: string;
  /** As it is shown; without it, the value itself. */
  children?: ReactNode;
  /** Whether there must be one. */
  required?: boolean;
  /** characters */
  longest?: number;
  disabled?: boolean;
  /** What is sent for a new value, to be shown as commands. */
  actOf: (value: string) => Act;
  /** Resolves when what is shown is the new one. */
  onSave: (value: string) => Promise<unknown>;
}

export function EditInPlace({ label, value, children, required = false, longest = 255, disabled = false, actOf, onSave }: EditInPlaceProps) {
  const { t } = useTranslation();
  const { show, dismiss, failed } = useNotices();
  const [typed, setTyped] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const pencil = useRef<{ focus: () => void } | null>(null);

  const leave = () => {
    setTyped(null);
    setError(null);
    // The field is gone: who works by keyboard goes on from where he began.
    requestAnimationFrame(() => pencil.current?.focus());
  };
  const undo = (id: string) => {
    dismiss(id);
    onSave(value).catch((refused: unknown) => failed(t('edit.failed', { label }), refused));
  };
  const save = async () => {
    const next = (typed ?? '').trim();
    if (busy || (required && next === '') || next.length > longest) return;
    if (next === value) {
      leave();
      return;
    }
    setBusy(true);
    setError(null);
    try {
      await onSave(next);
      const id = crypto.randomUUID();
      show({
        id,
        type: 'success',
        header: t('edit.saved', { label, before: value || t('common.none'), after: next || t('common.none') }),
        action: <Button onClick={() => undo(id)}>{t('edit.undo')}</Button>,
      });
      leave();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };

  if (typed === null) {
    if (value === '' && !children) {
      return disabled ? (
        '–'
      ) : (
        <Button ref={pencil} variant="inline-link" onClick={() => setTyped('')}>
          {t('edit.add', { label: label.toLowerCase() })}
        </Button>
      );
    }
    return (
      <span className="edit-in-place">
        {children ?? value}{' '}
        {!disabled && (
          <Button ref={pencil} variant="inline-icon" iconName="edit" ariaLabel={t('edit.begin', { label })} onClick={() => setTyped(value)} />
        )}
      </span>
    );
  }
  const problem = required && typed.trim() === '' ? t('edit.required', { label }) : typed.trim().length > longest ? t('edit.tooLong', { longest }) : '';
  return (
    <div className="edit-in-place">
      <FormField errorText={problem || (error ? failureText(t, error) : '')}>
        <div className="edit-in-place-field">
          <Input
            value={typed}
            onChange={({ detail }) => setTyped(detail.value)}
            onKeyDown={({ detail }) => {
              // The Enter that ends a Japanese conversion is not meant for the form.
              if (detail.isComposing) return;
              if (detail.key === 'Enter') void save();
              if (detail.key === 'Escape') leave();
            }}
            ariaLabel={label}
            disabled={busy}
            autoFocus
            spellcheck={false}
          />
          <Button variant="icon" iconName="check" ariaLabel={t('common.save')} loading={busy} onClick={() => void save()} />
          {!problem && typed.trim() !== value && <CommandsButton actions={[{ text: label, acts: [actOf(typed.trim())] }]} />}
          <Button variant="icon" iconName="close" ariaLabel={t('common.cancel')} disabled={busy} onClick={leave} />
        </div>
      </FormField>
    </div>
  );
}
