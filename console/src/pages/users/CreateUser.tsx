// Somebody new in the contract: an account with one role, and a sealed link to the first password by mail.
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Named } from '../../api/session';
import { createUser, ROLES, type RoleName } from '../../api/users';
import { useLanguage } from '../../app/language';
import { LANGUAGES, type Language } from '../../i18n';
import { Dialog } from '../../ui/Dialog';
import { UserFailure } from './UserFailure';

interface CreateUserProps {
  /** null: the visitor's own */
  contract: string | null;
  projects: readonly Named[];
  onClose: () => void;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function CreateUser({ contract, projects, onClose }: CreateUserProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { language } = useLanguage();
  const [name, setName] = useState('');
  const [person, setPerson] = useState('');
  const [email, setEmail] = useState('');
  const [writes, setWrites] = useState<Language>(language);
  const [role, setRole] = useState<RoleName>('operator');
  const [project, setProject] = useState(projects[0]?.id ?? '');
  const roles = ROLES.map((each) => ({ value: each, label: t(`users.roles.${each}`), description: t(`users.hints.${each}`) }));
  const languages = LANGUAGES.map((each) => ({ value: each, label: t(`language.${each}`) }));
  const places = projects.map((one) => ({ value: one.id, label: one.name }));
  const chosen = <T extends { value: string }>(options: readonly T[], value: string) => options.find((option) => option.value === value) ?? null;
  const newcomer = { name: name.trim(), person: person.trim(), email: email.trim(), language: writes, role, project };
  return (
    <Dialog
      title={t('users.create')}
      submit={t('common.create')}
      disabled={!name.trim() || !EMAIL.test(email.trim()) || !project}
      failure={(error) => <UserFailure error={error} />}
      onClose={onClose}
      acts={[createUser.describe(newcomer, contract)]}
      onSubmit={async () => {
        await createUser(newcomer, contract);
        await client.invalidateQueries({ queryKey: ['users'] });
        onClose();
      }}
    >
      <Box>{t('users.createText')}</Box>
      <FormField label={t('users.name')} description={t('users.nameHint')}>
        <Input value={name} onChange={({ detail }) => setName(detail.value)} name="user-name" spellcheck={false} autoFocus />
      </FormField>
      <FormField
        label={
          <>
            {t('users.person')} <i>{t('common.optional')}</i>
          </>
        }
      >
        <Input value={person} onChange={({ detail }) => setPerson(detail.value)} name="user-person" />
      </FormField>
      <FormField label={t('apply.email')}>
        <Input value={email} onChange={({ detail }) => setEmail(detail.value)} name="user-email" type="email" spellcheck={false} />
      </FormField>
      <FormField label={t('users.mailLanguage')}>
        <Select options={languages} selectedOption={chosen(languages, writes)} onChange={({ detail }) => setWrites(detail.selectedOption.value as Language)} />
      </FormField>
      <FormField label={t('users.role')}>
        <Select options={roles} selectedOption={chosen(roles, role)} onChange={({ detail }) => setRole(detail.selectedOption.value as RoleName)} />
      </FormField>
      {projects.length > 1 && (
        <FormField label={t('users.project')}>
          <Select options={places} selectedOption={chosen(places, project)} onChange={({ detail }) => setProject(detail.selectedOption.value ?? '')} />
        </FormField>
      )}
    </Dialog>
  );
}
