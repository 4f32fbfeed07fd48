// A button that leads to another page of the console.
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';

interface RouteButtonProps {
  to: string;
  children: ReactNode;
  variant?: ButtonProps.Variant;
  iconName?: ButtonProps['iconName'];
}

export function RouteButton({ to, children, variant = 'normal', iconName }: RouteButtonProps) {
  const navigate = useNavigate();
  return (
    <Button
      href={to}
      variant={variant}
      iconName={iconName}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Button>
  );
}
