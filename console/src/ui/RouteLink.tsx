// A link to another page of the console: a real address, followed without loading everything again.
import Link, { type LinkProps } from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';

interface RouteLinkProps {
  to: string;
  children: ReactNode;
  variant?: LinkProps.Variant;
}

export function RouteLink({ to, children, variant = 'secondary' }: RouteLinkProps) {
  const navigate = useNavigate();
  return (
    <Link
      href={to}
      variant={variant}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Link>
  );
}
