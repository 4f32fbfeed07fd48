// The two languages of the console. Only the chosen one is loaded.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { I18nProviderProps } from '@cloudscape-design/components/i18n';
import type en from './en.json';
import { learnReasons } from './reasons';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
    returnNull: false;
  }
}

export const LANGUAGES = ['ja', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Messages = I18nProviderProps.Messages;

const STORED = 'unkai.language';

/** The language chosen before, else the first of the browser's languages that is spoken here, else English. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(STORED), ...navigator.languages];
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag?.toLowerCase().split('-')[0] === language);
    if (found) return found;
  }
  return 'en';
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
}

const texts = {
  ja: () => import('./ja.json'),
  en: () => import('./en.json'),
};

/** The texts of a language that is not spoken now, for who searches in it. */
export async function otherTexts(language: Language): Promise<boolean> {
  i18next.addResourceBundle(language, 'translation', (await texts[language]()).default, true, true);
  return true;
}

const parts = {
  ja: () => import('@cloudscape-design/components/i18n/messages/all.ja'),
  en: () => import('@cloudscape-design/components/i18n/messages/all.en'),
};

/** Loads a language and makes it the page's; gives the messages of the Cloudscape components in it. */
export async function speak(language: Language): Promise<Messages> {
  const [text, components] = await Promise.all([texts[language](), parts[language](), learnReasons(language)]);
  const { default: translation } = text;
  if (i18next.isInitialized) {
    i18next.addResourceBundle(language, 'translation', translation, true, true);
    await i18next.changeLanguage(language);
  } else {
    await i18next.use(initReactI18next).init({
      lng: language,
      resources: { [language]: { translation } },
      fallbackLng: false,
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  }
  document.documentElement.lang = language;
  return components.default;
}
