// Asks before something is destroyed: says what goes with it, and for what cannot be undone wants the name typed.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act } from '../api/act';
import { CommandsFold } from './CommandsFold';
import { Dialog } from './Dialog';

interface DeleteDialogProps {
  title: string;
  /** What is lost. */
  warning: ReactNode;
  names: readonly string[];
  submit?: string;
  /** The text to be typed; without it, the button alone is enough. */
  typed?: string;
  /** What is sent, to be shown as commands. */
  acts?: readonly Act[];
  onDelete: () => Promise<unknown>;
  onClose: () => void;
}

export function DeleteDialog({ title, warning, names, submit, typed, acts = [], onDelete, onClose }: DeleteDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <Dialog
      title={title}
      submit={submit ?? t('common.delete')}
      disabled={typed !== undefined && text.trim() !== typed}
      onSubmit={onDelete}
      onClose={onClose}
    >
      <Alert type="warning">{warning}</Alert>
      {names.length > 1 && (
        <Box>
          <ul>
            {names.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </Box>
      )}
      {typed !== undefined && (
        <FormField label={t('delete.type', { text: typed })}>
          <Input value={text} onChange={({ detail }) => setText(detail.value)} placeholder={typed} autoFocus spellcheck={false} />
        </FormField>
      )}
      <CommandsFold acts={acts} />
    </Dialog>
  );
}
