// Why a sign-in through an identity provider did not work, in the visitor's language.
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { ApiError } from '../../api/http';
import { failureText } from '../../ui/Failure';

const KNOWN = ['SignInNoLink', 'SignInLapsed', 'SignInRefusedThere', 'SignInUnavailable', 'SignInNotBelieved', 'SignInNoRights', 'SignInSecondFactor', 'SourceAddress', 'TooMany'] as const;

export function signInTrouble(t: TFunction, error: unknown): ReactNode {
  const known = error instanceof ApiError ? KNOWN.find((code) => code === error.code) : undefined;
  return known ? t(`signIn.refused.${known}`) : failureText(t, error);
}
