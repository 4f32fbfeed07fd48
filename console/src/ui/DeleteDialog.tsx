// Asks before something is destroyed: says what goes with it and what stays, and wants the name typed for what cannot be undone.
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act } from '../api/act';
import { CommandsFold } from './CommandsFold';
import { EachDialog } from './each/EachDialog';

interface DeleteDialogProps<T> {
  title: string;
  /** What is lost. */
  warning: ReactNode;
  items: readonly T[];
  idOf: (item: T) => string;
  nameOf: (item: T) => string;
  submit?: string;
  size?: 'small' | 'medium' | 'large';
  /** Whether the name is to be typed, of several things the word for it; without it, the button alone is enough. */
  typed?: boolean;
  /** What is sent, to be shown as commands. */
  acts: readonly Act[];
  remove: (item: T) => Promise<unknown>;
  /** One after the other, in the order given. */
  inOrder?: boolean;
  /** After each round, with those that are gone. */
  onGone: (gone: readonly T[]) => unknown;
  onClose: () => void;
  /** What else is to be known before. */
  children?: ReactNode;
}

export function DeleteDialog<T>({ warning, submit, typed = false, acts, remove, onGone, children, ...rest }: DeleteDialogProps<T>) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  // As it was when the dialog was opened: the list behind it goes on.
  const [wanted] = useState(() => (rest.items.length === 1 && rest.items[0] !== undefined ? rest.nameOf(rest.items[0]) : t('delete.word')));
  return (
    <EachDialog<T> {...rest} submit={submit ?? t('common.delete')} disabled={typed && text.trim() !== wanted.trim()} act={remove} acts={[]} onTold={onGone}>
      <Alert type="warning">{warning}</Alert>
      {children}
      {typed && (
        <FormField label={t('delete.type', { text: wanted })}>
          <Input value={text} onChange={({ detail }) => setText(detail.value)} placeholder={wanted} autoFocus spellcheck={false} />
        </FormField>
      )}
      <CommandsFold acts={acts} />
    </EachDialog>
  );
}
