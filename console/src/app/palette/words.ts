// Further words by which a text of the console is found: the other language's, and how it is read.
import { useQuery } from '@tanstack/react-query';
import i18next, { type ParseKeys } from 'i18next';
import { useMemo } from 'react';
import { LANGUAGES, otherTexts } from '../../i18n';
import { useLanguage } from '../language';
import { READINGS } from './readings';

export type Words = (key: ParseKeys) => string[];

export function useWords(): Words {
  const { language } = useLanguage();
  const other = LANGUAGES.find((each) => each !== language) ?? 'en';
  const loaded = useQuery({ queryKey: ['texts', other], queryFn: () => otherTexts(other), staleTime: Infinity }).data;
  return useMemo(
    () => (key) => {
      const name = String(key);
      const read = READINGS[name];
      return [...(loaded ? [i18next.getFixedT(other)(name as 'product')] : []), ...(read ? [read] : [])];
    },
    [loaded, other],
  );
}
