// Which roles a user has on one of the contract's projects.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bind } from '../../api/act';
import type { Named } from '../../api/session';
import { giveRole, ROLES, takeRole, type RoleName, type User } from '../../api/users';
import { useSession } from '../../app/session';
import { Dialog } from '../../ui/Dialog';
import { heldOn, stepsTo } from './roles';

interface ChangeRolesProps {
  user: User;
  projects: readonly Named[];
  onClose: () => void;
}

export function ChangeRoles({ user, projects, onClose }: ChangeRolesProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const session = useSession();
  const [project, setProject] = useState(() => (projects.find((one) => one.id === session.project?.id) ?? projects[0])?.id ?? '');
  const [wanted, setWanted] = useState<ReadonlySet<string>>(() => new Set(heldOn(user, project)));
  const choose = (id: string) => {
    setProject(id);
    setWanted(new Set(heldOn(user, id)));
  };
  const set = (role: RoleName, on: boolean) => {
    const fresh = new Set(wanted);
    if (on) fresh.add(role);
    else fresh.delete(role);
    setWanted(fresh);
  };
  const steps = stepsTo(user, project, wanted);
  const options = projects.map((one) => ({ value: one.id, label: one.name }));
  const work = steps.map(({ what, role }) => bind(what === 'give' ? giveRole : takeRole, user.id, role, project));
  return (
    <Dialog
      title={t('users.changeOf', { name: user.name })}
      submit={t('common.save')}
      disabled={steps.length === 0}
      onClose={onClose}
      acts={work.map((step) => step.act)}
      onSubmit={async () => {
        try {
          for (const step of work) await step.perform();
        } finally {
          await client.invalidateQueries({ queryKey: ['users'] });
        }
        onClose();
      }}
    >
      {projects.length > 1 && (
        <FormField label={t('users.project')}>
          <Select
            options={options}
            selectedOption={options.find((option) => option.value === project) ?? null}
            onChange={({ detail }) => choose(detail.selectedOption.value ?? '')}
          />
        </FormField>
      )}
      <FormField label={t('users.rolesOf')} stretch>
        <SpaceBetween size="s">
          {ROLES.map((role) => (
            <Checkbox key={role} checked={wanted.has(role)} onChange={({ detail }) => set(role, detail.checked)} description={t(`users.hints.${role}`)}>
              {t(`users.roles.${role}`)}
            </Checkbox>
          ))}
        </SpaceBetween>
      </FormField>
      {wanted.size === 0 && <Alert type="warning">{t('users.nothingLeft', { name: user.name })}</Alert>}
      <Box color="text-body-secondary">{t('users.soon')}</Box>
    </Dialog>
  );
}
