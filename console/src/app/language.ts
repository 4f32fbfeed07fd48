// Which language the console speaks now, and how to change it.
import { createContext, useContext } from 'react';
import type { Language } from '../i18n';

interface LanguageChoice {
  language: Language;
  change: (language: Language) => void;
}

export const LanguageContext = createContext<LanguageChoice | null>(null);

export function useLanguage(): LanguageChoice {
  const choice = useContext(LanguageContext);
  if (!choice) throw new Error('useLanguage outside of App');
  return choice;
}
