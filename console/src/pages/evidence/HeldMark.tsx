// Says on a resource's page that it is held as evidence: to the provider's people alone.
import Alert from '@cloudscape-design/components/alert';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { useMay } from '../../app/rights';
import { RouteLink } from '../../ui/RouteLink';

export function HeldMark({ project, thing }: { project: string; thing: string }) {
  return useMay()('evidence:hold:list') ? <Mark project={project} thing={thing} /> : null;
}

function Mark({ project, thing }: { project: string; thing: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.holdsOn(project, thing));
  if (!data || data.length === 0) return null;
  return (
    <Alert type="warning" header={t('evidence.heldHere', { references: data.map((one) => one.reference).join(', ') })}>
      {t('evidence.heldText')} <RouteLink to="/evidence/holds">{t('evidence.toRegister')}</RouteLink>
    </Alert>
  );
}
