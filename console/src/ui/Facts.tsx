// What is known of a thing, as pairs of name and value; ends with its id, ready to be copied.
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface FactsProps {
  facts: readonly { label: string; value: ReactNode }[];
  id?: string;
}

export function Facts({ facts, id }: FactsProps) {
  const { t } = useTranslation();
  return (
    <KeyValuePairs columns={4} items={[...facts, ...(id === undefined ? [] : [{ label: t('common.id'), value: <Copied text={id} what={t('common.id')} /> }])]} />
  );
}

/** A text with a button that copies it. */
export function Copied({ text, what }: { text: string; what: string }) {
  const { t } = useTranslation();
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      copyButtonAriaLabel={t('common.copy', { what })}
      copySuccessText={t('common.copied')}
      copyErrorText={t('common.copyFailed')}
    />
  );
}
