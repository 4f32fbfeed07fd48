// Types a pasted text into the graphical console, where there is no shared clipboard.
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';

export function SendText({ onSend, onClose }: { onSend: (text: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <Dialog
      title={t('console.sendText')}
      submit={t('console.send')}
      disabled={text === ''}
      onClose={onClose}
      onSubmit={async () => onSend(text)}
    >
      <FormField description={t('console.sendTextHint')} stretch>
        <Textarea value={text} onChange={({ detail }) => setText(detail.value)} rows={6} spellcheck={false} autoFocus ariaLabel={t('console.sendText')} />
      </FormField>
    </Dialog>
  );
}
