// The page that makes a server, in four steps with something sensible chosen in each.
import { useTranslation } from 'react-i18next';
import { useCrumbs } from '../../../app/crumbs';
import { Failure } from '../../../ui/Failure';
import { Waiting } from '../../../ui/Waiting';
import { CreateWizard } from './CreateWizard';
import { useChoices } from './useChoices';

export default function CreateServer() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.servers'), href: '/servers' }, { text: t('create.title') });
  const { choices, error, retry } = useChoices();
  if (choices) return <CreateWizard choices={choices} />;
  return error ? <Failure error={error} onRetry={retry} /> : <Waiting />;
}
