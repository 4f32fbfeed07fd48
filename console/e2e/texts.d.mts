/** Gives the function that finds a text by its key and fills its placeholders. */
export function texts(language: 'ja' | 'en'): (key: string, values?: Record<string, string | number>) => string;
