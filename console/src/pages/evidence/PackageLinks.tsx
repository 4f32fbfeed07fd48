// The packages that were made for a request, each leading to itself.
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { WholeDisclosure } from '../../api/evidence';

export function PackageLinks({ links }: { links: WholeDisclosure['packages'] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (links.length === 0) return '–';
  return (
    <SpaceBetween size="xxs">
      {links.map((one) => (
        <Link
          key={one.id}
          href={`/evidence/packages?open=${one.id}`}
          onFollow={(event) => {
            event.preventDefault();
            void navigate(`/evidence/packages?open=${one.id}`);
          }}
        >
          {one.name} ({t(`evidence.packages.states.${one.state}`)})
        </Link>
      ))}
    </SpaceBetween>
  );
}
