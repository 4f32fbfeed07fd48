// Leads from a package to the request that it answers.
import Link from '@cloudscape-design/components/link';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { queries } from '../../api/queries';

export function RequestLink({ id }: { id: string }) {
  const navigate = useNavigate();
  const answer = useQuery(queries.disclosure(id));
  const one = answer.data?.disclosure;
  const href = `/evidence/disclosures?open=${id}`;
  return (
    <Link
      href={href}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(href);
      }}
    >
      {one ? `${one.reference} (${one.requester})` : id}
    </Link>
  );
}
