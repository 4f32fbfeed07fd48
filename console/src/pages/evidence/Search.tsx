// Words that a register is searched for; asked for once somebody has stopped typing.
import TextFilter from '@cloudscape-design/components/text-filter';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export function Search({ onWords }: { onWords: (words: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <TextFilter
      filteringText={text}
      filteringPlaceholder={t('evidence.search')}
      filteringAriaLabel={t('evidence.search')}
      onChange={({ detail }) => setText(detail.filteringText)}
      onDelayedChange={({ detail }) => onWords(detail.filteringText.trim())}
    />
  );
}
