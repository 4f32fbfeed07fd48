// What has happened to an application and its contract, oldest first.
import { useTranslation } from 'react-i18next';
import type { Step } from '../../api/contract';
import { useFormat } from '../../ui/useFormat';

export function Steps({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li key={`${step.step} ${step.at}`}>
          <span>{t(`application.steps.${step.step}`)}</span>
          <time dateTime={step.at}>{step.by ? t('application.by', { time: format.time(step.at), name: step.by }) : format.time(step.at)}</time>
        </li>
      ))}
    </ol>
  );
}
