// A step that wants some words: a reason, a note, a name.
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { Bound } from '../../api/act';
import { Dialog } from '../../ui/Dialog';

interface AskProps {
  title: string;
  text: string;
  /** Its label; absent: nothing is asked. */
  label?: string;
  /** A second, short field before it. */
  first?: string;
  onClose: () => void;
  /** What is done, with the words. */
  does: (words: string, first: string) => Bound;
  onDone: () => unknown;
}

export function Ask({ title, text, label, first, onClose, does, onDone }: AskProps) {
  const [words, setWords] = useState('');
  const [before, setBefore] = useState('');
  const { act, perform } = does(words.trim(), before.trim());
  return (
    <Dialog
      title={title}
      submit={title}
      disabled={(!!label && !words.trim()) || (!!first && !before.trim())}
      onClose={onClose}
      acts={[act]}
      onSubmit={async () => {
        await perform();
        onDone();
        onClose();
      }}
    >
      <Box>{text}</Box>
      {first && (
        <FormField label={first}>
          <Input value={before} onChange={({ detail }) => setBefore(detail.value.slice(0, 200))} name="evidence-first" spellcheck={false} />
        </FormField>
      )}
      {label && (
        <FormField label={label}>
          <Textarea value={words} onChange={({ detail }) => setWords(detail.value.slice(0, 1000))} name="evidence-words" rows={3} />
        </FormField>
      )}
    </Dialog>
  );
}
