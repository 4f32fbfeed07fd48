// A problem of the description in words; silent until the visitor has tried to go on.
import { useTranslation } from 'react-i18next';
import type { Problem } from './draft';

export function useProblem(tried: boolean): (problem: Problem | undefined) => string {
  const { t } = useTranslation();
  return (problem) => (tried && problem ? t(`create.problems.${problem}`) : '');
}
