// Types a pasted text into the graphical console, where there is no shared clipboard.
import FormField from '@cloudscape-design/components/form-field';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../app/language';
import { Dialog } from '../../ui/Dialog';
import { useKept } from '../../ui/useKept';
import { KEYBOARDS, strokesOf, type Keyboard, type Stroke } from './keyboards';

/** characters; with 25 of them a second, nobody waits longer */
const LONGEST = 5_000;

interface SendTextProps {
  root: HTMLElement | null;
  onSend: (strokes: readonly Stroke[]) => void;
  onClose: () => void;
}

export function SendText({ root, onSend, onClose }: SendTextProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [text, setText] = useState('');
  const [{ keyboard }, keep] = useKept<{ keyboard: Keyboard }>('console', { keyboard: language === 'ja' ? 'ja' : 'us' });
  const { strokes, missing } = strokesOf(text, keyboard);
  const wrong =
    missing.length > 0
      ? t('console.noKey', { characters: missing.slice(0, 10).join(' ') })
      : strokes.length > LONGEST
        ? t('console.tooLong', { longest: LONGEST, number: strokes.length })
        : '';
  return (
    <Dialog title={t('console.sendText')} submit={t('console.send')} disabled={text === '' || wrong !== ''} root={root} onClose={onClose} onSubmit={async () => onSend(strokes)}>
      <FormField label={t('console.keyboard')} description={t('console.keyboardHint')} stretch>
        <SegmentedControl
          selectedId={keyboard}
          options={KEYBOARDS.map((id) => ({ id, text: t(`console.keyboards.${id}`) }))}
          onChange={({ detail }) => keep({ keyboard: detail.selectedId as Keyboard })}
          label={t('console.keyboard')}
        />
      </FormField>
      <FormField label={t('console.text')} description={t('console.sendTextHint')} errorText={wrong} stretch>
        <Textarea value={text} onChange={({ detail }) => setText(detail.value)} rows={6} spellcheck={false} autoFocus />
      </FormField>
    </Dialog>
  );
}
